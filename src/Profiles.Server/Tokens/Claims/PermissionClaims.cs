using System.Buffers;
using System.Text.Json;

namespace Profiles.Server.Tokens.Claims;

/// <summary>
/// What a token permits: the claim that the settings name, an array of names or a text of names separated by a space each.
/// Unless they name one, the claim <c>permissions</c>, an array; or, in a token without it, OAuth's <c>scope</c>, a text (RFC 8693,
/// section 4.2). Where both are, <c>permissions</c> alone counts: an issuer that sends both says by it what the subject holds and
/// by <c>scope</c> only what its client asked for.
/// </summary>
internal static class PermissionClaims
{
    /// <summary>How many names a token may carry, those that mean nothing here included.</summary>
    public const int MaxCount = 64;

    /// <summary>The most characters in a name.</summary>
    public const int MaxLength = 128;

    // A scope-token of RFC 6749, section 3.3: printable ASCII except space, quotation mark and backslash.
    private static readonly SearchValues<char> Letters = SearchValues.Create(
        [.. Enumerable.Range('!', '~' - '!' + 1).Select(letter => (char)letter).Where(letter => letter is not ('"' or '\\'))]);

    /// <summary>Reads the permissions, none if there is no claim of them; null when they break a rule.</summary>
    /// <param name="claims">A token's payload.</param>
    /// <param name="path">The claim that the settings name, if they do.</param>
    public static string[]? Read(JsonElement claims, ClaimPath? path)
    {
        if (path is not null)
            return path.TryFind(claims, out var named) ? ReadArray(named) ?? ReadText(named) : [];
        if (claims.TryGetProperty("permissions", out var permissions))
            return ReadArray(permissions);
        return claims.TryGetProperty("scope", out var scope) ? ReadText(scope) : [];
    }

    /// <summary>Whether a name can be that of a permission.</summary>
    public static bool IsName(ReadOnlySpan<char> name) =>
        name.Length is > 0 and <= MaxLength && !name.ContainsAnyExcept(Letters);

    private static string[]? ReadText(JsonElement value)
    {
        if (StrictJson.Text(value) is not { } text)
            return null;
        // Some issuers send an empty scope for none.
        if (text.Length == 0)
            return [];
        var names = text.Split(' ', MaxCount + 1);
        return names.Length <= MaxCount && Array.TrueForAll(names, name => IsName(name)) ? names : null;
    }

    private static string[]? ReadArray(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() > MaxCount)
            return null;
        var names = new string[value.GetArrayLength()];
        var next = 0;
        foreach (var element in value.EnumerateArray())
        {
            if (StrictJson.Text(element) is not { } name || !IsName(name))
                return null;
            names[next++] = name;
        }
        return names;
    }
}
