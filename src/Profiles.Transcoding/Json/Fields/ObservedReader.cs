using System.Text.Json;
using Google.Protobuf;

namespace Profiles.Transcoding.Json.Fields;

/// <summary>Reads a property while paths are noted, or while some fields belong to another source of the request.</summary>
internal static class ObservedReader
{
    public static void Read(ref ProtoJsonReader reader, IMessage message, JsonField field, MessageTable table, scoped BitSpan seen)
    {
        var (mask, bound) = (reader.Mask, reader.Bound);
        var inner = bound?.Enter(field, ref reader);
        var name = reader.Json.TokenStartIndex;
        reader.Json.Read();
        if (reader.Json.TokenType == JsonTokenType.Null && !field.AcceptsNull)
        {
            mask?.Add(field.Descriptor.Name);
            return;
        }

        ObjectReader.ClaimOneof(field, table, seen, name);
        reader.Bound = inner;
        if (mask is not null) ReadNoted(ref reader, message, field);
        else field.Read(ref reader, message);
        reader.Mask = mask;
        reader.Bound = bound;
    }

    private static void ReadNoted(ref ProtoJsonReader reader, IMessage message, JsonField field)
    {
        var mask = reader.Mask!;
        if (field.MaskKind == MaskKind.Leaf)
        {
            mask.Add(field.Descriptor.Name);
            reader.Mask = null;
            field.Read(ref reader, message);
            return;
        }

        var outer = mask.Enter(field.Descriptor.Name);
        field.Read(ref reader, message);
        mask.Leave(outer);
    }
}
