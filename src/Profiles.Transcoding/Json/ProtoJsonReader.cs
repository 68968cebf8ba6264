using System.Text;
using System.Text.Json;
using Profiles.Transcoding.Binding;

namespace Profiles.Transcoding.Json;

/// <summary>The state of one reading: the tokens, the budget, and what is noted or refused on the way.</summary>
internal ref struct ProtoJsonReader
{
    // The hash of an integer is no secret: keys that all collide make a map's time quadratic. So many comparisons, those of one
    // map with ten thousand keys, take a fifth of a second.
    private const int MaxCollisions = 50_005_000;

    public Utf8JsonReader Json;

    /// <summary>Notes the paths that are present; null where nobody asks or below a leaf.</summary>
    public MaskRecorder? Mask;

    /// <summary>Fields of the current message that another source of the request owns.</summary>
    public BoundFields? Bound;

    /// <summary>How many Any are around the current token.</summary>
    public int AnyDepth;

    private int _budget;
    private int _collisions;

    public ProtoJsonReader(ReadOnlySpan<byte> utf8, ProtoJsonOptions options)
    {
        Json = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = options.MaxDepth });
        Options = options;
        _budget = options.MaxElements;
    }

    public ProtoJsonOptions Options { get; }

    public readonly JsonFault Fail(string rule) => new(rule, Json.TokenStartIndex);

    /// <summary>Moves to the next property name; false at the end of the object.</summary>
    public bool ReadProperty()
    {
        Json.Read();
        if (Json.TokenType == JsonTokenType.EndObject) return false;
        CountElement();
        return true;
    }

    /// <summary>Moves to the next element; false at the end of the array.</summary>
    public bool ReadElement()
    {
        Json.Read();
        if (Json.TokenType == JsonTokenType.EndArray) return false;
        CountElement();
        return true;
    }

    /// <summary>The string token as a string.</summary>
    public readonly string ReadString()
    {
        var utf8 = Unescape();
        // Most text is ASCII, which needs no counting first: half the time.
        return Ascii.IsValid(utf8)
            ? string.Create(utf8.Length, utf8, static (chars, ascii) => Ascii.ToUtf16(ascii, chars, out _))
            : Encoding.UTF8.GetString(utf8);
    }

    /// <summary>The string token without escapes. The whole text was found to be UTF-8 before.</summary>
    public readonly ReadOnlySpan<byte> Unescape() => Json.ValueIsEscaped ? CopyUnescaped() : Json.ValueSpan;

    /// <summary>Whether the string token, without escapes, is this text.</summary>
    public readonly bool TextEquals(ReadOnlySpan<byte> utf8) => Unescape().SequenceEqual(utf8);

    /// <summary>Passes over the current value, within the budget.</summary>
    public void Skip()
    {
        var depth = Json.CurrentDepth;
        if (Json.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray)) return;

        while (Json.Read() && Json.CurrentDepth > depth) CountElement();
    }

    /// <summary>Counts what an integer key may cost: a comparison with each key of its map.</summary>
    public void CountCollisions(int keys)
    {
        _collisions += keys;
        if (_collisions > MaxCollisions) throw Fail("has too many integer keys");
    }

    /// <summary>Takes what a copy of this reader has read ahead from the budget: in nested messages that adds up.</summary>
    public void Charge(ProtoJsonReader ahead) => _budget = ahead._budget;

    public readonly string Clip() => Clip(Encoding.UTF8.GetString(Json.ValueSpan));

    /// <summary>A name that the sender chose, short enough for a message.</summary>
    public static string Clip(string name) => name.Length <= 64 ? name : string.Concat(name.AsSpan(0, 64), "…");

    private readonly byte[] CopyUnescaped()
    {
        var target = new byte[Json.ValueSpan.Length];
        try
        {
            return target[..Json.CopyString(target)];
        }
        catch (InvalidOperationException)
        {
            throw Fail(Rules.Unicode);
        }
    }

    private void CountElement()
    {
        if (--_budget < 0) throw TooMany();
    }

    private readonly JsonFault TooMany() => Fail($"has more than {Options.MaxElements} elements");
}
