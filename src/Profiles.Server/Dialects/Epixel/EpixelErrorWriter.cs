using System.Globalization;
using System.Text.Json;
using Profiles.Core.Errors;

namespace Profiles.Server.Dialects.Epixel;

/// <summary>Writes errors over REST: <c>{"status_code":400,"errors":{"email":["…"]},"data":{}}</c>.</summary>
internal sealed class EpixelErrorWriter : DialectErrorWriter
{
    // What no field is to blame for.
    private const string General = "detail";

    protected override void Write(Utf8JsonWriter json, DialectError error)
    {
        json.WriteStartObject();
        json.WriteNumber("status_code", error.HttpStatus);
        json.WriteStartObject("errors");
        if (error.Violations.Count == 0)
            WriteTexts(json, General, [TextOf(error)]);
        foreach (var field in error.Violations.GroupBy(violation => violation.Field, StringComparer.Ordinal))
            WriteTexts(json, field.Key, field.Select(TextOf));
        json.WriteEndObject();
        json.WriteStartObject("data");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static string TextOf(DialectError error) => error.Message;

    // The texts of the document are sentences. Our rules go on from a field's name.
    private static string TextOf(FieldViolation violation) =>
        violation.Description.EndsWith('.')
            ? violation.Description
            : string.Create(CultureInfo.InvariantCulture, $"{char.ToUpperInvariant(violation.Description[0])}{violation.Description.AsSpan(1)}.");
}
