namespace Profiles.Server.Tests.Limits;

/// <summary>A clock that stands until a test lets time pass. Its timers are real.</summary>
internal sealed class SteppingClock : TimeProvider
{
    private long ticks = TimeSpan.FromDays(3).Ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Volatile.Read(ref ticks);

    /// <summary>Lets time pass.</summary>
    public void Pass(TimeSpan time) => Interlocked.Add(ref ticks, time.Ticks);
}
