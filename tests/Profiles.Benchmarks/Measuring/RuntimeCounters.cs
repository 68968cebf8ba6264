using System.Diagnostics.Tracing;
using System.Globalization;
using Microsoft.Diagnostics.NETCore.Client;
using Microsoft.Diagnostics.Tracing;

namespace Profiles.Benchmarks.Measuring;

/// <summary>
/// Counters that the server's runtime and its database driver keep anyway: bytes allocated, statements sent. The server reports them
/// twice a second over its diagnostic port; no profiler is attached, and nothing is written for a request.
/// </summary>
internal sealed class RuntimeCounters : IAsyncDisposable
{
    private static readonly TimeSpan Slack = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Late = TimeSpan.FromMilliseconds(700);

    private readonly Lock gate = new();
    private readonly List<(string Name, DateTime Time, double Seconds, double Increment)> increments = [];
    private readonly EventPipeSession session;
    private readonly EventPipeEventSource source;

    public RuntimeCounters(int process)
    {
        var everyHalfSecond = new Dictionary<string, string>(StringComparer.Ordinal) { ["EventCounterIntervalSec"] = "0.5" };
        session = new DiagnosticsClient(process).StartEventPipeSession(
            [
                new EventPipeProvider("System.Runtime", EventLevel.Critical, 0, everyHalfSecond),
                new EventPipeProvider("Npgsql", EventLevel.Critical, 0, everyHalfSecond),
            ],
            requestRundown: false);
        source = new EventPipeEventSource(session.EventStream);
        source.Dynamic.All += Note;
        _ = Task.Factory.StartNew(source.Process, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>
    /// Bytes allocated and round trips to the database, each a second, between two times. The bytes are not a number where the runtime's
    /// counter stood still: it does for a while after the collector has taken heaps out of use, and jumps when it takes more.
    /// </summary>
    public async Task<(double Allocated, double RoundTrips)> ReadAsync(DateTimeOffset from, DateTimeOffset to)
    {
        await Task.Delay(Late, TimeProvider.System);
        return (MedianRate("alloc-rate", from, to), MeanRate("commands-per-second", from, to));
    }

    public async ValueTask DisposeAsync()
    {
        // A process that has only just begun to report may not hear that it should stop; it notices when the connection ends.
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await session.StopAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            // It goes on without being heard.
        }

        session.Dispose();
        source.Dispose();
    }

    private double MedianRate(string name, DateTimeOffset from, DateTimeOffset to)
    {
        double[] rates = [.. IncrementsOf(name, from, to).Select(one => one.Increment / one.Seconds).Order()];
        return rates is [] || rates[rates.Length / 2] == 0 ? double.NaN : rates[rates.Length / 2];
    }

    private double MeanRate(string name, DateTimeOffset from, DateTimeOffset to)
    {
        var counted = IncrementsOf(name, from, to);
        return counted.Sum(one => one.Increment) / counted.Sum(one => one.Seconds);
    }

    private List<(double Seconds, double Increment)> IncrementsOf(string name, DateTimeOffset from, DateTimeOffset to)
    {
        var (first, last) = ((from - Slack).UtcDateTime, (to + Slack).UtcDateTime);
        lock (gate)
        {
            return
            [
                .. increments
                    .Where(one => one.Name == name && one.Time - TimeSpan.FromSeconds(one.Seconds) >= first && one.Time <= last)
                    .Select(one => (one.Seconds, one.Increment)),
            ];
        }
    }

    private void Note(TraceEvent written)
    {
        if (written.EventName != "EventCounters" || written.PayloadValue(0) is not IDictionary<string, object> { } payload)
            return;
        if (payload["Payload"] is not IDictionary<string, object> counter || !counter.TryGetValue("Increment", out var increment))
            return;
        var seconds = Convert.ToDouble(counter["IntervalSec"], CultureInfo.InvariantCulture);
        lock (gate)
        {
            increments.Add((
                (string)counter["Name"], written.TimeStamp.ToUniversalTime(), seconds, Convert.ToDouble(increment, CultureInfo.InvariantCulture)));
        }
    }
}
