using System.Text.Json;
using System.Text.Unicode;

namespace Profiles.Server.Tokens;

/// <summary>
/// Reads JSON in the one way that every reader understands alike: valid UTF-8, no member twice (RFC 7515 and RFC 7519, each in
/// section 4, leave a reader that choice), no comments, bounded depth.
/// </summary>
internal static class StrictJson
{
    /// <summary>How deep objects and arrays may nest, the outermost included.</summary>
    public const int MaxDepth = 8;

    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false, MaxDepth = MaxDepth };

    /// <summary>Reads an object, to be disposed of before <paramref name="utf8"/> changes; null when it is not one.</summary>
    public static JsonDocument? TryReadObject(ReadOnlyMemory<byte> utf8)
    {
        if (!Utf8.IsValid(utf8.Span))
            return null;
        try
        {
            var document = JsonDocument.Parse(utf8, Options);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return document;
            document.Dispose();
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            // Not JSON, or a name that is no text.
        }
        return null;
    }

    /// <summary>The text of a string; null for other values and for one with half a surrogate pair.</summary>
    public static string? Text(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
            return null;
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The text of a member; null when it is absent or has no text.</summary>
    public static string? Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) ? Text(value) : null;
}
