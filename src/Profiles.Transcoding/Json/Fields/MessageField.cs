using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Profiles.Transcoding.Json.Fields;

/// <summary>A field of one message that is written as an object of its fields.</summary>
internal sealed class MessageField<TMessage, TValue>(FieldDescriptor descriptor) : JsonField(descriptor)
    where TMessage : class, IMessage
    where TValue : class, IMessage, new()
{
    private readonly Func<TMessage, TValue?> _get = Accessors.Getter<TMessage, TValue?>(descriptor);
    private readonly Action<TMessage, TValue> _set = Accessors.Setter<TMessage, TValue>(descriptor);
    private PlainMessageCodec? _codec;

    public override MaskKind MaskKind => MaskKind.Message;

    public override string Rule => Rules.Object;

    // Late, since message types refer to each other in circles.
    private PlainMessageCodec Codec => _codec ??= (PlainMessageCodec)MessageCodecs.Find(Descriptor.MessageType);

    public override void Read(ref ProtoJsonReader reader, IMessage message) => Codec.ReadInto(ref reader, GetOrCreate(message));

    public override void Write(ref ProtoJsonWriter writer, IMessage message)
    {
        if (_get((TMessage)message) is not { } value) return;
        WriteName(ref writer);
        Codec.Write(ref writer, value);
    }

    public override void WriteValue(ref ProtoJsonWriter writer, IMessage message) =>
        Codec.Write(ref writer, _get((TMessage)message) ?? new TValue());

    public override IMessage GetOrCreate(IMessage message)
    {
        var typed = (TMessage)message;
        if (_get(typed) is { } present) return present;

        var created = new TValue();
        _set(typed, created);
        return created;
    }
}
