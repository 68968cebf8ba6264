using Google.Protobuf;
using Google.Protobuf.Reflection;
using Profiles.Transcoding.Json.Codecs;

namespace Profiles.Transcoding.Json.Fields;

/// <summary>A field of one value that is no plain message.</summary>
internal sealed class SingularField<TMessage, TValue>(FieldDescriptor descriptor, ValueCodec<TValue> codec) : JsonField(descriptor)
    where TMessage : class, IMessage
{
    private readonly Func<TMessage, TValue> _get = Accessors.Getter<TMessage, TValue>(descriptor);
    private readonly Action<TMessage, TValue> _set = Accessors.Setter<TMessage, TValue>(descriptor);
    // A message or wrapper is set unless it is null; that needs no further question.
    private readonly Func<TMessage, bool>? _has =
        descriptor.FieldType == FieldType.Message ? null : Accessors.Has<TMessage>(descriptor);

    private bool HasPresence => _has is not null || Descriptor.FieldType == FieldType.Message;

    public override string Rule => codec.Rule;

    public override bool AcceptsNull => codec.AcceptsNull;

    public override bool AcceptsText => codec.AcceptsText;

    public override void Read(ref ProtoJsonReader reader, IMessage message)
    {
        if (codec.TryRead(ref reader, out var value)) _set((TMessage)message, value);
    }

    public override void Write(ref ProtoJsonWriter writer, IMessage message)
    {
        var typed = (TMessage)message;
        if (_has is not null && !_has(typed)) return;

        var value = _get(typed);
        if (value is null) return;
        if (!HasPresence && !writer.Options.WriteDefaultValues && codec.IsDefault(value)) return;

        WriteName(ref writer);
        codec.Write(ref writer, value);
    }

    public override void WriteValue(ref ProtoJsonWriter writer, IMessage message)
    {
        var typed = (TMessage)message;
        if (_get(typed) is { } value) codec.Write(ref writer, value);
        else writer.WriteNull();
    }

    public override bool TrySetText(IMessage message, ReadOnlySpan<byte> utf8)
    {
        if (!codec.TryParse(utf8, out var value)) return false;
        _set((TMessage)message, value);
        return true;
    }
}
