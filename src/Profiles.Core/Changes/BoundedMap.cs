using System.Collections.Concurrent;

namespace Profiles.Core.Changes;

/// <summary>
/// A map that forgets what was not used for the longest time once it is full. Reading takes no lock; writing is for one thread at
/// a time.
/// </summary>
internal sealed class BoundedMap<TKey, TValue>(int capacity, TimeProvider clock)
    where TKey : notnull
    where TValue : class
{
    private readonly ConcurrentDictionary<TKey, Slot> slots = new();
    private int count;

    public TValue? Find(TKey key)
    {
        if (!slots.TryGetValue(key, out var slot))
            return null;
        slot.UsedAt = clock.GetTimestamp();
        return slot.Value;
    }

    public void Set(TKey key, TValue value)
    {
        Remove(key);
        if (count >= capacity)
            MakeRoom();
        slots[key] = new Slot(value) { UsedAt = clock.GetTimestamp() };
        count++;
    }

    public void Remove(TKey key)
    {
        if (slots.TryRemove(key, out _))
            count--;
    }

    public void RemoveWhere(Func<TValue, bool> fits)
    {
        foreach (var (key, slot) in slots)
        {
            if (fits(slot.Value))
                Remove(key);
        }
    }

    // A tenth at once, so that the sorting is paid for by many entries.
    private void MakeRoom()
    {
        foreach (var (key, _) in slots.OrderBy(slot => slot.Value.UsedAt).Take(Math.Max(1, capacity / 10)))
            Remove(key);
    }

    private sealed class Slot(TValue value)
    {
        private long usedAt;

        public TValue Value { get; } = value;

        public long UsedAt
        {
            get => Volatile.Read(ref usedAt);
            set => Volatile.Write(ref usedAt, value);
        }
    }
}
