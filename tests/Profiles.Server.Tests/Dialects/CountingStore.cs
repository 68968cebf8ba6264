using Profiles.Core.Audit;
using Profiles.Core.Identity;
using Profiles.Core.Records;
using Profiles.Core.Storage;
using Profiles.Core.Usernames;

namespace Profiles.Server.Tests.Dialects;

/// <summary>Counts the calls of stores, each of which is one round trip; has a profile for everybody, and writes succeed.</summary>
internal sealed class CountingStore : IProfileStore, IUsernameStore
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

    public Task<IReadOnlyList<ProfileRecord>> ListAtAsync(
        OrganizationId organization, int offset, bool newestFirst, int limit, CancellationToken cancellationToken) =>
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

    public Task<IReadOnlyList<WriteOutcome>> DeleteManyAsync(
        OrganizationId organization, IReadOnlyList<(UserId User, ProfileDelete Delete)> deletes, CancellationToken cancellationToken) =>
        Count<IReadOnlyList<WriteOutcome>>(
            [.. deletes.Select(delete => new WriteOutcome(WriteOutcomeKind.Written, RecordOf(new ProfileKey(organization, delete.User))))]);

    public Task<IReadOnlyList<UsernameRefusalKind?>> CheckAsync(
        OrganizationId organization, UserId? user, IReadOnlyList<Username> names, DateTime time, CancellationToken cancellationToken) =>
        Count<IReadOnlyList<UsernameRefusalKind?>>([.. names.Select(_ => (UsernameRefusalKind?)null)]);

    public Task<IReadOnlyList<DeniedEntry>> ListDeniedAsync(
        OrganizationId organization, KeyPrefix keyPrefix, string after, int limit, CancellationToken cancellationToken) =>
        Count<IReadOnlyList<DeniedEntry>>([]);

    public Task<DenyOutcome> DenyAsync(
        OrganizationId organization,
        DeniedName name,
        UsernameClaim? replacement,
        WriteContext context,
        AuditEvent recorded,
        CancellationToken cancellationToken) => Count(new DenyOutcome(DenyOutcomeKind.Added));

    public Task<AllowOutcome> AllowAsync(
        OrganizationId organization, IReadOnlyList<DeniedName> names, AuditEvent recorded, CancellationToken cancellationToken) =>
        Count(new AllowOutcome(names.Select(name => name.Key).ToHashSet(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal)));

    public Task<ReplaceOutcome> ReplaceAsync(
        OrganizationId organization, IReadOnlyCollection<DeniedName> names, AuditEvent recorded, CancellationToken cancellationToken) =>
        Count(new ReplaceOutcome([]));

    public Task<int> UndoUnfinishedAsync(CancellationToken cancellationToken) => Task.FromResult(0);

    public Task<int> ForgetRequestsAsync(DateTime time, CancellationToken cancellationToken) => Count(0);

    private static ProfileRecord RecordOf(ProfileKey key) => new(key, 1, DateTime.UnixEpoch, DateTime.UnixEpoch, new ProfileValues());

    private Task<T> Count<T>(T answer)
    {
        RoundTrips++;
        return Task.FromResult(answer);
    }
}
