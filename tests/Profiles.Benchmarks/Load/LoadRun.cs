using System.Diagnostics;

namespace Profiles.Benchmarks.Load;

/// <summary>A load that is under way: it warms up, is measured for a while, and ends.</summary>
internal sealed class LoadRun
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private long from = long.MaxValue;
    private long to = long.MaxValue;
    private volatile bool ended;

    /// <summary>Whether no more calls are to be begun.</summary>
    public bool Ended => ended;

    /// <summary>Whether a request that is answered now is measured.</summary>
    public bool Counts(long now) => now >= Volatile.Read(ref from) && now < Volatile.Read(ref to);

    /// <summary>Runs a load; the first call that fails ends it.</summary>
    /// <param name="spec">The load.</param>
    /// <param name="warmUp">How long it runs before it is measured.</param>
    /// <param name="measured">It is measured until this task, begun by then, is over.</param>
    public static async Task<LoadResult> RunAsync(LoadSpec spec, TimeSpan warmUp, Func<Task> measured)
    {
        var run = new LoadRun();
        var connections = spec.Connect(run).ToList();
        var calls = Task.WhenAll(connections.Select(connection => Task.Run(connection.RunAsync)));
        await OrFailedAsync(calls, Task.Delay(warmUp, TimeProvider.System));
        var start = Stopwatch.GetTimestamp();
        Volatile.Write(ref run.from, start);
        try
        {
            await OrFailedAsync(calls, measured());
        }
        finally
        {
            Volatile.Write(ref run.to, Stopwatch.GetTimestamp());
            run.ended = true;
        }

        await calls.WaitAsync(Patience);
        return LoadResult.Of(Stopwatch.GetElapsedTime(start, run.to), connections);
    }

    private static async Task OrFailedAsync(Task calls, Task task)
    {
        if (await Task.WhenAny(calls, task) == calls)
            await calls;
        await task;
    }
}

/// <summary>What a load did.</summary>
/// <param name="Elapsed">How long it was measured.</param>
/// <param name="Latencies">Milliseconds of each request, ascending.</param>
internal sealed record LoadResult(TimeSpan Elapsed, float[] Latencies)
{
    public int Requests => Latencies.Length;

    /// <summary>Requests a second.</summary>
    public double Rate => Requests / Elapsed.TotalSeconds;

    /// <summary>The latency that this share of requests did not exceed.</summary>
    public double Percentile(double share) => Requests == 0 ? double.NaN : Latencies[(int)(share * (Requests - 1))];

    public static LoadResult Of(TimeSpan elapsed, IReadOnlyList<IConnection> connections)
    {
        var all = new List<float>();
        foreach (var connection in connections)
            all.AddRange(connection.Latencies);
        all.Sort();
        return new LoadResult(elapsed, [.. all]);
    }
}

/// <summary>A call that was not answered as it should be.</summary>
internal sealed class WrongAnswerException(string message) : Exception(message);
