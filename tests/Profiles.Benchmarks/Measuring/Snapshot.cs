using System.Diagnostics;
using Npgsql;

namespace Profiles.Benchmarks.Measuring;

/// <summary>What processes and the log of the database have come to at a moment.</summary>
internal sealed record Snapshot(long Timestamp, DateTimeOffset Time, double ServerCpu, double PostgresCpu, double OwnCpu, double WalBytes)
{
    public static async Task<Snapshot> TakeAsync(int server, int postmaster, NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand("SELECT (pg_current_wal_lsn() - '0/0'::pg_lsn)::float8");
        var wal = (double)(await command.ExecuteScalarAsync())!;
        return new Snapshot(
            Stopwatch.GetTimestamp(),
            TimeProvider.System.GetUtcNow(),
            ProcessCpu.Of(server),
            ProcessCpu.OfFamily(postmaster),
            ProcessCpu.Of(Environment.ProcessId),
            wal);
    }
}
