using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Collections;
using Google.Protobuf.Reflection;
using Profiles.Transcoding.Json.Codecs;

namespace Profiles.Transcoding.Json.Fields;

/// <summary>A repeated field.</summary>
internal sealed class ListField<TMessage, TValue>(FieldDescriptor descriptor, ValueCodec<TValue> codec) : JsonField(descriptor)
    where TMessage : class, IMessage
{
    private readonly Func<TMessage, RepeatedField<TValue>> _get = Accessors.Getter<TMessage, RepeatedField<TValue>>(descriptor);

    public override string Rule => codec.Rule;

    public override bool AcceptsText => codec.AcceptsText;

    public override void Read(ref ProtoJsonReader reader, IMessage message)
    {
        if (reader.Json.TokenType != JsonTokenType.StartArray) throw reader.Fail(Rules.Array);
        var list = _get((TMessage)message);
        while (reader.ReadElement())
        {
            if (reader.Json.TokenType == JsonTokenType.Null && !codec.AcceptsNull) throw reader.Fail(Rules.Null);
            if (codec.TryRead(ref reader, out var value)) list.Add(value);
        }
    }

    public override void Write(ref ProtoJsonWriter writer, IMessage message)
    {
        if (_get((TMessage)message).Count == 0 && !writer.Options.WriteDefaultValues) return;
        WriteName(ref writer);
        WriteValue(ref writer, message);
    }

    public override void WriteValue(ref ProtoJsonWriter writer, IMessage message)
    {
        var list = _get((TMessage)message);
        writer.StartArray();
        for (var i = 0; i < list.Count; i++) codec.Write(ref writer, list[i]);
        writer.EndArray();
    }

    public override bool TrySetText(IMessage message, ReadOnlySpan<byte> utf8)
    {
        if (!codec.TryParse(utf8, out var value)) return false;
        _get((TMessage)message).Add(value);
        return true;
    }
}
