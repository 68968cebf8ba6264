using System.Diagnostics.Tracing;
using Microsoft.Diagnostics.NETCore.Client;
using Microsoft.Diagnostics.Tracing;
using Microsoft.Diagnostics.Tracing.Parsers;
using Profiles.Benchmarks.Load;

namespace Profiles.Benchmarks.Measuring;

/// <summary>
/// Counts what a process allocates: its runtime tells of every 100 KB or so. It does for as long as somebody listens, which costs time;
/// so it is done before a load is measured. The runtime's own counter stands still while the collector has taken heaps out of use.
/// </summary>
internal static class AllocationCount
{
    private static readonly TimeSpan Duration = TimeSpan.FromMilliseconds(500);

    /// <summary>Bytes for each request of a load that is under way.</summary>
    public static async Task<double> OfRequestAsync(int process, LoadRun run)
    {
        using var session = await Task.Run(() => new DiagnosticsClient(process).StartEventPipeSession(
            [new EventPipeProvider("Microsoft-Windows-DotNETRuntime", EventLevel.Verbose, (long)ClrTraceEventParser.Keywords.GC)],
            requestRundown: false));
        using var source = new EventPipeEventSource(session.EventStream);
        var told = new List<(DateTime Time, long Bytes)>();
        source.Clr.GCAllocationTick += tick => told.Add((tick.TimeStamp.ToUniversalTime(), tick.AllocationAmount64));
        var listening = Task.Factory.StartNew(source.Process, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var (from, answeredBefore) = (TimeProvider.System.GetUtcNow(), run.Answered);
        await Task.Delay(Duration, TimeProvider.System);
        var (to, answeredAfter) = (TimeProvider.System.GetUtcNow(), run.Answered);
        await session.StopAsync(CancellationToken.None);
        await listening;
        var bytes = told.Where(one => one.Time >= from.UtcDateTime && one.Time < to.UtcDateTime).Sum(one => one.Bytes);
        return (double)bytes / (answeredAfter - answeredBefore);
    }
}
