using System.Collections.Concurrent;

namespace Profiles.Server.Limits;

/// <summary>
/// Buckets in memory, at most <paramref name="capacity"/> of them. Full ones are removed now and then, and at once when the table
/// is full itself; if that is not enough, others go too, as long as they owe nothing to other servers.
/// </summary>
/// <param name="capacity">The most buckets.</param>
/// <param name="create">Makes a bucket, full.</param>
/// <param name="clock">The time.</param>
internal sealed class BucketTable<TKey, TBucket>(int capacity, Func<TKey, TBucket> create, NanosecondClock clock)
    where TKey : notnull
    where TBucket : TokenBucket
{
    private static readonly long SweepInterval = TimeSpan.FromMinutes(1).Ticks * 100;

    // While all buckets of a full table owe something to other servers, which takes a second at most.
    private static readonly long FullInterval = TimeSpan.FromMilliseconds(100).Ticks * 100;

    private readonly ConcurrentDictionary<TKey, TBucket> buckets = new();
    private readonly Lock sweeping = new();
    private int count;
    private long nextSweep;
    private long nextEviction;

    /// <summary>How many there are.</summary>
    public int Count => Volatile.Read(ref count);

    /// <summary>The bucket of a key, made if need be. It may be retired by the time it is used.</summary>
    public TBucket Get(TKey key)
    {
        if (buckets.TryGetValue(key, out var found))
            return found;
        if (Count >= capacity && clock.Now >= Volatile.Read(ref nextEviction))
            MakeRoom();
        else if (clock.Now >= Volatile.Read(ref nextSweep))
            TrySweep();
        return Add(key);
    }

    /// <summary>The bucket of a key, if there is one.</summary>
    public TBucket? Find(TKey key) => buckets.GetValueOrDefault(key);

    /// <summary>Forgets a retired bucket.</summary>
    public void Remove(TKey key, TBucket retired)
    {
        if (buckets.TryRemove(KeyValuePair.Create(key, retired)))
            Interlocked.Decrement(ref count);
    }

    private TBucket Add(TKey key)
    {
        var made = create(key);
        var kept = buckets.GetOrAdd(key, made);
        if (ReferenceEquals(kept, made))
            Interlocked.Increment(ref count);
        return kept;
    }

    // Others wait, so that a flood of new keys cannot outrun it.
    private void MakeRoom()
    {
        lock (sweeping)
        {
            if (Count < capacity)
                return;
            Sweep();
            // A tenth at once, so that a table that stays full is not swept for each bucket.
            if (Count >= capacity)
                Evict(capacity - Math.Max(capacity / 10, 1));
            if (Count >= capacity)
                Volatile.Write(ref nextEviction, clock.Now + FullInterval);
        }
    }

    private void TrySweep()
    {
        if (!sweeping.TryEnter())
            return;
        try
        {
            Sweep();
        }
        finally
        {
            sweeping.Exit();
        }
    }

    private void Sweep()
    {
        var now = clock.Now;
        Volatile.Write(ref nextSweep, now + SweepInterval);
        foreach (var (key, bucket) in buckets)
        {
            if (bucket.TryRetire(now))
                Remove(key, bucket);
        }
    }

    private void Evict(int target)
    {
        foreach (var (key, bucket) in buckets)
        {
            if (Count <= target)
                return;
            if (bucket.TryRetire(long.MaxValue))
                Remove(key, bucket);
        }
    }
}
