using System.Collections;

namespace Grpc.Core;

/// <summary>
/// Headers or trailers of a call: an ordered list in which a key may come more than once. Keys follow the rules of
/// <see cref="Entry"/>. Not safe for use by several threads while one of them changes it.
/// </summary>
public sealed partial class Metadata : IList<Metadata.Entry>
{
    /// <summary>The end of a key that makes its value bytes instead of text (gRPC over HTTP/2: "Binary-Header").</summary>
    public const string BinaryHeaderSuffix = "-bin";

    /// <summary>No entries, and none can be added.</summary>
    public static readonly Metadata Empty = new(isReadOnly: true);

    private readonly List<Entry> _entries = [];

    /// <summary>Creates an empty list.</summary>
    public Metadata()
    {
    }

    private Metadata(bool isReadOnly) => IsReadOnly = isReadOnly;

    /// <summary>Whether changes are refused.</summary>
    public bool IsReadOnly { get; }

    /// <summary>Number of entries.</summary>
    public int Count => _entries.Count;

    /// <summary>The entry at a place.</summary>
    /// <param name="index">From 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such place.</exception>
    /// <exception cref="ArgumentNullException">The new entry is null.</exception>
    /// <exception cref="InvalidOperationException">Set on a read-only list.</exception>
    public Entry this[int index]
    {
        get => _entries[index];
        set => Writable()[index] = NotNull(value);
    }

    /// <summary>Finds the last entry with a key: where a key comes more than once, the last one counts.</summary>
    /// <param name="key">The key, in any case.</param>
    /// <returns>The entry, or null.</returns>
    public Entry? Get(string key)
    {
        for (var i = _entries.Count - 1; i >= 0; i--)
        {
            if (_entries[i].HasKey(key))
                return _entries[i];
        }

        return null;
    }

    /// <summary>Finds the text of the last entry with a key.</summary>
    /// <param name="key">The key, in any case.</param>
    /// <returns>The text, or null when there is no such entry.</returns>
    /// <exception cref="InvalidOperationException">The entry is binary.</exception>
    public string? GetValue(string key) => Get(key)?.Value;

    /// <summary>Finds the bytes of the last entry with a key.</summary>
    /// <param name="key">The key, in any case.</param>
    /// <returns>A copy of the bytes (of a text entry: its ASCII bytes), or null when there is no such entry.</returns>
    public byte[]? GetValueBytes(string key) => Get(key)?.ValueBytes;

    /// <summary>Finds every entry with a key, in order.</summary>
    /// <param name="key">The key, in any case.</param>
    /// <returns>The entries, searched for while they are enumerated.</returns>
    public IEnumerable<Entry> GetAll(string key)
    {
        foreach (var entry in _entries)
        {
            if (entry.HasKey(key))
                yield return entry;
        }
    }

    /// <summary>Adds a text entry at the end.</summary>
    /// <param name="key">Key by the rules of <see cref="Entry(string, string)"/>.</param>
    /// <param name="value">Text, ASCII.</param>
    /// <exception cref="ArgumentException">The key breaks a rule, or an argument is null.</exception>
    /// <exception cref="InvalidOperationException">The list is read-only.</exception>
    public void Add(string key, string value) => Add(new Entry(key, value));

    /// <summary>Adds a binary entry at the end.</summary>
    /// <param name="key">Key by the rules of <see cref="Entry(string, byte[])"/>.</param>
    /// <param name="valueBytes">Bytes; they are copied.</param>
    /// <exception cref="ArgumentException">The key breaks a rule, or an argument is null.</exception>
    /// <exception cref="InvalidOperationException">The list is read-only.</exception>
    public void Add(string key, byte[] valueBytes) => Add(new Entry(key, valueBytes));

    /// <summary>Adds an entry at the end.</summary>
    /// <param name="item">The entry.</param>
    /// <exception cref="ArgumentNullException"><paramref name="item"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The list is read-only.</exception>
    public void Add(Entry item) => Writable().Add(NotNull(item));

    /// <summary>Adds an entry at a place and moves those behind it.</summary>
    /// <param name="index">From 0 to <see cref="Count"/>.</param>
    /// <param name="item">The entry.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such place.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="item"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The list is read-only.</exception>
    public void Insert(int index, Entry item) => Writable().Insert(index, NotNull(item));

    /// <summary>Removes this very entry: entries are compared by reference.</summary>
    /// <param name="item">The entry.</param>
    /// <returns>Whether it was there.</returns>
    /// <exception cref="InvalidOperationException">The list is read-only.</exception>
    public bool Remove(Entry item) => Writable().Remove(item);

    /// <summary>Removes the entry at a place.</summary>
    /// <param name="index">From 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such place.</exception>
    /// <exception cref="InvalidOperationException">The list is read-only.</exception>
    public void RemoveAt(int index) => Writable().RemoveAt(index);

    /// <summary>Removes every entry.</summary>
    /// <exception cref="InvalidOperationException">The list is read-only.</exception>
    public void Clear() => Writable().Clear();

    /// <summary>Finds the place of this very entry.</summary>
    /// <param name="item">The entry.</param>
    /// <returns>The place, or -1.</returns>
    public int IndexOf(Entry item) => _entries.IndexOf(item);

    /// <summary>Whether this very entry is in the list.</summary>
    /// <param name="item">The entry.</param>
    /// <returns>True when it is.</returns>
    public bool Contains(Entry item) => _entries.Contains(item);

    /// <summary>Copies the entries.</summary>
    /// <param name="array">Where to.</param>
    /// <param name="arrayIndex">Place of the first.</param>
    /// <exception cref="ArgumentException">They do not fit.</exception>
    public void CopyTo(Entry[] array, int arrayIndex) => _entries.CopyTo(array, arrayIndex);

    /// <summary>Enumerates the entries in order.</summary>
    /// <returns>The enumerator; a change of the list ends its use.</returns>
    public IEnumerator<Entry> GetEnumerator() => _entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static Entry NotNull(Entry item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return item;
    }

    private List<Entry> Writable() => IsReadOnly ? throw new InvalidOperationException("The metadata is read-only.") : _entries;
}
