using Npgsql;
using Profiles.Benchmarks.Load;

namespace Profiles.Benchmarks.Measuring;

/// <summary>Measures loads on a server and its database.</summary>
internal sealed class Meter : IAsyncDisposable
{
    private readonly int server;
    private readonly int postmaster;
    private readonly NpgsqlDataSource database;
    private readonly RoundTripCounter roundTrips;

    private Meter(int server, int postmaster, NpgsqlDataSource database, RoundTripCounter roundTrips) =>
        (this.server, this.postmaster, this.database, this.roundTrips) = (server, postmaster, database, roundTrips);

    /// <summary>Meters a process that answers calls, and the database behind it.</summary>
    public static async Task<Meter> CreateAsync(int server, NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand("SELECT pg_backend_pid()");
        var backend = (int)(await command.ExecuteScalarAsync())!;
        // Elsewhere: this thread may be the one that waits for all sockets, and beginning the counter blocks on one.
        var begun = await Task.Run(() => new RoundTripCounter(server));
        return new Meter(server, ProcessCpu.ParentOf(backend), database, begun);
    }

    /// <summary>Measures a load once.</summary>
    public Task<Sample> SampleAsync(LoadSpec spec, TimeSpan duration) =>
        SampleAsync(spec, () => Task.Delay(duration, TimeProvider.System));

    /// <summary>Measures a load while something goes on beside it.</summary>
    public async Task<Sample> SampleAsync(LoadSpec spec, Func<Task> beside)
    {
        Snapshot? before = null, after = null;
        var allocated = double.NaN;
        var result = await LoadRun.RunAsync(
            spec,
            async run => allocated = await AllocationCount.OfRequestAsync(server, run),
            async () =>
            {
                before = await TakeSnapshotAsync();
                await beside();
                after = await TakeSnapshotAsync();
            });
        return new Sample(result, before!, after!, allocated);
    }

    /// <summary>Measures what loads the database itself, while the task that it is given runs.</summary>
    public async Task<Sample> SampleAsync(Func<Func<Task>, Task<LoadResult>> load, TimeSpan duration)
    {
        Snapshot? before = null, after = null;
        var result = await load(async () =>
        {
            before = await TakeSnapshotAsync();
            await Task.Delay(duration, TimeProvider.System);
            after = await TakeSnapshotAsync();
        });
        // Neither the server nor the load of this process has a share in it.
        return new Sample(result, before!, after! with { ServerCpu = double.NaN, OwnCpu = double.NaN });
    }

    /// <summary>The figures of samples, with the round trips of the server meanwhile.</summary>
    public async Task<Figures> FiguresOfAsync(string protocol, string operation, int callers, params IReadOnlyList<Sample> samples)
    {
        var figures = new Figures(protocol, operation, callers).With(samples);
        return double.IsNaN(figures.ServerCpu) ? figures : figures with { RoundTrips = await roundTrips.ReadAsync(samples) / figures.Rate };
    }

    public ValueTask DisposeAsync() => roundTrips.DisposeAsync();

    private Task<Snapshot> TakeSnapshotAsync() => Snapshot.TakeAsync(server, postmaster, database);
}
