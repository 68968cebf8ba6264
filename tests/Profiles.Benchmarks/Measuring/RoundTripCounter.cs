using System.Diagnostics.Tracing;
using System.Globalization;
using Microsoft.Diagnostics.NETCore.Client;
using Microsoft.Diagnostics.Tracing;

namespace Profiles.Benchmarks.Measuring;

/// <summary>
/// Reads what the server's database driver counts anyway: how often it sent something to the database. The server reports it twice a
/// second over its diagnostic port; no profiler is attached, and nothing is written for a request.
/// </summary>
internal sealed class RoundTripCounter : IAsyncDisposable
{
    private const string Counter = "commands-per-second";

    private static readonly TimeSpan Slack = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Late = TimeSpan.FromMilliseconds(700);

    private readonly Lock gate = new();
    private readonly List<(DateTime Time, double Seconds, double Increment)> increments = [];
    private readonly EventPipeSession session;
    private readonly EventPipeEventSource source;

    public RoundTripCounter(int process)
    {
        var everyHalfSecond = new Dictionary<string, string>(StringComparer.Ordinal) { ["EventCounterIntervalSec"] = "0.5" };
        session = new DiagnosticsClient(process).StartEventPipeSession(
            [new EventPipeProvider("Npgsql", EventLevel.Critical, 0, everyHalfSecond)], requestRundown: false);
        source = new EventPipeEventSource(session.EventStream);
        source.Dynamic.All += Note;
        _ = Task.Factory.StartNew(source.Process, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Round trips a second while samples were taken.</summary>
    public async Task<double> ReadAsync(IReadOnlyList<Sample> samples)
    {
        if (TimeProvider.System.GetUtcNow() - samples[^1].After.Time < Late)
            await Task.Delay(Late, TimeProvider.System);
        var counted = samples.SelectMany(sample => IncrementsWithin(sample.Before.Time, sample.After.Time)).ToList();
        return counted.Sum(one => one.Increment) / counted.Sum(one => one.Seconds);
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

    private List<(double Seconds, double Increment)> IncrementsWithin(DateTimeOffset from, DateTimeOffset to)
    {
        var (first, last) = ((from - Slack).UtcDateTime, (to + Slack).UtcDateTime);
        lock (gate)
        {
            return
            [
                .. increments
                    .Where(one => one.Time - TimeSpan.FromSeconds(one.Seconds) >= first && one.Time <= last)
                    .Select(one => (one.Seconds, one.Increment)),
            ];
        }
    }

    private void Note(TraceEvent written)
    {
        if (written.EventName != "EventCounters" || written.PayloadValue(0) is not IDictionary<string, object> { } payload)
            return;
        if (payload["Payload"] is not IDictionary<string, object> counter || counter["Name"] is not Counter)
            return;
        var seconds = Convert.ToDouble(counter["IntervalSec"], CultureInfo.InvariantCulture);
        var increment = Convert.ToDouble(counter["Increment"], CultureInfo.InvariantCulture);
        lock (gate)
            increments.Add((written.TimeStamp.ToUniversalTime(), seconds, increment));
    }
}
