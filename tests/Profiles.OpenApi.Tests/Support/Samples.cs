using System.Text.Json.Nodes;

namespace Profiles.OpenApi.Tests.Support;

/// <summary>Makes values that a schema of a document allows, with every property that it has.</summary>
internal sealed class Samples(ServedDocumentText document)
{
    private const int MaxDepth = 3;

    public JsonNode? Of(JsonNode schema, int depth = 0)
    {
        var resolved = document.Resolve(schema);
        if (resolved["enum"] is JsonArray values)
            return values[^1]!.DeepClone();
        if (resolved["anyOf"] is JsonArray choices)
            return Of(choices[0]!, depth);
        return TypeOf(resolved) switch
        {
            "object" => Object(resolved, depth),
            "array" => new JsonArray(Of(resolved["items"]!, depth + 1)),
            "boolean" => true,
            "integer" => 5,
            "number" => 1.5,
            "null" => null,
            "string" => Text(resolved),
            _ => "anything",
        };
    }

    /// <summary>The properties of a schema that may all be there at once.</summary>
    public static IEnumerable<KeyValuePair<string, JsonNode?>> Together(JsonObject schema)
    {
        var pairs = schema["not"]?["anyOf"]?.AsArray().Select(pair => pair!["required"]!.AsArray().GetValues<string>().ToArray()).ToList() ?? [];
        return (schema["properties"]?.AsObject() ?? []).Where(property => !pairs.Exists(pair => pair[1] == property.Key));
    }

    private static string? TypeOf(JsonObject schema) =>
        schema["type"] is JsonArray types ? (string?)types[0] : (string?)schema["type"];

    private JsonObject Object(JsonObject schema, int depth)
    {
        var made = new JsonObject();
        foreach (var (name, property) in Together(schema))
        {
            if (name != "@type" && (depth < MaxDepth || IsRequired(schema, name)))
                made[name] = Of(property!, depth + 1);
        }

        if (schema["additionalProperties"] is JsonObject values)
            made[(string?)schema["propertyNames"]?["enum"]?[0] ?? "7"] = Of(values, depth + 1);
        return made;
    }

    private static bool IsRequired(JsonObject schema, string name) =>
        schema["required"]?.AsArray().GetValues<string>().Contains(name) == true;

    private static string Text(JsonObject schema) => schema switch
    {
        _ when (string?)schema["format"] == "date-time" => "2026-01-02T03:04:05Z",
        _ when (string?)schema["contentEncoding"] == "base64" => "YQ==",
        _ when schema["pattern"] is { } pattern => ((string)pattern!).EndsWith("s$", StringComparison.Ordinal) ? "1.5s" : "7",
        _ => "title",
    };
}
