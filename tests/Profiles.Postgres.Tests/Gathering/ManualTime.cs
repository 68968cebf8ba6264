namespace Profiles.Postgres.Tests.Gathering;

/// <summary>A clock that a test moves. A timer fires once, within the move that makes it due.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly List<ManualTimer> timers = [];
    private long ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        timers.Add(timer);
        return timer;
    }

    public void Advance(TimeSpan time)
    {
        ticks += time.Ticks;
        foreach (var timer in timers)
            timer.FireIfDue();
    }

    private sealed class ManualTimer(ManualTime clock, Action fire) : ITimer
    {
        private long? due;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            due = dueTime == Timeout.InfiniteTimeSpan ? null : clock.ticks + dueTime.Ticks;
            return true;
        }

        public void FireIfDue()
        {
            if (due > clock.ticks || due is null)
                return;
            due = null;
            fire();
        }

        public void Dispose() => due = null;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
