namespace Profiles.Server.Tests.Health;

/// <summary>A clock that stands still, and whose timers fire when a test says so.</summary>
internal sealed class ManualClock : TimeProvider
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Lock gate = new();
    private readonly List<ManualTimer> timers = [];
    private TaskCompletionSource created = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The time that it is.</summary>
    public DateTimeOffset Now { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;

    /// <summary>Fires the timer that was set to this time, as soon as there is one.</summary>
    public async Task FireAsync(TimeSpan due)
    {
        while (true)
        {
            Task wait;
            lock (gate)
            {
                if (timers.Find(timer => timer.Due == due) is { } found)
                {
                    found.Fire();
                    return;
                }

                wait = created.Task;
            }

            await wait.WaitAsync(Patience);
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state), dueTime);
        TaskCompletionSource before;
        lock (gate)
        {
            timers.Add(timer);
            (before, created) = (created, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        before.SetResult();
        return timer;
    }

    private void Remove(ManualTimer timer)
    {
        lock (gate)
            timers.Remove(timer);
    }

    private sealed class ManualTimer(ManualClock clock, Action callback, TimeSpan due) : ITimer
    {
        public TimeSpan Due => due;

        public void Fire() => callback();

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose() => clock.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
