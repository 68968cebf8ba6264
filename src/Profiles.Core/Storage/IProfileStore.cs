using Profiles.Core.Errors;
using Profiles.Core.Identity;
using Profiles.Core.Records;

namespace Profiles.Core.Storage;

/// <summary>
/// Keeps profiles and their history. Every method is one round trip to the database. When the database cannot be reached
/// they all throw <see cref="ProfilesException"/> with <see cref="ErrorReason.StorageUnavailable"/>.
/// </summary>
/// <remarks>
/// Cancelling a write lets its caller go; it does not take back what was sent to the database, which is carried out whole or
/// not at all.
/// </remarks>
public interface IProfileStore
{
    /// <summary>The profile of <paramref name="key"/>, or null.</summary>
    Task<ProfileRecord?> GetAsync(ProfileKey key, CancellationToken cancellationToken);

    /// <summary>The profiles that exist among <paramref name="users"/>, in any order.</summary>
    Task<IReadOnlyList<ProfileRecord>> GetManyAsync(
        OrganizationId organization, IReadOnlyCollection<UserId> users, CancellationToken cancellationToken);

    /// <summary>Up to <paramref name="limit"/> profiles in the order of their creation, after <paramref name="after"/>.</summary>
    Task<IReadOnlyList<ProfileRecord>> ListAsync(
        OrganizationId organization, ListPosition? after, bool newestFirst, int limit, CancellationToken cancellationToken);

    /// <summary>Up to <paramref name="limit"/> profiles in the order of their creation, after the first <paramref name="offset"/>.</summary>
    Task<IReadOnlyList<ProfileRecord>> ListAtAsync(
        OrganizationId organization, int offset, bool newestFirst, int limit, CancellationToken cancellationToken);

    /// <summary>Up to <paramref name="limit"/> changes of a profile in the order of their revisions.</summary>
    /// <param name="key">Whose changes.</param>
    /// <param name="after">The revision to go on from; null for the first page.</param>
    /// <param name="newestFirst">Whether to go from the last change to the first.</param>
    /// <param name="limit">Most changes to return.</param>
    /// <param name="cancellationToken">Lets the caller go.</param>
    Task<IReadOnlyList<ProfileChange>> ListChangesAsync(
        ProfileKey key, long? after, bool newestFirst, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Carries out writes to different users of one organization. Each has an outcome of its own, at its index; one that met
    /// another write on the way is sent again while the rest stands.
    /// </summary>
    Task<IReadOnlyList<WriteOutcome>> WriteAsync(
        OrganizationId organization, IReadOnlyList<ProfileWrite> writes, CancellationToken cancellationToken);

    /// <summary>Deletes a profile and erases the values of its history and of stored outcomes.</summary>
    Task<WriteOutcome> DeleteAsync(ProfileKey key, ProfileDelete delete, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes the profiles of several users in one transaction, as <see cref="DeleteAsync"/> does it for one. Each has an outcome
    /// at its index; no deletion may have a request id.
    /// </summary>
    Task<IReadOnlyList<WriteOutcome>> DeleteManyAsync(
        OrganizationId organization, IReadOnlyList<(UserId User, ProfileDelete Delete)> deletes, CancellationToken cancellationToken);

    /// <summary>
    /// Forgets request ids first used before <paramref name="time"/>, and usernames that were kept until then; returns how many request
    /// ids. Two round trips.
    /// </summary>
    Task<int> ForgetRequestsAsync(DateTime time, CancellationToken cancellationToken);
}
