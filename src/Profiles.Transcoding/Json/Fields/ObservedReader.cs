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
        if (!IsAbsent(ref reader, field)) ObjectReader.ClaimOneof(field, table, seen, name);
        reader.Bound = inner;
        ReadValue(ref reader, message, field, field.Descriptor.Name);
        reader.Mask = mask;
        reader.Bound = bound;
    }

    /// <summary>Reads the current token into the field, and notes it under this path.</summary>
    public static void ReadValue(ref ProtoJsonReader reader, IMessage message, JsonField field, string path)
    {
        if (IsAbsent(ref reader, field)) reader.Mask?.Add(path);
        else if (reader.Mask is { } mask) ReadNoted(ref reader, message, field, mask, path);
        else field.Read(ref reader, message);
    }

    private static void ReadNoted(ref ProtoJsonReader reader, IMessage message, JsonField field, MaskRecorder mask, string path)
    {
        if (field.MaskKind == MaskKind.Leaf)
        {
            mask.Add(path);
            reader.Mask = null;
            field.Read(ref reader, message);
            return;
        }

        var outer = mask.Enter(path);
        field.Read(ref reader, message);
        mask.Leave(outer);
    }

    private static bool IsAbsent(ref ProtoJsonReader reader, JsonField field) =>
        reader.Json.TokenType == JsonTokenType.Null && !field.AcceptsNull;
}
