using Profiles.Core.Identity;
using Profiles.Core.Operations;

namespace Profiles.Core.Audit;

/// <summary>The use case that reads what was recorded.</summary>
/// <param name="store">Where events are kept.</param>
public sealed class AuditReader(IAuditStore store)
{
    /// <summary>A page of an organization's events, ordered by <c>event_time</c>.</summary>
    public async Task<Page<AuditEvent>> ListAsync(OrganizationId organization, PageRequest page, CancellationToken cancellationToken)
    {
        var limit = page.Limit;
        var newestFirst = page.IsDescending("event_time");
        var query = $"audit\n{organization}\n{newestFirst}";
        var after = PageToken.DecodeId(query, page.PageToken);

        var events = await store.ListAsync(organization, after, newestFirst, limit + 1, cancellationToken);
        return Page<AuditEvent>.Of(events, limit, last => PageToken.Encode(query, last.Id));
    }
}
