using Profiles.Core.Identity;
using Profiles.Core.Records;
using Profiles.Core.Storage;

namespace Profiles.Core.Tests.Support;

/// <summary>
/// Reads from lists that a test fills, and answers every write with the outcome that a test wants. It keeps what it was
/// asked for.
/// </summary>
internal sealed class FakeProfileStore : IProfileStore
{
    public List<ProfileRecord> Records { get; } = [];

    public Dictionary<ProfileKey, List<ProfileChange>> Changes { get; } = [];

    public WriteOutcome Outcome { get; set; } = new(WriteOutcomeKind.Written);

    public List<ProfileWrite> Writes { get; } = [];

    public List<ProfileDelete> Deletions { get; } = [];

    public List<int> Limits { get; } = [];

    public int Calls { get; private set; }

    public CancellationToken LastToken { get; private set; }

    public void Add(string user, DateTime createTime) =>
        Records.Add(new ProfileRecord(Keys.KeyOf(user), 1, createTime, createTime, new ProfileValues()));

    public Task<ProfileRecord?> GetAsync(ProfileKey key, CancellationToken cancellationToken)
    {
        Called(cancellationToken);
        return Task.FromResult(Records.SingleOrDefault(record => record.Key == key));
    }

    // In reverse, for the order is not promised.
    public Task<IReadOnlyList<ProfileRecord>> GetManyAsync(
        OrganizationId organization, IReadOnlyCollection<UserId> users, CancellationToken cancellationToken)
    {
        Called(cancellationToken);
        Limits.Add(users.Count);
        return List(Records.Where(record => record.Key.Organization == organization && users.Contains(record.Key.User)).Reverse());
    }

    public Task<IReadOnlyList<ProfileRecord>> ListAsync(
        OrganizationId organization, ListPosition? after, bool newestFirst, int limit, CancellationToken cancellationToken)
    {
        Called(cancellationToken);
        Limits.Add(limit);
        var sign = newestFirst ? -1 : 1;
        var ordered = Records.Where(record => record.Key.Organization == organization)
            .Order(Comparer<ProfileRecord>.Create((a, b) => sign * Compare(PositionOf(a), PositionOf(b))));
        return List(ordered.Where(record => after is not { } place || sign * Compare(PositionOf(record), place) > 0).Take(limit));
    }

    public Task<IReadOnlyList<ProfileRecord>> ListAtAsync(
        OrganizationId organization, int offset, bool newestFirst, int limit, CancellationToken cancellationToken)
    {
        Called(cancellationToken);
        Limits.Add(limit);
        return List(Records.Where(record => record.Key.Organization == organization).Skip(offset).Take(limit));
    }

    public Task<IReadOnlyList<ProfileChange>> ListChangesAsync(
        ProfileKey key, long? after, bool newestFirst, int limit, CancellationToken cancellationToken)
    {
        Called(cancellationToken);
        Limits.Add(limit);
        var changes = Changes.GetValueOrDefault(key) ?? [];
        var ordered = newestFirst
            ? changes.Where(change => after is null || change.Revision < after).OrderByDescending(change => change.Revision)
            : changes.Where(change => after is null || change.Revision > after).OrderBy(change => change.Revision);
        return List(ordered.Take(limit));
    }

    public Task<IReadOnlyList<WriteOutcome>> WriteAsync(
        OrganizationId organization, IReadOnlyList<ProfileWrite> writes, CancellationToken cancellationToken)
    {
        Called(cancellationToken);
        Writes.AddRange(writes);
        return List(writes.Select(_ => Outcome));
    }

    public Task<WriteOutcome> DeleteAsync(ProfileKey key, ProfileDelete delete, CancellationToken cancellationToken)
    {
        Called(cancellationToken);
        Deletions.Add(delete);
        return Task.FromResult(Outcome);
    }

    public Task<IReadOnlyList<WriteOutcome>> DeleteManyAsync(
        OrganizationId organization, IReadOnlyList<(UserId User, ProfileDelete Delete)> deletes, CancellationToken cancellationToken)
    {
        Called(cancellationToken);
        Deletions.AddRange(deletes.Select(delete => delete.Delete));
        return List(deletes.Select(_ => Outcome));
    }

    public Task<int> ForgetRequestsAsync(DateTime time, CancellationToken cancellationToken) => Task.FromResult(0);

    private static ListPosition PositionOf(ProfileRecord record) => new(record.CreateTime, record.Key.User);

    private static int Compare(ListPosition a, ListPosition b) =>
        a.CreateTime != b.CreateTime
            ? a.CreateTime.CompareTo(b.CreateTime)
            : string.CompareOrdinal(a.User.Value, b.User.Value);

    private static Task<IReadOnlyList<T>> List<T>(IEnumerable<T> items) => Task.FromResult<IReadOnlyList<T>>(items.ToList());

    private void Called(CancellationToken cancellationToken)
    {
        Calls++;
        LastToken = cancellationToken;
    }
}
