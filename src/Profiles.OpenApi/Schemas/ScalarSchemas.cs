using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;

namespace Profiles.OpenApi.Schemas;

/// <summary>The ProtoJSON forms of values that are neither messages nor enums.</summary>
internal static class ScalarSchemas
{
    public static JsonObject Create(FieldType type) => type switch
    {
        FieldType.Bool => new() { ["type"] = "boolean" },
        FieldType.String => new() { ["type"] = "string" },
        FieldType.Bytes => new() { ["type"] = "string", ["contentEncoding"] = "base64" },
        FieldType.Int32 or FieldType.SInt32 or FieldType.SFixed32 => new() { ["type"] = "integer", ["format"] = "int32" },
        FieldType.UInt32 or FieldType.Fixed32 => new() { ["type"] = "integer", ["format"] = "uint32", ["minimum"] = 0 },
        FieldType.Int64 or FieldType.SInt64 or FieldType.SFixed64 => Digits("int64", "^-?[0-9]{1,19}$"),
        FieldType.UInt64 or FieldType.Fixed64 => Digits("uint64", "^[0-9]{1,20}$"),
        FieldType.Float => Floating("float"),
        FieldType.Double => Floating("double"),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "No scalar."),
    };

    /// <summary>What the keys of a map look like; null where any text will do.</summary>
    public static JsonObject? Key(FieldType type) => type switch
    {
        FieldType.String => null,
        FieldType.Bool => new() { ["enum"] = new JsonArray("true", "false") },
        FieldType.UInt32 or FieldType.Fixed32 or FieldType.UInt64 or FieldType.Fixed64 => new() { ["pattern"] = "^[0-9]{1,20}$" },
        _ => new() { ["pattern"] = "^-?[0-9]{1,19}$" },
    };

    // 64 bits are more than JavaScript's numbers hold exactly.
    private static JsonObject Digits(string format, string pattern) =>
        new() { ["type"] = "string", ["format"] = format, ["pattern"] = pattern };

    private static JsonObject Floating(string format) => new()
    {
        ["anyOf"] = new JsonArray(
            new JsonObject { ["type"] = "number", ["format"] = format },
            new JsonObject { ["type"] = "string", ["enum"] = new JsonArray("NaN", "Infinity", "-Infinity") }),
    };
}
