using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;
using Profiles.Transcoding.Json.Codecs;

namespace Profiles.Transcoding.Json.WellKnown;

/// <summary>A wrapper as a field: its C# type is the nullable value, and JSON null means unset.</summary>
internal sealed class NullableCodec<T>(ValueCodec<T> inner) : ValueCodec<T?>
    where T : struct
{
    public override string Rule => inner.Rule;

    public override bool AcceptsText => true;

    public override bool TryRead(ref ProtoJsonReader reader, out T? value)
    {
        var read = inner.TryRead(ref reader, out var present);
        value = present;
        return read;
    }

    public override bool TryParse(ReadOnlySpan<byte> utf8, out T? value)
    {
        var parsed = inner.TryParse(utf8, out var present);
        value = present;
        return parsed;
    }

    public override void Write(ref ProtoJsonWriter writer, T? value) => inner.Write(ref writer, value.GetValueOrDefault());
}

/// <summary>A wrapper as a message of its own: a request, a response, or the content of an Any.</summary>
internal sealed class WrapperCodec<TMessage, TValue>(ValueCodec<TValue> inner, Func<TMessage, TValue> get, Action<TMessage, TValue> set)
    : ValueCodec<TMessage>
    where TMessage : class, IMessage, new()
{
    public override string Rule => inner.Rule;

    public override bool TryRead(ref ProtoJsonReader reader, [MaybeNullWhen(false)] out TMessage value)
    {
        value = new TMessage();
        if (!inner.TryRead(ref reader, out var content)) return false;
        set(value, content);
        return true;
    }

    public override void Write(ref ProtoJsonWriter writer, TMessage value) => inner.Write(ref writer, get(value));
}
