namespace Profiles.Server.Health;

/// <summary>What keeps the server from being ready.</summary>
internal enum Obstacle
{
    /// <summary>Nothing: it is ready.</summary>
    None,

    /// <summary>The database has not been asked yet.</summary>
    NotChecked,

    /// <summary>The database does not answer, or not in time.</summary>
    DatabaseUnreachable,

    /// <summary>The database lacks migrations that this program needs.</summary>
    SchemaOutdated,

    /// <summary>The server is about to stop.</summary>
    Draining,
}

/// <summary>How ready the server was at one moment.</summary>
/// <param name="Obstacle">What kept it from being ready.</param>
/// <param name="IsClosing">Whether it takes no more requests, so that streams must end.</param>
/// <param name="Changed">Completes when this is true no more.</param>
internal sealed record ReadinessState(Obstacle Obstacle, bool IsClosing, Task Changed)
{
    public bool IsReady => Obstacle == Obstacle.None;
}

/// <summary>How ready the server is. Everybody may ask at any time, and wait for a change.</summary>
internal sealed class Readiness
{
    private readonly Lock gate = new();
    private Obstacle database = Obstacle.NotChecked;
    private bool isDraining;
    private TaskCompletionSource changed;
    private volatile ReadinessState current;

    public Readiness() => (current, changed) = Create(Obstacle.NotChecked, isClosing: false);

    public ReadinessState Current => current;

    /// <summary>Notes what the database was found to be; true when that is news.</summary>
    public bool SetDatabase(Obstacle found)
    {
        lock (gate)
        {
            if (database == found)
                return false;
            database = found;
            Change(isDraining ? Obstacle.Draining : found, current.IsClosing);
            return true;
        }
    }

    /// <summary>From now on the server is not ready, whatever the database is.</summary>
    public void Drain()
    {
        lock (gate)
        {
            isDraining = true;
            Change(Obstacle.Draining, current.IsClosing);
        }
    }

    /// <summary>From now on streams must end.</summary>
    public void Close()
    {
        lock (gate)
            Change(current.Obstacle, isClosing: true);
    }

    private void Change(Obstacle obstacle, bool isClosing)
    {
        var before = changed;
        (current, changed) = Create(obstacle, isClosing);
        before.SetResult();
    }

    private static (ReadinessState State, TaskCompletionSource Changed) Create(Obstacle obstacle, bool isClosing)
    {
        var next = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return (new ReadinessState(obstacle, isClosing, next.Task), next);
    }
}
