using Npgsql;
using Profiles.Core.Access;
using Profiles.Core.Limits;
using Profiles.Postgres.Connections;
using Profiles.Postgres.Profiles;

namespace Profiles.Postgres.Limits;

/// <summary>
/// Keeps shared buckets in PostgreSQL. It has a connection of its own, so that limits hold when the pool is in full use, which
/// is when they are needed.
/// </summary>
/// <param name="connectionString">The database, with its schema up to date.</param>
/// <param name="clock">Tells which buckets are old.</param>
internal sealed class RateLimitStore(string connectionString, TimeProvider clock) : IRateLimitStore, IAsyncDisposable
{
    private const long NanosecondsPerTick = 100;

    // Longer than clocks may differ: the time of day is the database's in all else.
    private static readonly TimeSpan Retention = TimeSpan.FromHours(1);

    private readonly NpgsqlDataSource dataSource = DataSources.CreateForLimits(connectionString);

    public async Task<IReadOnlyList<long>> ChargeAsync(IReadOnlyList<BucketCharge> charges, CancellationToken cancellationToken)
    {
        await using var batch = dataSource.CreateBatch();
        // In the order of organizations, so that batches that meet wait for each other in one direction.
        var groups = charges.GroupBy(charge => charge.Key.Organization, StringComparer.Ordinal);
        foreach (var group in groups.OrderBy(group => group.Key, StringComparer.Ordinal))
            AddCharges(batch, group.Key, [.. group]);

        var debts = new Dictionary<BucketKey, long>(charges.Count);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        foreach (var statement in batch.BatchCommands)
        {
            var organization = (string)statement.Parameters[0].Value!;
            while (await reader.ReadAsync(cancellationToken))
                debts[ReadKey(reader, organization)] = reader.GetInt64(4) - reader.GetInt64(5);
            await reader.NextResultAsync(cancellationToken);
        }

        return [.. charges.Select(charge => debts[charge.Key])];
    }

    public async Task<int> ForgetFullAsync(CancellationToken cancellationToken)
    {
        var oldest = clock.GetUtcNow() - Retention;
        await using var command = dataSource.CreateCommand(RateLimitSql.ForgetFull);
        command.Parameters.Add(Parameters.Bigint((oldest - DateTimeOffset.UnixEpoch).Ticks * NanosecondsPerTick));
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public ValueTask DisposeAsync() => dataSource.DisposeAsync();

    private static void AddCharges(NpgsqlBatch batch, string organization, BucketCharge[] charges) =>
        batch.Add(
            RateLimitSql.Charge,
            Parameters.Text(organization),
            Parameters.Smallints(Array.ConvertAll(charges, charge => (short)charge.Key.Kind)),
            Parameters.Texts(Array.ConvertAll(charges, string? (charge) => charge.Key.CredentialId)),
            Parameters.Smallints(Array.ConvertAll(charges, charge => (short)charge.Key.Class)),
            Parameters.Integers(Array.ConvertAll(charges, charge => charge.Key.WindowSeconds)),
            Parameters.Bigints(Array.ConvertAll(charges, charge => charge.Nanoseconds)));

    private static BucketKey ReadKey(NpgsqlDataReader reader, string organization) =>
        new(organization, (CredentialKind)reader.GetInt16(0), reader.GetString(1), (RateClass)reader.GetInt16(2), reader.GetInt32(3));
}
