using Profiles.Benchmarks.Measuring;

namespace Profiles.Benchmarks.Suites;

/// <summary>A load that is measured several times, which become one row of the report.</summary>
/// <param name="over">How the calls travel, or who makes them.</param>
/// <param name="operation">What they do.</param>
/// <param name="callers">How many call at once.</param>
/// <param name="meter">Measures them.</param>
/// <param name="measure">Measures them once, for so long.</param>
internal sealed class Row(string over, string operation, int callers, Meter meter, Func<TimeSpan, Task<Sample>> measure)
{
    private readonly List<Sample> samples = [];

    public string Name => $"{over} {operation}";

    /// <summary>Measures it once, and keeps nothing of it.</summary>
    public Task WarmUpAsync(TimeSpan duration) => measure(duration);

    /// <summary>Measures it once more.</summary>
    public async Task MeasureAsync(TimeSpan duration) => samples.Add(await measure(duration));

    /// <summary>What was measured, all in all.</summary>
    public Task<Figures> FiguresAsync() => meter.FiguresOfAsync(over, operation, callers, samples);
}
