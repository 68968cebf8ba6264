namespace Profiles.Server.Health;

/// <summary>Whether the server can do its work now: its database can be used, and it is not about to stop.</summary>
internal sealed class Readiness
{
    private readonly Lock gate = new();
    private TaskCompletionSource changed = NewSignal();
    private bool storageIsUsable = true; // The start ends only with a database that answers.
    private bool draining;

    /// <summary>Whether requests should come here.</summary>
    public bool IsReady
    {
        get
        {
            lock (gate)
                return storageIsUsable && !draining;
        }
    }

    /// <summary>Whether the server is about to stop, for good.</summary>
    public bool IsDraining
    {
        get
        {
            lock (gate)
                return draining;
        }
    }

    /// <summary>Completes with the next change. Take it before the state, so that no change is missed.</summary>
    public Task Changed
    {
        get
        {
            lock (gate)
                return changed.Task;
        }
    }

    /// <summary>Says what became of the database.</summary>
    /// <returns>Whether that is news.</returns>
    public bool SetStorage(bool usable)
    {
        lock (gate)
        {
            if (storageIsUsable == usable)
                return false;
            storageIsUsable = usable;
            Announce();
            return true;
        }
    }

    /// <summary>The server is about to stop.</summary>
    public void Drain()
    {
        lock (gate)
        {
            draining = true;
            Announce();
        }
    }

    private void Announce()
    {
        changed.TrySetResult();
        changed = NewSignal();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
