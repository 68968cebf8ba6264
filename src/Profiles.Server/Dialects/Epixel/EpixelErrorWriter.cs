using System.Globalization;
using System.Text.Json;
using Profiles.Core.Errors;

namespace Profiles.Server.Dialects.Epixel;

/// <summary>Writes errors over REST: <c>{"status_code":400,"errors":{"email":["…"]},"data":{}}</c>.</summary>
internal sealed class EpixelErrorWriter : DialectErrorWriter
{
    // What no field is to blame for.
    private const string General = "detail";

    private const string ImageLimit = "PICTURE_LIMIT_REACHED";

    // Of an organization that allows no change at all, nobody knows when.
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

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

    private static string TextOf(DialectError error) => error.Reason == ImageLimit ? LimitText(error.RetryAfter ?? Day) : error.Message;

    private static string LimitText(TimeSpan delay)
    {
        var seconds = (long)Math.Ceiling(delay.TotalSeconds);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Your daily profile update limit exceeded. Expected available in {seconds / 3600:00} hours {seconds / 60 % 60} minutes and {seconds % 60:00} seconds.");
    }

    // The texts of the document are sentences. Our rules go on from a field's name.
    private static string TextOf(FieldViolation violation) =>
        violation.Description.EndsWith('.')
            ? violation.Description
            : string.Create(CultureInfo.InvariantCulture, $"{char.ToUpperInvariant(violation.Description[0])}{violation.Description.AsSpan(1)}.");
}
