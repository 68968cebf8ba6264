using System.Collections.Concurrent;
using System.Data;
using Npgsql;

namespace Profiles.Postgres.Connections;

/// <summary>
/// Connections of which the one that was used last is used next. The pool takes all that it has in turn, so that each is cold: a backend
/// of PostgreSQL whose plans and pages have left the processor's caches needs twice the time for a read.
/// </summary>
/// <param name="dataSource">The pool, where they come from.</param>
/// <param name="clock">Tells how long one has been kept.</param>
internal sealed class WarmConnections(NpgsqlDataSource dataSource, TimeProvider clock) : IAsyncDisposable
{
    /// <summary>Most that are kept; fewer of a small pool, and none of a tiny one, where others may wait for them.</summary>
    public const int Most = 8;

    /// <summary>
    /// After so long a connection goes through the pool, which ends those whose time is over, and gives another one, a cold one. In a large
    /// database that one has to map gigabytes of the shared memory first.
    /// </summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(1);

    private const int PoolShare = 8;

    private readonly ConcurrentStack<(NpgsqlConnection Connection, long Since)> kept = new();
    private readonly int most = Math.Min(Most, new NpgsqlConnectionStringBuilder(dataSource.ConnectionString).MaxPoolSize / PoolShare);

    /// <summary>Takes a connection, an open one; it comes back when the lease is disposed of.</summary>
    public async ValueTask<Lease> RentAsync(CancellationToken cancellationToken)
    {
        // Those at hand are taken without a look at the token, as the pool takes its own.
        cancellationToken.ThrowIfCancellationRequested();
        if (kept.TryPop(out var last))
            return new Lease(this, last.Connection, last.Since);
        var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return new Lease(this, connection, clock.GetTimestamp());
    }

    public async ValueTask DisposeAsync()
    {
        while (kept.TryPop(out var one))
            await one.Connection.DisposeAsync();
    }

    private async ValueTask ReturnAsync(NpgsqlConnection connection, long since)
    {
        var isOpen = connection.State == ConnectionState.Open;
        if (isOpen && kept.Count < most && clock.GetElapsedTime(since) < KeptFor)
        {
            kept.Push((connection, since));
            return;
        }

        await connection.DisposeAsync();
        // What broke one has broken the others too, most likely; the pool finds out.
        if (!isOpen)
            await DisposeAsync();
    }

    /// <summary>A connection for a while.</summary>
    public readonly struct Lease(WarmConnections owner, NpgsqlConnection connection, long since) : IAsyncDisposable
    {
        public NpgsqlConnection Connection => connection;

        public ValueTask DisposeAsync() => owner.ReturnAsync(connection, since);
    }
}
