using System.Buffers;
using System.Text;
using System.Text.Json;
using Google.Protobuf.Reflection;

namespace Profiles.Transcoding.Json;

/// <summary>
/// Finds the field path of a fault by walking over the text once more. So a text without fault pays nothing for paths.
/// </summary>
internal static class FaultLocator
{
    public static ProtoJsonException Locate(
        Exception fault, ReadOnlySpan<byte> utf8Json, ProtoJsonOptions options, MessageDescriptor root) =>
        Locate(fault, utf8Json, options, new JsonPathWalk(root));

    public static ProtoJsonException Locate(
        Exception fault, ReadOnlySpan<byte> utf8Json, ProtoJsonOptions options, FieldDescriptor root) =>
        Locate(fault, utf8Json, options, new JsonPathWalk(root));

    /// <summary>Where a text that is not valid UTF-8 stops being so.</summary>
    public static int FirstBrokenByte(ReadOnlySpan<byte> utf8)
    {
        var offset = 0;
        while (Rune.DecodeFromUtf8(utf8[offset..], out _, out var length) == OperationStatus.Done) offset += length;
        return offset;
    }

    private static ProtoJsonException Locate(Exception fault, ReadOnlySpan<byte> utf8Json, ProtoJsonOptions options, JsonPathWalk walk)
    {
        var offset = fault is JsonFault known ? known.Offset : OffsetOf(utf8Json, (JsonException)fault);
        var json = new Utf8JsonReader(utf8Json, new JsonReaderOptions { MaxDepth = options.MaxDepth });
        var tooDeep = false;
        try
        {
            while (json.Read() && json.BytesConsumed <= offset) walk.Pass(ref json);
            if (json.TokenStartIndex <= offset) walk.Reach(ref json);
        }
        catch (JsonException)
        {
            // The depth of an opening bracket is that of what it stands in.
            var opens = json.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray;
            tooDeep = json.CurrentDepth + (opens ? 1 : 0) >= options.MaxDepth;
        }

        var (line, column) = Position(utf8Json[..(int)Math.Min(offset, utf8Json.Length)]);
        return new ProtoJsonException(RuleOf(fault, tooDeep, options), walk.ToString(), line, column);
    }

    private static string RuleOf(Exception fault, bool tooDeep, ProtoJsonOptions options)
    {
        if (fault is JsonFault) return fault.Message;
        return tooDeep ? $"is nested deeper than {options.MaxDepth} levels" : Rules.Json;
    }

    private static long OffsetOf(ReadOnlySpan<byte> utf8Json, JsonException fault)
    {
        var start = 0;
        for (var line = fault.LineNumber ?? 0; line > 0; line--)
        {
            var end = utf8Json[start..].IndexOf((byte)'\n');
            if (end < 0) break;
            start += end + 1;
        }

        return start + (fault.BytePositionInLine ?? 0);
    }

    private static (long Line, long Column) Position(ReadOnlySpan<byte> before) =>
        (before.Count((byte)'\n') + 1, before.Length - before.LastIndexOf((byte)'\n'));
}
