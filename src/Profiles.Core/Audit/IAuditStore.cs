using Profiles.Core.Errors;
using Profiles.Core.Identity;

namespace Profiles.Core.Audit;

/// <summary>
/// Reads what was recorded of organizations and credentials; it is written in the transaction of what it tells about. When the
/// database cannot be reached it throws <see cref="ProfilesException"/> with <see cref="ErrorReason.StorageUnavailable"/>.
/// </summary>
public interface IAuditStore
{
    /// <summary>Up to <paramref name="limit"/> events of an organization in the order of their times. One round trip.</summary>
    /// <param name="organization">The organization.</param>
    /// <param name="after">The event to go on from; null for the first page.</param>
    /// <param name="newestFirst">Whether to go from the last event to the first.</param>
    /// <param name="limit">Most events to return.</param>
    /// <param name="cancellationToken">Lets the caller go.</param>
    Task<IReadOnlyList<AuditEvent>> ListAsync(
        OrganizationId organization, Guid? after, bool newestFirst, int limit, CancellationToken cancellationToken);
}
