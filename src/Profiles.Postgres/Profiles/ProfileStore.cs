using Npgsql;
using Profiles.Core.Identity;
using Profiles.Core.Records;
using Profiles.Core.Storage;
using Profiles.Postgres.Connections;
using Profiles.Postgres.Gathering;
using Profiles.Postgres.Usernames;

namespace Profiles.Postgres.Profiles;

/// <summary>Keeps profiles in PostgreSQL.</summary>
/// <param name="dataSource">The database, with its schema up to date.</param>
/// <param name="gathered">Carries out what callers send most, together.</param>
/// <param name="writes">Carries out other writes.</param>
internal sealed class ProfileStore(NpgsqlDataSource dataSource, GatheredProfiles gathered, WriteExecutor writes) : IProfileStore
{
    // A busy day's requests in one statement, which nobody waits for.
    private static readonly TimeSpan CleanUpTimeout = TimeSpan.FromMinutes(10);

    // Before every time that a record can have: the first page starts there.
    private static readonly ListPosition Beginning = new(DateTime.UnixEpoch, UserId.Parse("-"));

    // After every time that a record can have. PostgreSQL's timestamps and ours both reach it.
    private static readonly ListPosition End = new(new DateTime(9999, 1, 1, 0, 0, 0, DateTimeKind.Utc), UserId.Parse("-"));

    public Task<ProfileRecord?> GetAsync(ProfileKey key, CancellationToken cancellationToken) =>
        gathered.GetAsync(key, cancellationToken);

    public async Task<IReadOnlyList<ProfileRecord>> GetManyAsync(
        OrganizationId organization, IReadOnlyCollection<UserId> users, CancellationToken cancellationToken) =>
        users.Count == 0 ? [] : await gathered.GetManyAsync(organization, users, cancellationToken);

    public async Task<IReadOnlyList<ProfileRecord>> ListAsync(
        OrganizationId organization,
        ListPosition? after,
        bool newestFirst,
        int limit,
        CancellationToken cancellationToken)
    {
        var position = after ?? (newestFirst ? End : Beginning);
        await using var command = dataSource.CreateCommand(
            newestFirst ? ProfileSql.ListNewestFirst : ProfileSql.ListOldestFirst);
        command.Parameters.Add(Parameters.Text(organization.Value));
        command.Parameters.Add(Parameters.Integer(limit));
        command.Parameters.Add(Parameters.Time(position.CreateTime));
        command.Parameters.Add(Parameters.Text(position.User.Value));
        return ToRecords(await ReadAsync<ProfileRow>(command, cancellationToken));
    }

    public async Task<IReadOnlyList<ProfileRecord>> ListAtAsync(
        OrganizationId organization, int offset, bool newestFirst, int limit, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(
            newestFirst ? ProfileSql.ListAtNewestFirst : ProfileSql.ListAtOldestFirst);
        command.Parameters.Add(Parameters.Text(organization.Value));
        command.Parameters.Add(Parameters.Integer(limit));
        command.Parameters.Add(Parameters.Integer(offset));
        return ToRecords(await ReadAsync<ProfileRow>(command, cancellationToken));
    }

    public async Task<IReadOnlyList<ProfileChange>> ListChangesAsync(
        ProfileKey key, long? after, bool newestFirst, int limit, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(
            newestFirst ? ProfileSql.ListChangesNewestFirst : ProfileSql.ListChangesOldestFirst);
        command.Parameters.Add(Parameters.Text(key.Organization.Value));
        command.Parameters.Add(Parameters.Text(key.User.Value));
        command.Parameters.Add(Parameters.Integer(limit));
        command.Parameters.Add(Parameters.Bigint(after ?? (newestFirst ? long.MaxValue : 0)));
        var rows = await ReadAsync<ChangeRow>(command, cancellationToken);
        return rows.ConvertAll(row => row.ToChange());
    }

    public async Task<IReadOnlyList<WriteOutcome>> WriteAsync(
        OrganizationId organization, IReadOnlyList<ProfileWrite> profileWrites, CancellationToken cancellationToken) =>
        profileWrites is [var write]
            ? [await gathered.WriteAsync(organization, write, cancellationToken)]
            : await writes.WriteAsync(organization, profileWrites, cancellationToken);

    public Task<WriteOutcome> DeleteAsync(ProfileKey key, ProfileDelete delete, CancellationToken cancellationToken) =>
        writes.DeleteAsync(key, delete, cancellationToken);

    public Task<IReadOnlyList<WriteOutcome>> DeleteManyAsync(
        OrganizationId organization, IReadOnlyList<(UserId User, ProfileDelete Delete)> deletes, CancellationToken cancellationToken) =>
        writes.DeleteManyAsync(organization, deletes, cancellationToken);

    public async Task<int> ForgetRequestsAsync(DateTime time, CancellationToken cancellationToken)
    {
        await CleanUpAsync(ClaimSql.RemoveFreed, time, cancellationToken);
        return await CleanUpAsync(WriteSql.ForgetRequests, time, cancellationToken);
    }

    private async Task<int> CleanUpAsync(string sql, DateTime time, CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(sql);
        command.CommandTimeout = (int)CleanUpTimeout.TotalSeconds;
        command.Parameters.Add(Parameters.Time(time));
        return await StorageErrors.TranslateAsync(() => command.ExecuteNonQueryAsync(cancellationToken));
    }

    private static Task<List<T>> ReadAsync<T>(NpgsqlCommand command, CancellationToken cancellationToken) =>
        StorageErrors.TranslateAsync(
            async () =>
            {
                await using var reader = await command.ExecuteReaderAsync(cancellationToken);
                return await Rows.ReadAsync<T>(reader, cancellationToken);
            });

    private static List<ProfileRecord> ToRecords(List<ProfileRow> rows) => rows.ConvertAll(row => row.ToRecord());
}
