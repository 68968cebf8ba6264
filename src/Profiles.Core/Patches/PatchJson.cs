using System.Buffers;
using System.Text.Json;
using Profiles.Core.Fields;

namespace Profiles.Core.Patches;

/// <summary>
/// A patch as one JSON object, keys in a fixed order, so that equal patches have equal bytes: the new value by field name,
/// null for a field that is cleared. This is the form in which the history keeps a change.
/// <code>{"given_name":"Alice","nickname":null,"attributes":{"tier":"gold"}}</code>
/// </summary>
public static class PatchJson
{
    /// <summary>Name of an object reference's data source.</summary>
    public const string DatasourceId = "datasource_id";

    /// <summary>Name of an object reference's definition.</summary>
    public const string ObjectDefinitionId = "object_definition_id";

    /// <summary>Writes <paramref name="patch"/> as UTF-8.</summary>
    public static void Write(ProfilePatch patch, IBufferWriter<byte> output)
    {
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { SkipValidation = true });
        json.WriteStartObject();
        foreach (var field in patch.Fields.Enumerate())
        {
            json.WritePropertyName(ProfileFields.Get(field).Name);
            if (field == ProfileField.Attributes)
                WriteAttributes(json, patch.Attributes!);
            else
                WriteValue(json, patch[field]);
        }

        json.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            case int number:
                json.WriteNumberValue(number);
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case ObjectReference reference:
                json.WriteStartObject();
                json.WriteString(DatasourceId, reference.DatasourceId);
                json.WriteString(ObjectDefinitionId, reference.ObjectDefinitionId);
                json.WriteEndObject();
                break;
        }
    }

    private static void WriteAttributes(Utf8JsonWriter json, AttributesPatch attributes)
    {
        json.WriteStartObject();
        foreach (var (key, value) in attributes.Entries)
            json.WriteString(key, value);
        json.WriteEndObject();
    }
}
