using System.Text;
using System.Text.Json;
using Google.Protobuf.Reflection;

namespace Profiles.Transcoding.Json;

/// <summary>Follows tokens and knows the path of the current one; the descriptors tell a map key from a field.</summary>
internal sealed class JsonPathWalk
{
    private readonly Stack<Level> _outer = new();
    private Level _level;
    private string? _property;

    public JsonPathWalk(MessageDescriptor root) => _level = new Level(Kind.Root, "", root, null);

    public JsonPathWalk(FieldDescriptor root) => _level = new Level(Kind.Root, "", null, root);

    private enum Kind
    {
        Root,
        Message,
        Map,
        List,
    }

    public void Pass(ref Utf8JsonReader json)
    {
        switch (json.TokenType)
        {
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                var inner = Open(json.TokenType == JsonTokenType.StartArray);
                _outer.Push(_level);
                _level = inner;
                _property = null;
                break;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                _level = _outer.Pop();
                _property = null;
                _level.Index++;
                break;
            case JsonTokenType.PropertyName:
                Reach(ref json);
                break;
            default:
                _level.Index++;
                break;
        }
    }

    /// <summary>Stands at the token instead of behind it.</summary>
    public void Reach(ref Utf8JsonReader json)
    {
        if (json.TokenType == JsonTokenType.PropertyName) _property = Name(ref json);
    }

    public override string ToString() => _level.Kind switch
    {
        Kind.Root => "",
        Kind.List => $"{_level.Path}[{_level.Index}]",
        _ when _property is null => _level.Path,
        Kind.Map => $"{_level.Path}[\"{ProtoJsonReader.Clip(_property)}\"]",
        _ => Join(_level.Path, Field()?.Name ?? ProtoJsonReader.Clip(_property)),
    };

    private Level Open(bool array)
    {
        var path = ToString();
        return _level.Kind switch
        {
            Kind.Root when _level.Field is { } root => OpenField(root, array, path),
            Kind.Message => OpenField(Field(), array, path),
            _ => new Level(array ? Kind.List : Kind.Message, path, array ? null : _level.Type, null),
        };
    }

    private static Level OpenField(FieldDescriptor? field, bool array, string path)
    {
        if (field is null) return new Level(array ? Kind.List : Kind.Message, path, null, null);
        if (field.IsMap) return new Level(Kind.Map, path, TypeOf(field.MessageType.FindFieldByNumber(2)), null);
        return new Level(array ? Kind.List : Kind.Message, path, TypeOf(field), null);
    }

    private FieldDescriptor? Field()
    {
        foreach (var field in _level.Type?.Fields.InDeclarationOrder() ?? [])
        {
            if (field.JsonName == _property || field.Name == _property) return field;
        }

        return null;
    }

    private static MessageDescriptor? TypeOf(FieldDescriptor field) =>
        field.FieldType is FieldType.Message or FieldType.Group ? field.MessageType : null;

    private static string Join(string path, string name) => path.Length == 0 ? name : path + "." + name;

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

    /// <summary>An open object or array. The type is that of the message itself, or of the elements of a list or map.</summary>
    private sealed class Level(Kind kind, string path, MessageDescriptor? type, FieldDescriptor? field)
    {
        public Kind Kind { get; } = kind;

        public string Path { get; } = path;

        public MessageDescriptor? Type { get; } = type;

        public FieldDescriptor? Field { get; } = field;

        public int Index { get; set; }
    }
}
