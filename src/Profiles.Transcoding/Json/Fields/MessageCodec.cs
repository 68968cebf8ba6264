using Google.Protobuf;
using Google.Protobuf.Reflection;
using Profiles.Transcoding.Json.Codecs;

namespace Profiles.Transcoding.Json.Fields;

/// <summary>Reads and writes any message of one type, known at run time only.</summary>
internal abstract class MessageCodec
{
    /// <summary>The JSON form is an object of the message's fields.</summary>
    public virtual bool IsPlain => false;

    public abstract IMessage Read(ref ProtoJsonReader reader);

    public abstract void Write(ref ProtoJsonWriter writer, IMessage message);

    /// <summary>Reads a plain message whose properties stand beside an <c>@type</c>.</summary>
    public virtual IMessage ReadBeside(ref ProtoJsonReader reader) => throw new NotSupportedException();

    /// <summary>Writes the properties of a plain message without the braces.</summary>
    public virtual void WriteFields(ref ProtoJsonWriter writer, IMessage message) => throw new NotSupportedException();
}

/// <summary>A well-known type with a JSON form of its own.</summary>
internal sealed class SpecialMessageCodec<TMessage>(ValueCodec<TMessage> codec) : MessageCodec
    where TMessage : class, IMessage
{
    public override IMessage Read(ref ProtoJsonReader reader) =>
        codec.TryRead(ref reader, out var value) ? value : throw reader.Fail(codec.Rule);

    public override void Write(ref ProtoJsonWriter writer, IMessage message) => codec.Write(ref writer, (TMessage)message);
}

/// <summary>A message written as an object of its fields.</summary>
internal sealed class PlainMessageCodec(MessageDescriptor descriptor) : MessageCodec
{
    public override bool IsPlain => true;

    public MessageTable Table { get; } = new(descriptor);

    public override IMessage Read(ref ProtoJsonReader reader)
    {
        var message = Table.Create();
        ReadInto(ref reader, message);
        return message;
    }

    public void ReadInto(ref ProtoJsonReader reader, IMessage message) => ObjectReader.Read(ref reader, Table, message, inAny: false);

    public override IMessage ReadBeside(ref ProtoJsonReader reader)
    {
        var message = Table.Create();
        ObjectReader.Read(ref reader, Table, message, inAny: true);
        return message;
    }

    public override void Write(ref ProtoJsonWriter writer, IMessage message)
    {
        writer.StartObject();
        WriteFields(ref writer, message);
        writer.EndObject();
    }

    public override void WriteFields(ref ProtoJsonWriter writer, IMessage message)
    {
        foreach (var field in Table.Fields) field.Write(ref writer, message);
    }
}

/// <summary>A plain message as an element of a list or a map.</summary>
internal sealed class MessageValueCodec<TMessage>(MessageDescriptor descriptor) : ValueCodec<TMessage>
    where TMessage : class, IMessage, new()
{
    private PlainMessageCodec? _codec;

    public override string Rule => Rules.Object;

    private PlainMessageCodec Codec => _codec ??= (PlainMessageCodec)MessageCodecs.Find(descriptor);

    public override bool TryRead(ref ProtoJsonReader reader, out TMessage value)
    {
        value = new TMessage();
        Codec.ReadInto(ref reader, value);
        return true;
    }

    public override void Write(ref ProtoJsonWriter writer, TMessage value) => Codec.Write(ref writer, value);
}
