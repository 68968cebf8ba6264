using Profiles.Core.Errors;
using Profiles.Core.Identity;
using Profiles.Core.Records;
using Profiles.Core.Storage;

namespace Profiles.Core.Operations;

/// <summary>The use cases that read profiles.</summary>
/// <param name="store">Where profiles are kept.</param>
public sealed class ProfileReader(IProfileStore store)
{
    /// <summary>The most users of one <see cref="GetManyAsync"/>.</summary>
    public const int MaxBatchSize = 100;

    /// <summary>One profile.</summary>
    /// <exception cref="ProfilesException">There is none (<see cref="ErrorReason.ProfileNotFound"/>).</exception>
    public async Task<ProfileRecord> GetAsync(ProfileKey key, CancellationToken cancellationToken) =>
        await store.GetAsync(key, cancellationToken) ?? throw ProfileErrors.NotFound();

    /// <summary>One profile; null when there is none.</summary>
    public Task<ProfileRecord?> FindAsync(ProfileKey key, CancellationToken cancellationToken) => store.GetAsync(key, cancellationToken);

    /// <summary>Several profiles: those that exist in the order of <paramref name="users"/>, and the users without one.</summary>
    public async Task<(IReadOnlyList<ProfileRecord> Found, IReadOnlyList<UserId> Missing)> GetManyAsync(
        OrganizationId organization, IReadOnlyList<UserId> users, CancellationToken cancellationToken)
    {
        if (users.Count is 0 or > MaxBatchSize)
            throw ProfilesException.Invalid("user_ids", $"must have 1–{MaxBatchSize} entries, yet has {users.Count}");

        var distinct = users.Distinct().ToList();
        var records = await store.GetManyAsync(organization, distinct, cancellationToken);
        var byUser = records.ToDictionary(record => record.Key.User);
        return (
            distinct.Where(byUser.ContainsKey).Select(user => byUser[user]).ToList(),
            distinct.Where(user => !byUser.ContainsKey(user)).ToList());
    }

    /// <summary>A page of an organization's profiles, ordered by <c>create_time</c>.</summary>
    public async Task<Page<ProfileRecord>> ListAsync(
        OrganizationId organization, PageRequest page, CancellationToken cancellationToken)
    {
        var limit = page.Limit;
        var newestFirst = page.IsDescending("create_time");
        var query = $"profiles\n{organization}\n{newestFirst}";
        var after = PageToken.DecodePosition(query, page.PageToken);

        // One more than asked for tells whether there is a next page.
        var records = await store.ListAsync(organization, after, newestFirst, limit + 1, cancellationToken);
        return Page<ProfileRecord>.Of(records, limit, last => PageToken.Encode(query, new ListPosition(last.CreateTime, last.Key.User)));
    }

    /// <summary>
    /// Up to <paramref name="limit"/> of an organization's profiles from a place on, ordered by <c>create_time</c>: for lists by
    /// numbers of pages. What is deleted meanwhile moves the places, and far places take longer than near ones.
    /// </summary>
    public Task<IReadOnlyList<ProfileRecord>> ListAtAsync(
        OrganizationId organization, int offset, int limit, bool newestFirst, CancellationToken cancellationToken) =>
        store.ListAtAsync(organization, offset, newestFirst, limit, cancellationToken);

    /// <summary>A page of a profile's changes, ordered by <c>revision</c>.</summary>
    /// <exception cref="ProfilesException">There never was a profile (<see cref="ErrorReason.ProfileNotFound"/>).</exception>
    public async Task<Page<ProfileChange>> ListChangesAsync(
        ProfileKey key, PageRequest page, CancellationToken cancellationToken)
    {
        var limit = page.Limit;
        var newestFirst = page.IsDescending("revision");
        var query = $"changes\n{key.Organization}\n{key.User}\n{newestFirst}";
        var after = PageToken.DecodeRevision(query, page.PageToken);

        var changes = await store.ListChangesAsync(key, after, newestFirst, limit + 1, cancellationToken);
        // Every profile that ever was has at least the change that created it.
        if (changes.Count == 0 && after is null)
            throw ProfileErrors.NotFound();
        return Page<ProfileChange>.Of(changes, limit, last => PageToken.Encode(query, last.Revision));
    }
}
