using System.Text.Json;
using Profiles.Core.Limits;
using Profiles.Core.Usernames;

namespace Profiles.Core.Organizations;

/// <summary>
/// Settings as one flat JSON object, the form in which they are stored: the value by the setting's name, null for one that goes back
/// to its default. So a patch is applied by merging two objects.
/// <code>{"usernames.min_length":3,"usernames.hold":86400,"rate_limits.read":{"requests":100,"window":60}}</code>
/// </summary>
public static class SettingsJson
{
    private const string Name = "name";
    private const string MaxLength = "max_length";
    private const string Pattern = "pattern";
    private const string Requests = "requests";
    private const string Window = "window";

    /// <summary>The settings that a patch names.</summary>
    public static string Write(OrganizationPatch patch)
    {
        using var output = new MemoryStream();
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            foreach (var (setting, value) in patch.Settings)
            {
                json.WritePropertyName(OrganizationSettingTable.Get(setting).Name);
                Write(json, value);
            }

            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(output.ToArray());
    }

    /// <summary>Reads what is stored. What a newer release wrote is passed over.</summary>
    public static OrganizationSettings Read(string text)
    {
        using var document = JsonDocument.Parse(text);
        var values = new Dictionary<OrganizationSetting, object>();
        foreach (var property in document.RootElement.EnumerateObject())
        {
            if (OrganizationSettingTable.Find(property.Name) is { } definition && Read(property.Value, definition.Kind) is { } value)
                values.Add(definition.Setting, value);
        }

        return values.Count == 0 ? OrganizationSettings.Default : new OrganizationSettings(values);
    }

    private static object? Read(JsonElement value, SettingKind kind) =>
        kind switch
        {
            SettingKind.Flag => value.GetBoolean(),
            SettingKind.Number => value.GetInt32(),
            SettingKind.Seconds => value.GetInt64(),
            SettingKind.Text => value.GetString(),
            SettingKind.Lookalikes => Enum.TryParse<LookAlikePolicy>(value.GetString(), out var policy) ? policy : null,
            SettingKind.AttributeDefinitions => value.EnumerateArray().Select(ReadDefinition).ToList(),
            SettingKind.RateLimit => new RateLimit(
                value.GetProperty(Requests).GetInt32(), TimeSpan.FromSeconds(value.GetProperty(Window).GetInt64())),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A kind of settings that cannot be read."),
        };

    private static AttributeDefinition ReadDefinition(JsonElement value) => new(
        value.GetProperty(Name).GetString()!,
        value.TryGetProperty(MaxLength, out var length) ? length.GetInt32() : null,
        value.TryGetProperty(Pattern, out var pattern) ? pattern.GetString() : null);

    private static void Write(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case int number:
                json.WriteNumberValue(number);
                break;
            case long seconds:
                json.WriteNumberValue(seconds);
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            case LookAlikePolicy policy:
                json.WriteStringValue(policy.ToString());
                break;
            case RateLimit limit:
                json.WriteStartObject();
                json.WriteNumber(Requests, limit.Requests);
                json.WriteNumber(Window, (long)limit.Window.TotalSeconds);
                json.WriteEndObject();
                break;
            case IReadOnlyList<AttributeDefinition> definitions:
                json.WriteStartArray();
                foreach (var definition in definitions)
                    Write(json, definition);
                json.WriteEndArray();
                break;
        }
    }

    private static void Write(Utf8JsonWriter json, AttributeDefinition definition)
    {
        json.WriteStartObject();
        json.WriteString(Name, definition.Name);
        if (definition.MaxLength is { } length)
            json.WriteNumber(MaxLength, length);
        if (definition.Pattern is { } pattern)
            json.WriteString(Pattern, pattern);
        json.WriteEndObject();
    }
}
