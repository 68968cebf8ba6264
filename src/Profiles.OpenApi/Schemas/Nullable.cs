using System.Text.Json.Nodes;

namespace Profiles.OpenApi.Schemas;

/// <summary>Adds null to what a schema allows.</summary>
internal static class Nullable
{
    private const string Null = "null";

    public static JsonObject Of(JsonObject schema)
    {
        if (schema["anyOf"] is JsonArray choices)
            choices.Add(new JsonObject { ["type"] = Null });
        else if (schema.ContainsKey("$ref"))
            return new() { ["anyOf"] = new JsonArray(schema, new JsonObject { ["type"] = Null }) };
        else if ((string?)schema["type"] is { } type and not Null)
            schema["type"] = new JsonArray(type, Null);
        return schema;
    }
}
