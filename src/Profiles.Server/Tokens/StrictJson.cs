using System.Text;
using System.Text.Json;

namespace Profiles.Server.Tokens;

/// <summary>JSON of which there is only one reading: UTF-8, no member twice, shallow.</summary>
internal static class StrictJson
{
    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The object, or null when it is not one.</summary>
    public static JsonDocument? ReadObject(byte[] json)
    {
        try
        {
            _ = Utf8.GetCharCount(json);
            var document = JsonDocument.Parse(json, Options);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return document;
            document.Dispose();
            return null;
        }
        catch (Exception exception) when (exception is JsonException or DecoderFallbackException or InvalidOperationException)
        {
            // The last is what an unpaired surrogate in a member's name leads to.
            return null;
        }
    }

    /// <summary>A member that is a text without unpaired surrogates; null otherwise.</summary>
    public static string? GetString(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) ? AsString(value) : null;

    /// <summary>A value that is a text without unpaired surrogates; null otherwise.</summary>
    public static string? AsString(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
            return null;
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            // An escaped unpaired surrogate.
            return null;
        }
    }
}
