using System.Diagnostics;

namespace Profiles.Benchmarks;

/// <summary>Callers that each send one request after the other for a while.</summary>
internal static class Load
{
    /// <summary>Runs the load; the first failed call ends it.</summary>
    /// <param name="callers">How many call at once.</param>
    /// <param name="duration">How long.</param>
    /// <param name="users">How many users there are; a call gets the number of one, and no two at once get the same.</param>
    /// <param name="call">Calls, and throws unless the answer is right. It gets the user and a number that grows.</param>
    public static async Task<LoadResult> RunAsync(int callers, TimeSpan duration, int users, Func<int, int, Task> call)
    {
        var latencies = new List<double>[callers];
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            var own = latencies[caller] = [];
            for (var n = 0; clock.Elapsed < duration; n++)
            {
                var start = Stopwatch.GetTimestamp();
                await call((caller + (n * callers)) % users, n);
                own.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        })));
        return new LoadResult(clock.Elapsed, [.. latencies.SelectMany(own => own).Order()]);
    }
}

/// <summary>What a load did.</summary>
/// <param name="Elapsed">How long it ran.</param>
/// <param name="Latencies">Milliseconds of each request, ascending.</param>
internal sealed record LoadResult(TimeSpan Elapsed, double[] Latencies)
{
    /// <summary>Requests a second.</summary>
    public double Rate => Latencies.Length / Elapsed.TotalSeconds;

    /// <summary>The latency that this share of requests did not exceed.</summary>
    public double Percentile(double share) => Latencies[(int)(share * (Latencies.Length - 1))];
}
