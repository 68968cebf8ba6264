using System.Diagnostics;

namespace Profiles.Benchmarks.Load;

/// <summary>A load that is under way: it warms up, is measured for a while, and ends.</summary>
internal sealed class LoadRun
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private long from = long.MaxValue;
    private long to = long.MaxValue;
    private long answered;
    private volatile bool ended;

    /// <summary>Whether no more calls are to be begun.</summary>
    public bool Ended => ended;

    /// <summary>How many requests were answered rightly so far, measured or not.</summary>
    public long Answered => Volatile.Read(ref answered);

    /// <summary>Notes that a request was answered rightly; tells whether it is measured.</summary>
    public bool IsMeasured(long now)
    {
        Interlocked.Increment(ref answered);
        return now >= Volatile.Read(ref from) && now < Volatile.Read(ref to);
    }

    /// <summary>Runs a load; the first call that fails ends it.</summary>
    /// <param name="spec">The load.</param>
    /// <param name="warmUp">It runs until this task is over before it is measured.</param>
    /// <param name="measured">It is measured until this task, begun by then, is over.</param>
    public static async Task<LoadResult> RunAsync(LoadSpec spec, Func<LoadRun, Task> warmUp, Func<Task> measured)
    {
        var run = new LoadRun();
        var connections = spec.Connect(run).ToList();
        var calls = Task.WhenAll(connections.Select(connection => Task.Run(connection.RunAsync)));
        long start;
        try
        {
            await OrFailedAsync(calls, warmUp(run));
            start = Stopwatch.GetTimestamp();
            Volatile.Write(ref run.from, start);
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

    /// <summary>The result of a load whose connections had these latencies.</summary>
    public static LoadResult Of(TimeSpan elapsed, IEnumerable<IConnection> connections) =>
        new(elapsed, [.. connections.SelectMany(connection => connection.Latencies).Order()]);

    /// <summary>Several as one.</summary>
    public static LoadResult Of(IReadOnlyList<LoadResult> results) =>
        new(TimeSpan.FromSeconds(results.Sum(one => one.Elapsed.TotalSeconds)), [.. results.SelectMany(one => one.Latencies).Order()]);
}

/// <summary>A call that was not answered as it should be.</summary>
internal sealed class WrongAnswerException(string message) : Exception(message);
