using System.Text.Json;
using Profiles.Core.Fields;
using Profiles.Core.Patches;
using Profiles.Core.Records;

namespace Profiles.Postgres.Profiles;

/// <summary>Reads the JSON that the tables hold: object references, attributes, and the patches of the history.</summary>
internal static class StoredJson
{
    private const string NoAttributes = "{}";

    public static ObjectReference? ReadReference(string? json)
    {
        if (json is null)
            return null;
        using var document = JsonDocument.Parse(json);
        return ToReference(document.RootElement);
    }

    public static IReadOnlyDictionary<string, string>? ReadAttributes(string? json)
    {
        if (json is null or NoAttributes) // most profiles: nothing to parse
            return null;
        using var document = JsonDocument.Parse(json);
        return ToAttributes(document.RootElement);
    }

    /// <summary>The values of a patch for the fields that really changed, and the attribute keys that it names.</summary>
    public static (ProfileValues Values, IReadOnlyList<string> AttributeKeys) ReadPatch(string json, ProfileFieldSet changed)
    {
        using var document = JsonDocument.Parse(json);
        var values = new object?[ProfileFields.All.Count];
        IReadOnlyList<string> keys = [];
        foreach (var property in document.RootElement.EnumerateObject())
        {
            // A field that a newer release wrote is none of ours.
            if (ProfileFields.Find(property.Name) is not { } field || !changed.Contains(field.Field))
                continue;
            values[(int)field.Field] = ToValue(property.Value, field.Kind);
            if (field.Kind == ProfileFieldKind.Attributes)
                keys = property.Value.EnumerateObject().Select(entry => entry.Name).ToList();
        }

        return (new ProfileValues(values), keys);
    }

    private static object? ToValue(JsonElement value, ProfileFieldKind kind) =>
        value.ValueKind == JsonValueKind.Null
            ? null
            : kind switch
            {
                ProfileFieldKind.Number => value.GetInt32(),
                ProfileFieldKind.Flag => value.GetBoolean(),
                ProfileFieldKind.ObjectReference => ToReference(value),
                ProfileFieldKind.Attributes => ToAttributes(value),
                _ => value.GetString(),
            };

    private static ObjectReference ToReference(JsonElement value) =>
        new(
            value.GetProperty(PatchJson.DatasourceId).GetString()!,
            value.GetProperty(PatchJson.ObjectDefinitionId).GetString()!);

    // A map without entries counts as no value.
    private static Dictionary<string, string>? ToAttributes(JsonElement value)
    {
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in value.EnumerateObject())
        {
            if (entry.Value.ValueKind == JsonValueKind.String)
                attributes.Add(entry.Name, entry.Value.GetString()!);
        }

        return attributes.Count == 0 ? null : attributes;
    }
}
