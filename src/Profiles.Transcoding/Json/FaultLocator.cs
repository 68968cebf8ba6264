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
        Locate(fault, utf8Json, options, new Walk(root));

    public static ProtoJsonException Locate(
        Exception fault, ReadOnlySpan<byte> utf8Json, ProtoJsonOptions options, FieldDescriptor root) =>
        Locate(fault, utf8Json, options, new Walk(root));

    private static ProtoJsonException Locate(Exception fault, ReadOnlySpan<byte> utf8Json, ProtoJsonOptions options, Walk walk)
    {
        var offset = fault is JsonFault known ? known.Offset : OffsetOf(utf8Json, (JsonException)fault);
        var json = new Utf8JsonReader(utf8Json, new JsonReaderOptions { MaxDepth = options.MaxDepth });
        var tooDeep = false;
        try
        {
            while (json.Read() && json.TokenStartIndex < offset) walk.Pass(ref json);
            if (json.TokenStartIndex == offset) walk.Reach(ref json);
        }
        catch (JsonException)
        {
            tooDeep = json.CurrentDepth >= options.MaxDepth;
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

    /// <summary>The path to the current token; the descriptors tell a map key from a field.</summary>
    private sealed class Walk
    {
        private readonly Stack<Level> _levels = new();
        private Level _current;
        private string? _property;

        public Walk(MessageDescriptor root) => _current = new Level("", root, null, IsRoot: true);

        public Walk(FieldDescriptor root) => _current = new Level("", null, root, IsRoot: true);

        public void Pass(ref Utf8JsonReader json)
        {
            switch (json.TokenType)
            {
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    var inner = Below(json.TokenType == JsonTokenType.StartArray);
                    _levels.Push(_current);
                    _current = inner;
                    _property = null;
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    _current = _levels.Pop();
                    Next();
                    break;
                case JsonTokenType.PropertyName:
                    _property = Name(ref json);
                    break;
                default:
                    Next();
                    break;
            }
        }

        public void Reach(ref Utf8JsonReader json)
        {
            if (json.TokenType == JsonTokenType.PropertyName) _property = Name(ref json);
        }

        public override string ToString() => _current.PathOf(_property);

        private void Next()
        {
            _property = null;
            if (_current.IsArray) _current = _current with { Index = _current.Index + 1 };
        }

        private Level Below(bool array)
        {
            var path = _current.PathOf(_property);
            var field = _current.FieldOf(_property);
            var inList = _current.IsArray || (_current.IsRoot && _levels.Count == 0 && field is null);
            if (field is null) return new Level(path, inList ? _current.Message : null, null) { IsArray = array };
            if (array || field.IsMap) return new Level(path, Element(field), field.IsMap ? field : null) { IsArray = array };
            return new Level(path, field.FieldType == FieldType.Message ? field.MessageType : null, null);
        }

        private static MessageDescriptor? Element(FieldDescriptor field)
        {
            var element = field.IsMap ? field.MessageType.FindFieldByNumber(2) : field;
            return element.FieldType == FieldType.Message ? element.MessageType : null;
        }

        private static string Name(ref Utf8JsonReader json)
        {
            try
            {
                return json.GetString()!;
            }
            catch (InvalidOperationException)
            {
                return Encoding.UTF8.GetString(json.ValueSpan);
            }
        }
    }

    /// <summary>An open object or array: its path, the message it is or whose elements it has, the map that it is.</summary>
    private readonly record struct Level(string Path, MessageDescriptor? Message, FieldDescriptor? Map, bool IsRoot = false)
    {
        public bool IsArray { get; init; }

        public int Index { get; init; }

        public string PathOf(string? property)
        {
            if (IsArray) return $"{Path}[{Index}]";
            if (property is null) return Path;
            if (Map is not null) return $"{Path}[\"{ProtoJsonReader.Clip(property)}\"]";

            var name = Message is null ? null : Find(property)?.Name;
            name ??= ProtoJsonReader.Clip(property);
            return Path.Length == 0 ? name : Path + "." + name;
        }

        public FieldDescriptor? FieldOf(string? property) => property is null || Map is not null || Message is null ? null : Find(property);

        private FieldDescriptor? Find(string name)
        {
            foreach (var field in Message!.Fields.InDeclarationOrder())
            {
                if (field.JsonName == name || field.Name == name) return field;
            }

            return null;
        }
    }
}
