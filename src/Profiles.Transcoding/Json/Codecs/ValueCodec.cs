using System.Diagnostics.CodeAnalysis;

namespace Profiles.Transcoding.Json.Codecs;

/// <summary>Reads and writes one value of a field's C# type. One instance a type; holds no state of a call.</summary>
internal abstract class ValueCodec<T>
{
    /// <summary>What a value must be, for the messages of a failure.</summary>
    public abstract string Rule { get; }

    /// <summary>JSON null is a value of the type, not the absence of one.</summary>
    public virtual bool AcceptsNull => false;

    /// <summary>A path or query parameter can hold a value.</summary>
    public virtual bool AcceptsText => false;

    /// <summary>Reads the current token; false when it is an unknown enum name that may be ignored.</summary>
    public abstract bool TryRead(ref ProtoJsonReader reader, [MaybeNullWhen(false)] out T value);

    public abstract void Write(ref ProtoJsonWriter writer, T value);

    /// <summary>Reads the text of a path or query parameter.</summary>
    public virtual bool TryParse(ReadOnlySpan<byte> utf8, [MaybeNullWhen(false)] out T value)
    {
        value = default;
        return false;
    }

    /// <summary>A field without presence that holds this value counts as unset.</summary>
    public virtual bool IsDefault(T value) => false;
}

/// <summary>A value whose JSON form is a string, a number, or either, with the same spelling in both.</summary>
internal abstract class TextCodec<T> : ValueCodec<T>
{
    public override bool AcceptsText => true;

    protected virtual bool AcceptsNumber => false;

    public override bool TryRead(ref ProtoJsonReader reader, [MaybeNullWhen(false)] out T value)
    {
        var text = reader.Json.TokenType switch
        {
            System.Text.Json.JsonTokenType.String => reader.Unescape(),
            System.Text.Json.JsonTokenType.Number when AcceptsNumber => reader.Json.ValueSpan,
            _ => throw reader.Fail(Rule),
        };
        return TryParse(text, out value) ? true : throw reader.Fail(Rule);
    }

    public abstract override bool TryParse(ReadOnlySpan<byte> utf8, [MaybeNullWhen(false)] out T value);
}
