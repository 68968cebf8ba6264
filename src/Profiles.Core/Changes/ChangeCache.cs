namespace Profiles.Core.Changes;

/// <summary>
/// Keeps what was read from the database, and never gives out what had changed more than a second before. As long as the feed
/// tells all changes, an entry stays until it is told to have changed; otherwise it is read again once it is nearly a second old.
/// </summary>
/// <remarks>
/// A key is read by one reader at a time, whom all others wait for. What is not there is remembered too, apart from what is, so
/// that asking for a lot of nothing displaces nothing. Safe to use from many threads.
/// </remarks>
/// <typeparam name="TKey">Names an entry.</typeparam>
/// <typeparam name="TValue">What is kept.</typeparam>
public sealed class ChangeCache<TKey, TValue>
    where TKey : notnull
    where TValue : class
{
    // A tenth of the second is left for the reading itself, and for the request that is served with it.
    private static readonly TimeSpan MaxAge = TimeSpan.FromMilliseconds(900);

    private readonly IChangeFeed feed;
    private readonly Func<TKey, Task<TValue?>> read;
    private readonly TimeProvider clock;
    private readonly Lock gate = new();
    private readonly Dictionary<TKey, Reading> readings = [];
    private readonly BoundedMap<TKey, Entry> present;
    private readonly BoundedMap<TKey, Entry> absent;

    /// <summary>Creates an empty cache.</summary>
    /// <param name="feed">Tells of changes; the owner subscribes and calls <see cref="Forget"/>.</param>
    /// <param name="read">Reads an entry from the database; null when there is none.</param>
    /// <param name="capacity">Most entries that are kept; as many again are remembered as absent.</param>
    /// <param name="clock">Tells how old entries are.</param>
    public ChangeCache(IChangeFeed feed, Func<TKey, Task<TValue?>> read, int capacity, TimeProvider clock)
    {
        (this.feed, this.read, this.clock) = (feed, read, clock);
        (present, absent) = (new BoundedMap<TKey, Entry>(capacity, clock), new BoundedMap<TKey, Entry>(capacity, clock));
    }

    /// <summary>The entry of a key, or null when there is none.</summary>
    /// <param name="key">Names the entry.</param>
    /// <param name="cancellationToken">Lets the caller go; a reading that others may wait for goes on.</param>
    public ValueTask<TValue?> GetAsync(TKey key, CancellationToken cancellationToken) =>
        Find(key) is { } entry ? new ValueTask<TValue?>(entry.Value) : new ValueTask<TValue?>(ReadAsync(key, cancellationToken));

    /// <summary>Drops what is kept of a key, and does not keep what is being read of it.</summary>
    public void Forget(TKey key)
    {
        lock (gate)
        {
            present.Remove(key);
            absent.Remove(key);
            if (readings.TryGetValue(key, out var reading))
                reading.IsOutdated = true;
        }
    }

    /// <summary>
    /// Drops whatever is kept and fits, when a change names what was found and not its key. What is absent may have come to be,
    /// and what is being read may fit, so neither is kept.
    /// </summary>
    public void ForgetWhere(Func<TValue, bool> fits)
    {
        lock (gate)
        {
            present.RemoveWhere(entry => fits(entry.Value!));
            absent.RemoveWhere(_ => true);
            foreach (var reading in readings.Values)
                reading.IsOutdated = true;
        }
    }

    private Entry? Find(TKey key) =>
        (present.Find(key) ?? absent.Find(key)) is { } entry && IsFresh(entry) ? entry : null;

    private bool IsFresh(Entry entry)
    {
        var state = feed.State;
        var asOf = entry.Session == state.Session ? Math.Max(entry.ReadAt, state.ConfirmedAt) : entry.ReadAt;
        return clock.GetElapsedTime(asOf) <= MaxAge;
    }

    private async Task<TValue?> ReadAsync(TKey key, CancellationToken cancellationToken)
    {
        while (true)
        {
            var (reading, isOwn) = Join(key);
            var entry = await reading.Task.WaitAsync(cancellationToken);
            // One that began before this call may be too old by now.
            if (isOwn || (!reading.IsOutdated && IsFresh(entry)))
                return entry.Value;
        }
    }

    private (Reading Reading, bool IsOwn) Join(TKey key)
    {
        lock (gate)
        {
            if (readings.TryGetValue(key, out var reading))
                return (reading, false);
            reading = new Reading();
            readings.Add(key, reading);
            reading.Task = Task.Run(() => CarryOutAsync(key, reading));
            return (reading, true);
        }
    }

    private async Task<Entry> CarryOutAsync(TKey key, Reading reading)
    {
        try
        {
            // In this order: what changes from here on is either read, or told.
            var (session, readAt) = (feed.State.Session, clock.GetTimestamp());
            var entry = new Entry(await read(key), session, readAt);
            Keep(key, entry, reading);
            return entry;
        }
        finally
        {
            lock (gate)
                readings.Remove(key);
        }
    }

    private void Keep(TKey key, Entry entry, Reading reading)
    {
        lock (gate)
        {
            if (reading.IsOutdated)
                return;
            (entry.Value is null ? present : absent).Remove(key);
            (entry.Value is null ? absent : present).Set(key, entry);
        }
    }

    private sealed record Entry(TValue? Value, long Session, long ReadAt);

    private sealed class Reading
    {
        private volatile bool isOutdated;

        public Task<Entry> Task { get; set; } = null!;

        /// <summary>Whether the key changed after the reading began.</summary>
        public bool IsOutdated
        {
            get => isOutdated;
            set => isOutdated = value;
        }
    }
}
