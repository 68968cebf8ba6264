using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Text;

namespace Profiles.Transcoding.Json;

/// <summary>Finds a value by its UTF-8 name without making a string. Filled once, then only read.</summary>
internal sealed class Utf8NameTable<TValue>
{
    private readonly int[] _buckets;
    private readonly Entry[] _entries;
    private readonly uint _mask;
    private int _count;

    /// <param name="capacity">How many names there can be.</param>
    public Utf8NameTable(int capacity)
    {
        var size = BitOperations.RoundUpToPowerOf2((uint)Math.Max(4, capacity * 2));
        _buckets = new int[size];
        _entries = new Entry[capacity];
        _mask = size - 1;
    }

    /// <summary>Adds the name unless it is there: the first one wins.</summary>
    public void TryAdd(string name, TValue value)
    {
        var utf8 = Encoding.UTF8.GetBytes(name);
        if (TryFind(utf8, out _)) return;

        ref var bucket = ref _buckets[Hash(utf8) & _mask];
        _entries[_count] = new Entry(utf8, value, bucket - 1);
        bucket = ++_count;
    }

    public bool TryFind(ReadOnlySpan<byte> name, [MaybeNullWhen(false)] out TValue value)
    {
        for (var i = _buckets[Hash(name) & _mask] - 1; i >= 0;)
        {
            ref readonly var entry = ref _entries[i];
            if (name.SequenceEqual(entry.Name))
            {
                value = entry.Value;
                return true;
            }

            i = entry.Next;
        }

        value = default;
        return false;
    }

    private static uint Hash(ReadOnlySpan<byte> name)
    {
        var hash = (ulong)name.Length;
        for (; name.Length >= 8; name = name[8..])
            hash = Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(name));
        foreach (var b in name) hash = (hash ^ b) * 0x100000001B3;
        return (uint)(Mix(hash) >> 32);
    }

    private static ulong Mix(ulong value) => BitOperations.RotateLeft(value * 0x9E3779B97F4A7C15, 31);

    private readonly record struct Entry(byte[] Name, TValue Value, int Next);
}
