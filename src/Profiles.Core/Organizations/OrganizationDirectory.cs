using Profiles.Core.Changes;
using Profiles.Core.Errors;
using Profiles.Core.Identity;

namespace Profiles.Core.Organizations;

/// <summary>
/// The organizations in memory, each read when it is needed first. What any instance or command changes is in effect here within
/// a second.
/// </summary>
public sealed class OrganizationDirectory
{
    private const int Capacity = 10_000;

    private readonly ChangeCache<OrganizationId, Organization> cache;

    /// <summary>Creates an empty directory.</summary>
    /// <param name="store">Where organizations are kept.</param>
    /// <param name="feed">Tells of changes.</param>
    /// <param name="clock">Tells how old entries are.</param>
    public OrganizationDirectory(IOrganizationStore store, IChangeFeed feed, TimeProvider clock)
    {
        cache = new ChangeCache<OrganizationId, Organization>(
            feed, organization => store.GetAsync(organization, CancellationToken.None), Capacity, clock);
        feed.Subscribe(ChangeKinds.Organization, notice => cache.Forget(notice.Organization));
    }

    /// <summary>The organization that a caller acts in.</summary>
    /// <exception cref="ProfilesException">There is none, or no longer (<see cref="ErrorReason.OrganizationUnknown"/>).</exception>
    public ValueTask<Organization> GetAsync(OrganizationId organization, CancellationToken cancellationToken)
    {
        var found = cache.GetAsync(organization, cancellationToken);
        return found.IsCompletedSuccessfully ? new ValueTask<Organization>(Known(found.Result)) : new ValueTask<Organization>(WaitAsync(found));
    }

    private static async Task<Organization> WaitAsync(ValueTask<Organization?> found) => Known(await found);

    private static Organization Known(Organization? organization) =>
        organization ?? throw new ProfilesException(ErrorReason.OrganizationUnknown, "There is no organization that the credential could act in.");
}
