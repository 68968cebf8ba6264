using System.Collections.Frozen;
using Google.Protobuf.Reflection;

namespace Profiles.Server.Messages;

/// <summary>
/// Finds text that is not UTF-8 in the bytes of a message. Google.Protobuf reads such bytes as U+FFFD, so that other text than
/// was sent would be stored; the Protobuf specification has readers refuse them.
/// </summary>
internal sealed class TextFields
{
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int LengthDelimited = 2;
    private const int StartGroup = 3;
    private const int EndGroup = 4;

    private FrozenDictionary<int, Field> fields = FrozenDictionary<int, Field>.Empty;

    private TextFields()
    {
    }

    /// <summary>The fields of a message; made once.</summary>
    public static TextFields Of(MessageDescriptor message) => Of(message, []);

    /// <summary>The path of the first text that is not UTF-8; null for none.</summary>
    /// <param name="message">A message that a parser has accepted.</param>
    public string? FindInvalid(ReadOnlySpan<byte> message)
    {
        for (var groups = 0; !message.IsEmpty;)
        {
            var tag = (uint)ReadVarint(ref message);
            var wireType = (int)tag & 7;
            groups += wireType switch { StartGroup => 1, EndGroup => -1, _ => 0 };
            var content = Take(ref message, wireType);
            // What is in a group belongs to the group, which no message of ours knows.
            if (groups > 0 || wireType != LengthDelimited || !fields.TryGetValue((int)(tag >> 3), out var field))
                continue;
            if (field.FindInvalid(content) is { } path)
                return path;
        }

        return null;
    }

    private static TextFields Of(MessageDescriptor message, Dictionary<MessageDescriptor, TextFields> known)
    {
        if (known.TryGetValue(message, out var made))
            return made;
        var table = known[message] = new TextFields();
        table.fields = message.Fields.InFieldNumberOrder()
            .Where(field => field.FieldType is FieldType.String or FieldType.Message)
            .ToFrozenDictionary(
                field => field.FieldNumber,
                field => new Field(field.Name, field.FieldType == FieldType.Message ? Of(field.MessageType, known) : null, field.IsMap));
        return table;
    }

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> message, int wireType)
    {
        var length = wireType switch
        {
            Varint => VarintLength(message),
            Fixed64 => sizeof(ulong),
            LengthDelimited => (int)ReadVarint(ref message),
            StartGroup or EndGroup => 0,
            _ => sizeof(uint),
        };
        var content = message[..length];
        message = message[length..];
        return content;
    }

    private static ulong ReadVarint(ref ReadOnlySpan<byte> message)
    {
        var length = VarintLength(message);
        var value = 0UL;
        for (var i = 0; i < length; i++)
            value |= (ulong)(message[i] & 0x7f) << (7 * i);
        message = message[length..];
        return value;
    }

    private static int VarintLength(ReadOnlySpan<byte> message)
    {
        var length = 1;
        while (message[length - 1] >= 0x80)
            length++;
        return length;
    }

    private sealed record Field(string Name, TextFields? Message, bool IsMap)
    {
        public string? FindInvalid(ReadOnlySpan<byte> content)
        {
            if (Message is null)
                return System.Text.Unicode.Utf8.IsValid(content) ? null : Name;
            return Message.FindInvalid(content) is { } path ? (IsMap ? Name : $"{Name}.{path}") : null;
        }
    }
}
