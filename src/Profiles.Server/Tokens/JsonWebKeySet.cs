using System.Collections.Frozen;
using System.Text.Json;

namespace Profiles.Server.Tokens;

/// <summary>The public keys of an issuer by their <c>kid</c> (a JWK Set, RFC 7517, section 5).</summary>
internal sealed class JsonWebKeySet
{
    /// <summary>The most bytes in a document.</summary>
    public const int MaxBytes = 256 * 1024;

    /// <summary>The most keys in a document, those included that are not for us.</summary>
    public const int MaxKeys = 64;

    private readonly FrozenDictionary<string, VerificationKey> keys;

    /// <summary>A set of these keys, whose ids differ.</summary>
    public JsonWebKeySet(IEnumerable<VerificationKey> keys) =>
        this.keys = keys.ToDictionary(key => key.Id, StringComparer.Ordinal).ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>How many keys there are.</summary>
    public int Count => keys.Count;

    /// <summary>The key of that id; null when there is none.</summary>
    public VerificationKey? Find(string id) => keys.GetValueOrDefault(id);

    /// <summary>
    /// Reads a document. Keys that are not for verifying ES256 or RS256 are passed over, and so are those without a <c>kid</c>,
    /// which no token can name; a broken, weak or secret one is an error. None at all is not: so an issuer can take its keys back.
    /// </summary>
    /// <exception cref="FormatException">
    /// The document breaks a rule. The message goes on from its name: "has the key 'a' twice".
    /// </exception>
    public static JsonWebKeySet Parse(ReadOnlyMemory<byte> utf8)
    {
        if (utf8.Length > MaxBytes)
            throw new FormatException($"is larger than {MaxBytes / 1024} KiB");
        using var document = StrictJson.TryReadObject(utf8)
            ?? throw new FormatException("is not a JSON object in UTF-8, without repeated members");
        if (!document.RootElement.TryGetProperty("keys", out var array) || array.ValueKind != JsonValueKind.Array)
            throw new FormatException("has no array 'keys' (a JWK Set, RFC 7517)");
        if (array.GetArrayLength() > MaxKeys)
            throw new FormatException($"has more than {MaxKeys} keys");
        return new JsonWebKeySet(ReadKeys(array));
    }

    private static List<VerificationKey> ReadKeys(JsonElement array)
    {
        var found = new List<VerificationKey>();
        var position = 0;
        foreach (var element in array.EnumerateArray())
        {
            position++;
            if (JsonWebKeyReader.Read(element, position) is not { } key)
                continue;
            if (found.Exists(other => other.Id == key.Id))
                throw new FormatException($"has the key '{key.Id}' twice");
            found.Add(key);
        }
        return found;
    }
}
