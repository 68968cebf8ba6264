namespace Profiles.Server.Tests.Tokens;

/// <summary>A clock that stands where a test puts it. Timers that are due by then go off.</summary>
internal sealed class FakeClock : TimeProvider
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Lock gate = new();
    private readonly List<FakeTimer> timers = [];
    private DateTimeOffset now = new(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public DateTimeOffset Now
    {
        get
        {
            lock (gate)
                return now;
        }

        set
        {
            List<FakeTimer> due;
            lock (gate)
            {
                now = value;
                due = timers.FindAll(timer => timer.DueAt <= now);
                timers.RemoveAll(due.Contains);
            }

            due.ForEach(timer => timer.Fire());
        }
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => Now;

    public override long GetTimestamp() => Now.Ticks;

    public void Advance(TimeSpan span) => Now += span;

    /// <summary>Waits until somebody waits for so long, and returns for how long exactly.</summary>
    public async Task<TimeSpan> WaitForTimerAsync(TimeSpan least, TimeSpan most)
    {
        while (true)
        {
            Task change;
            lock (gate)
            {
                if (timers.Find(timer => timer.DueAt - now >= least && timer.DueAt - now <= most) is { } found)
                    return found.DueAt - now;
                change = changed.Task;
            }

            await change.WaitAsync(Patience);
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new FakeTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    private void Set(FakeTimer timer, TimeSpan due)
    {
        TaskCompletionSource before;
        lock (gate)
        {
            timers.Remove(timer);
            if (due != Timeout.InfiniteTimeSpan)
            {
                timer.DueAt = now + due;
                timers.Add(timer);
            }

            (before, changed) = (changed, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        before.SetResult();
    }

    private sealed class FakeTimer(FakeClock clock, Action callback) : ITimer
    {
        /// <summary>Under the clock's gate.</summary>
        public DateTimeOffset DueAt { get; set; }

        public void Fire() => callback();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            clock.Set(this, dueTime);
            return true;
        }

        public void Dispose() => clock.Set(this, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
