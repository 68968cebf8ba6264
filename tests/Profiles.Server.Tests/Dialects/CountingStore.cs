using Profiles.Core.Identity;
using Profiles.Core.Records;
using Profiles.Core.Storage;

namespace Profiles.Server.Tests.Dialects;

/// <summary>Counts the calls of a store, each of which is one round trip; has a profile for everybody, and writes succeed.</summary>
internal sealed class CountingStore : IProfileStore
{
    /// <summary>How many calls there were.</summary>
    public int RoundTrips { get; private set; }

    public Task<ProfileRecord?> GetAsync(ProfileKey key, CancellationToken cancellationToken) => Count<ProfileRecord?>(RecordOf(key));

    public Task<IReadOnlyList<ProfileRecord>> GetManyAsync(
        OrganizationId organization, IReadOnlyCollection<UserId> users, CancellationToken cancellationToken) =>
        Count<IReadOnlyList<ProfileRecord>>([.. users.Select(user => RecordOf(new ProfileKey(organization, user)))]);

    public Task<IReadOnlyList<ProfileRecord>> ListAsync(
        OrganizationId organization, ListPosition? after, bool newestFirst, int limit, CancellationToken cancellationToken) =>
        Count<IReadOnlyList<ProfileRecord>>([]);

    public Task<IReadOnlyList<ProfileChange>> ListChangesAsync(
        ProfileKey key, long? after, bool newestFirst, int limit, CancellationToken cancellationToken) =>
        Count<IReadOnlyList<ProfileChange>>([]);

    public Task<IReadOnlyList<WriteOutcome>> WriteAsync(
        OrganizationId organization, IReadOnlyList<ProfileWrite> writes, CancellationToken cancellationToken) =>
        Count<IReadOnlyList<WriteOutcome>>(
            [.. writes.Select(write => new WriteOutcome(WriteOutcomeKind.Written, RecordOf(new ProfileKey(organization, write.User))))]);

    public Task<WriteOutcome> DeleteAsync(ProfileKey key, ProfileDelete delete, CancellationToken cancellationToken) =>
        Count(new WriteOutcome(WriteOutcomeKind.Written, RecordOf(key)));

    public Task<int> ForgetRequestsAsync(DateTime time, CancellationToken cancellationToken) => Count(0);

    private static ProfileRecord RecordOf(ProfileKey key) => new(key, 1, DateTime.UnixEpoch, DateTime.UnixEpoch, new ProfileValues());

    private Task<T> Count<T>(T answer)
    {
        RoundTrips++;
        return Task.FromResult(answer);
    }
}
