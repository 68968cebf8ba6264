using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Profiles.EndToEnd.Tests.Dialects;

/// <summary>
/// Compares JSON with a form of it, in which <c>"(text)"</c> stands for any text that is not empty, <c>"(time)"</c> for a time as
/// ProtoJSON writes it, <c>"(digits)"</c> for a number as text, and everything else for itself. Nothing may be missing or be there besides.
/// </summary>
internal static class JsonForm
{
    public static void AssertMatches(string form, string json)
    {
        var difference = Compare(Parse(form), Parse(json), "$");
        Assert.That(difference, Is.Null, $"{difference}\nexpected {form}\nanswered {json}");
    }

    private static JsonNode? Parse(string json) => json.Length == 0 ? null : JsonNode.Parse(json);

    private static string? Compare(JsonNode? form, JsonNode? json, string path) => (form, json) switch
    {
        (JsonObject expected, JsonObject actual) => CompareObjects(expected, actual, path),
        (JsonArray expected, JsonArray actual) when expected.Count == actual.Count =>
            expected.Select((item, i) => Compare(item, actual[i], $"{path}[{i}]")).FirstOrDefault(difference => difference is not null),
        (JsonValue expected, JsonValue actual) when expected.GetValueKind() == JsonValueKind.String =>
            Fits(expected.GetValue<string>(), actual) ? null : $"{path} is {actual.ToJsonString()}",
        _ => JsonNode.DeepEquals(form, json) ? null : $"{path} is {json?.ToJsonString() ?? "null"}",
    };

    private static string? CompareObjects(JsonObject expected, JsonObject actual, string path)
    {
        var others = actual.Select(member => member.Key).Except(expected.Select(member => member.Key), StringComparer.Ordinal).ToList();
        if (others.Count > 0)
            return $"{path} has {string.Join(", ", others)} besides";
        foreach (var (name, form) in expected)
        {
            if (!actual.ContainsKey(name))
                return $"{path} lacks {name}";
            if (Compare(form, actual[name], $"{path}.{name}") is { } difference)
                return difference;
        }

        return null;
    }

    private static bool Fits(string form, JsonValue actual)
    {
        if (!actual.TryGetValue<string>(out var text))
            return false;
        return form switch
        {
            "(text)" => text.Length > 0,
            "(time)" => text.EndsWith('Z') && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _),
            "(digits)" => text.Length > 0 && text.All(char.IsAsciiDigit),
            _ => text == form,
        };
    }
}
