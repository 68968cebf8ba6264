namespace Profiles.Core.Tests.Support;

/// <summary>A clock that goes on when a test says so.</summary>
internal sealed class SteppingClock : TimeProvider
{
    private long ticks = TimeSpan.TicksPerDay;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Volatile.Read(ref ticks);

    public void Step(TimeSpan time) => Interlocked.Add(ref ticks, time.Ticks);
}
