using Npgsql;
using Profiles.Benchmarks.Load;

namespace Profiles.Benchmarks.Measuring;

/// <summary>Measures loads on a server and its database.</summary>
internal sealed class Meter : IAsyncDisposable
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);

    private readonly int server;
    private readonly int postmaster;
    private readonly NpgsqlDataSource database;
    private readonly RuntimeCounters counters;

    private Meter(int server, int postmaster, NpgsqlDataSource database, RuntimeCounters counters) =>
        (this.server, this.postmaster, this.database, this.counters) = (server, postmaster, database, counters);

    /// <summary>Meters a process that answers calls, and the database behind it.</summary>
    public static async Task<Meter> CreateAsync(int server, NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand("SELECT pg_backend_pid()");
        var backend = (int)(await command.ExecuteScalarAsync())!;
        // Elsewhere: this thread may be the one that waits for all sockets, and beginning the counters blocks on one.
        var begun = await Task.Run(() => new RuntimeCounters(server));
        return new Meter(server, ProcessCpu.ParentOf(backend), database, begun);
    }

    public Task<Figures> MeasureAsync(string protocol, LoadSpec spec, TimeSpan duration) =>
        MeasureAsync(protocol, spec, () => Task.Delay(duration, TimeProvider.System));

    /// <summary>Measures a load while something goes on beside it.</summary>
    public async Task<Figures> MeasureAsync(string protocol, LoadSpec spec, Func<Task> beside)
    {
        Snapshot? before = null, after = null;
        var result = await LoadRun.RunAsync(spec, WarmUp, async () =>
        {
            before = await Snapshot.TakeAsync(server, postmaster, database);
            await beside();
            after = await Snapshot.TakeAsync(server, postmaster, database);
        });
        var figures = new Figures(protocol, spec.Operation.Name, spec.Callers).With(result, before!, after!);
        var (allocated, roundTrips) = await counters.ReadAsync(before!.Time, after!.Time);
        return figures with { AllocatedBytes = allocated / result.Rate, RoundTrips = roundTrips / result.Rate };
    }

    /// <summary>Measures what loads the database itself.</summary>
    public async Task<Figures> MeasureAsync(string protocol, string operation, int callers, Func<Task<LoadResult>> load)
    {
        var before = await Snapshot.TakeAsync(server, postmaster, database);
        var result = await load();
        var after = await Snapshot.TakeAsync(server, postmaster, database);
        return new Figures(protocol, operation, callers).With(result, before, after) with
        {
            ServerCpu = double.NaN,
            GeneratorCpu = double.NaN,
        };
    }

    public ValueTask DisposeAsync() => counters.DisposeAsync();
}
