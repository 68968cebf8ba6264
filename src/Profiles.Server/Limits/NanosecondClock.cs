namespace Profiles.Server.Limits;

/// <summary>A time that only goes forward, in nanoseconds since the clock was made.</summary>
internal sealed class NanosecondClock(TimeProvider clock)
{
    private const int NanosecondsPerTick = 100;

    private readonly long start = clock.GetTimestamp();

    public long Now => clock.GetElapsedTime(start).Ticks * NanosecondsPerTick;

    /// <summary>Nanoseconds as a span, rounded up.</summary>
    public static TimeSpan ToTimeSpan(long nanoseconds) =>
        TimeSpan.FromTicks((nanoseconds + NanosecondsPerTick - 1) / NanosecondsPerTick);
}
