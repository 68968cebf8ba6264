using System.Text;
using System.Text.Json;
using Google.Protobuf;

namespace Profiles.Transcoding.Json.Fields;

/// <summary>Reads the properties of a JSON object into a message.</summary>
internal static class ObjectReader
{
    private const int BitsOfMostMessages = 256;

    public static void Read(ref ProtoJsonReader reader, MessageTable table, IMessage message, bool inAny)
    {
        if (reader.Json.TokenType != JsonTokenType.StartObject) throw reader.Fail(Rules.Object);

        var bits = table.Fields.Length + table.Descriptor.Oneofs.Count;
        var seen = new BitSpan(bits <= BitsOfMostMessages ? stackalloc ulong[BitsOfMostMessages / 64] : new ulong[(bits + 63) / 64]);
        var expected = 0;
        var typed = false;
        var empty = true;
        for (; reader.ReadProperty(); empty = false)
        {
            if (Match(ref reader, table, ref expected) is { } field) ReadField(ref reader, message, field, table, seen);
            else if (inAny && reader.TextEquals("@type"u8)) PassType(ref reader, ref typed);
            else PassUnknown(ref reader, table);
        }

        if (empty) reader.Mask?.AddSelf();
    }

    /// <summary>Senders mostly keep the order of the fields, so the one after the last is tried first.</summary>
    private static JsonField? Match(ref ProtoJsonReader reader, MessageTable table, ref int expected)
    {
        var name = reader.Unescape();
        if (expected < table.Fields.Length && name.SequenceEqual(table.Fields[expected].Utf8JsonName))
            return table.Fields[expected++];
        if (!table.TryFind(name, out var field)) return null;

        expected = field.Index + 1;
        return field;
    }

    private static void ReadField(ref ProtoJsonReader reader, IMessage message, JsonField field, MessageTable table, scoped BitSpan seen)
    {
        if (!seen.TrySet(field.Index)) throw reader.Fail(Rules.Repeated);
        if (reader.Mask is not null || reader.Bound is not null)
        {
            ObservedReader.Read(ref reader, message, field, table, seen);
            return;
        }

        var name = reader.Json.TokenStartIndex;
        reader.Json.Read();
        if (reader.Json.TokenType == JsonTokenType.Null && !field.AcceptsNull) return;
        ClaimOneof(field, table, seen, name);
        field.Read(ref reader, message);
    }

    public static void ClaimOneof(JsonField field, MessageTable table, scoped BitSpan seen, long offset)
    {
        if (field.OneofIndex < 0 || seen.TrySet(table.Fields.Length + field.OneofIndex)) return;
        throw new JsonFault($"is beside another member of the oneof \"{field.Descriptor.RealContainingOneof.Name}\"", offset);
    }

    private static void PassType(ref ProtoJsonReader reader, ref bool typed)
    {
        if (typed) throw reader.Fail(Rules.Repeated);
        typed = true;
        reader.Json.Read();
    }

    private static void PassUnknown(ref ProtoJsonReader reader, MessageTable table)
    {
        if (!reader.Options.IgnoreUnknownFields)
            throw reader.Fail(NameSuggestion.Unknown(table, Encoding.UTF8.GetString(reader.Unescape())));
        reader.Json.Read();
        reader.Skip();
    }
}

/// <summary>A set of small numbers.</summary>
internal readonly ref struct BitSpan(Span<ulong> words)
{
    private readonly Span<ulong> _words = words;

    /// <summary>Adds the number; false when it was there.</summary>
    public bool TrySet(int bit)
    {
        ref var word = ref _words[bit >> 6];
        var flag = 1UL << (bit & 63);
        if ((word & flag) != 0) return false;
        word |= flag;
        return true;
    }
}
