using Npgsql;
using Profiles.Core.Fields;
using Profiles.Core.Identity;
using Profiles.Core.Records;
using Profiles.Core.Storage;
using Profiles.Postgres.Connections;
using Profiles.Postgres.Profiles;

namespace Profiles.Postgres.Gathering;

/// <summary>
/// The reads and writes of profiles, those that wait at the same moment together. Reads of many have batches of their own, so that those
/// of one need not wait for them. Plain writes share their statements, so others have batches of their own. So have those that claim names:
/// they lock rows of names too, whose order is not that of the users.
/// </summary>
internal sealed class GatheredProfiles : IDisposable
{
    private readonly WarmConnections connections;
    private readonly Gatherer<UserId, ProfileRecord?> reads;
    private readonly Gatherer<IReadOnlyCollection<UserId>, IReadOnlyList<ProfileRecord>> readsOfMany;
    private readonly Gatherer<ProfileWrite, WriteOutcome> plainWrites;
    private readonly Gatherer<ProfileWrite, WriteOutcome> otherWrites;
    private readonly Gatherer<ProfileWrite, WriteOutcome> namingWrites;

    /// <param name="connections">The database, with its schema up to date.</param>
    /// <param name="writes">Carries out batches of writes.</param>
    /// <param name="clock">Tells which batches take long.</param>
    public GatheredProfiles(WarmConnections connections, WriteExecutor writes, TimeProvider clock)
    {
        this.connections = connections;
        reads = new Gatherer<UserId, ProfileRecord?>(ReadAsync, GatherLimits.Default, clock);
        readsOfMany = new Gatherer<IReadOnlyCollection<UserId>, IReadOnlyList<ProfileRecord>>(ReadManyAsync, GatherLimits.OfMany, clock);
        plainWrites = new Gatherer<ProfileWrite, WriteOutcome>(WriteAsync, GatherLimits.Default, clock);
        otherWrites = new Gatherer<ProfileWrite, WriteOutcome>(WriteAsync, GatherLimits.Default, clock);
        namingWrites = new Gatherer<ProfileWrite, WriteOutcome>(WriteAsync, GatherLimits.OneByOne, clock);

        // Who gives up leaves the batch to the others.
        Task<IReadOnlyList<WriteOutcome>> WriteAsync(OrganizationId organization, IReadOnlyList<ProfileWrite> batch) =>
            writes.WriteAsync(organization, batch, CancellationToken.None);
    }

    /// <summary>Reads a profile; null when there is none.</summary>
    public Task<ProfileRecord?> GetAsync(ProfileKey key, CancellationToken cancellationToken) =>
        reads.RunAsync(key.Organization, key: null, key.User, cancellationToken);

    /// <summary>Reads the profiles of some users, each named once, as they are at one moment; those that are there, in the users' order.</summary>
    public Task<IReadOnlyList<ProfileRecord>> GetManyAsync(
        OrganizationId organization, IReadOnlyCollection<UserId> users, CancellationToken cancellationToken) =>
        readsOfMany.RunAsync(organization, key: null, users, cancellationToken);

    /// <summary>Writes a profile.</summary>
    public Task<WriteOutcome> WriteAsync(OrganizationId organization, ProfileWrite write, CancellationToken cancellationToken) =>
        GathererOf(write).RunAsync(organization, write.User.Value, write, cancellationToken);

    public void Dispose()
    {
        reads.Dispose();
        readsOfMany.Dispose();
        plainWrites.Dispose();
        otherWrites.Dispose();
        namingWrites.Dispose();
    }

    private Gatherer<ProfileWrite, WriteOutcome> GathererOf(ProfileWrite write)
    {
        if (write.IsPlain())
            return plainWrites;
        return write.Patch.Fields.Contains(ProfileField.PreferredUsername) ? namingWrites : otherWrites;
    }

    private async Task<IReadOnlyList<ProfileRecord?>> ReadAsync(OrganizationId organization, IReadOnlyList<UserId> users)
    {
        var records = await ReadRecordsAsync(organization, [.. users.Select(user => user.Value)]);
        return [.. users.Select(user => records.GetValueOrDefault(user.Value))];
    }

    private async Task<IReadOnlyList<IReadOnlyList<ProfileRecord>>> ReadManyAsync(
        OrganizationId organization, IReadOnlyList<IReadOnlyCollection<UserId>> calls)
    {
        var records = await ReadRecordsAsync(organization, [.. calls.SelectMany(users => users).Select(user => user.Value).Distinct()]);
        return [.. calls.Select(users => users.Select(user => records.GetValueOrDefault(user.Value)).OfType<ProfileRecord>().ToList())];
    }

    private async Task<Dictionary<string, ProfileRecord>> ReadRecordsAsync(OrganizationId organization, string[] users)
    {
        var rows = await StorageErrors.TranslateAsync(
            async () =>
            {
                await using var lease = await connections.RentAsync(CancellationToken.None);
                await using var command = CreateCommand(lease.Connection, organization, users);
                await using var reader = await command.ExecuteReaderAsync(CancellationToken.None);
                return await Rows.ReadAsync<ProfileRow>(reader, CancellationToken.None);
            });
        var records = new Dictionary<string, ProfileRecord>(rows.Count, StringComparer.Ordinal);
        foreach (var row in rows.Where(row => !row.Deleted))
            records[row.UserId] = row.ToRecord();
        return records;
    }

    private static NpgsqlCommand CreateCommand(NpgsqlConnection connection, OrganizationId organization, string[] users)
    {
        var command = new NpgsqlCommand(users.Length == 1 ? ProfileSql.Get : ProfileSql.GetMany, connection);
        command.Parameters.Add(Parameters.Text(organization.Value));
        command.Parameters.Add(users.Length == 1 ? Parameters.Text(users[0]) : Parameters.Texts(users));
        return command;
    }
}
