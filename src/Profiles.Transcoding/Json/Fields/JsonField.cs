using System.Text;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Profiles.Transcoding.Json.Fields;

/// <summary>How a field appears in an inferred mask.</summary>
internal enum MaskKind
{
    /// <summary>The field's own path, whatever is inside.</summary>
    Leaf,

    /// <summary>The paths of the properties inside.</summary>
    Message,

    /// <summary>A path for each key inside.</summary>
    Map,
}

/// <summary>Reads and writes one field of a message.</summary>
internal abstract class JsonField
{
    private readonly byte[] _jsonName;
    private readonly byte[] _protoName;

    protected JsonField(FieldDescriptor descriptor)
    {
        Descriptor = descriptor;
        Utf8JsonName = Encoding.UTF8.GetBytes(descriptor.JsonName);
        OneofIndex = descriptor.RealContainingOneof?.Index ?? -1;
        _jsonName = ProtoJsonWriter.EncodeName(descriptor.JsonName);
        _protoName = ProtoJsonWriter.EncodeName(descriptor.Name);
    }

    public FieldDescriptor Descriptor { get; }

    public byte[] Utf8JsonName { get; }

    /// <summary>The place in the table of the message, from 0.</summary>
    public int Index { get; set; }

    /// <summary>The oneof that the field is a member of, or -1. A proto3 optional is in none.</summary>
    public int OneofIndex { get; }

    public virtual MaskKind MaskKind => MaskKind.Leaf;

    /// <summary>JSON null is a value of the field, not its absence.</summary>
    public virtual bool AcceptsNull => false;

    /// <summary>A path or query parameter can hold the field, or one element of it.</summary>
    public virtual bool AcceptsText => false;

    /// <summary>What a value must be.</summary>
    public abstract string Rule { get; }

    /// <summary>Reads the current token into the field.</summary>
    public abstract void Read(ref ProtoJsonReader reader, IMessage message);

    /// <summary>Writes name and value, unless the field is unset.</summary>
    public abstract void Write(ref ProtoJsonWriter writer, IMessage message);

    /// <summary>Writes the value alone, also where it is unset.</summary>
    public abstract void WriteValue(ref ProtoJsonWriter writer, IMessage message);

    /// <summary>Sets the field from text; a repeated field takes it as a further element.</summary>
    public virtual bool TrySetText(IMessage message, ReadOnlySpan<byte> utf8) => false;

    /// <summary>The message in the field, made where there is none.</summary>
    public virtual IMessage GetOrCreate(IMessage message) => throw new NotSupportedException();

    protected void WriteName(ref ProtoJsonWriter writer) =>
        writer.WriteName(writer.Options.UseProtoFieldNames ? _protoName : _jsonName);
}
