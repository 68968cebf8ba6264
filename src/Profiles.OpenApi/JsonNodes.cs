using System.Text.Json.Nodes;

namespace Profiles.OpenApi;

/// <summary>What the making of a document does with JSON over and over.</summary>
internal static class JsonNodes
{
    public static JsonObject GetOrAddObject(this JsonObject parent, string name)
    {
        if (parent[name] is not JsonObject child)
            parent[name] = child = [];
        return child;
    }

    public static JsonArray GetOrAddArray(this JsonObject parent, string name)
    {
        if (parent[name] is not JsonArray child)
            parent[name] = child = [];
        return child;
    }

    /// <summary>Sets a text, unless there is none.</summary>
    public static JsonObject WithText(this JsonObject node, string name, string text)
    {
        if (text.Length > 0)
            node[name] = text;
        return node;
    }

    public static JsonArray ToJsonArray(this IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);

    public static JsonObject Reference(string kind, string name) => new() { ["$ref"] = $"#/components/{kind}/{name}" };
}
