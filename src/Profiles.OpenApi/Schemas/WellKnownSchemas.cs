using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;

namespace Profiles.OpenApi.Schemas;

/// <summary>The forms of the messages that ProtoJSON does not write as objects of their fields.</summary>
internal static class WellKnownSchemas
{
    private static readonly Dictionary<string, Func<JsonObject>> Schemas = new(StringComparer.Ordinal)
    {
        ["google.protobuf.Timestamp"] = () => Text("date-time"),
        ["google.protobuf.Duration"] = () => new() { ["type"] = "string", ["pattern"] = @"^-?[0-9]{1,12}(\.[0-9]{1,9})?s$" },
        ["google.protobuf.FieldMask"] = () => new() { ["type"] = "string" },
        ["google.protobuf.Empty"] = () => new() { ["type"] = "object" },
        ["google.protobuf.Struct"] = () => new() { ["type"] = "object", ["additionalProperties"] = true },
        ["google.protobuf.ListValue"] = () => new() { ["type"] = "array", ["items"] = new JsonObject() },
        ["google.protobuf.Value"] = () => [],
        ["google.protobuf.Any"] = Any,
        ["google.protobuf.BoolValue"] = () => ScalarSchemas.Create(FieldType.Bool),
        ["google.protobuf.StringValue"] = () => ScalarSchemas.Create(FieldType.String),
        ["google.protobuf.BytesValue"] = () => ScalarSchemas.Create(FieldType.Bytes),
        ["google.protobuf.Int32Value"] = () => ScalarSchemas.Create(FieldType.Int32),
        ["google.protobuf.UInt32Value"] = () => ScalarSchemas.Create(FieldType.UInt32),
        ["google.protobuf.Int64Value"] = () => ScalarSchemas.Create(FieldType.Int64),
        ["google.protobuf.UInt64Value"] = () => ScalarSchemas.Create(FieldType.UInt64),
        ["google.protobuf.FloatValue"] = () => ScalarSchemas.Create(FieldType.Float),
        ["google.protobuf.DoubleValue"] = () => ScalarSchemas.Create(FieldType.Double),
    };

    /// <summary>The schema; null for a message that has a form like all others.</summary>
    public static JsonObject? Find(MessageDescriptor message) => Schemas.GetValueOrDefault(message.FullName)?.Invoke();

    private static JsonObject Text(string format) => new() { ["type"] = "string", ["format"] = format };

    private static JsonObject Any() => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject
        {
            ["@type"] = new JsonObject
            {
                ["type"] = "string",
                ["description"] = "The URL of the message's type. Its fields stand beside it; a type with a JSON form of its own stands in `value`.",
            },
        },
        ["additionalProperties"] = true,
    };
}
