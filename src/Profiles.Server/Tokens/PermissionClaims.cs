using System.Buffers;
using System.Collections.Frozen;
using System.Text.Json;

namespace Profiles.Server.Tokens;

/// <summary>
/// What a token permits: the claim <c>permissions</c>, an array of names; or, in a token without it, OAuth's <c>scope</c>, names
/// separated by a space each (RFC 8693, section 4.2). Where both are, <c>permissions</c> alone counts: an issuer that sends both
/// says by it what the subject holds and by <c>scope</c> only what its client asked for.
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

    /// <summary>Reads the permissions, none if neither claim is there; null when they break a rule.</summary>
    public static FrozenSet<string>? Read(JsonElement claims)
    {
        if (claims.TryGetProperty("permissions", out var permissions))
            return permissions.ValueKind == JsonValueKind.Array ? ReadArray(permissions) : null;
        if (claims.TryGetProperty("scope", out var scope))
            return StrictJson.Text(scope) is { } names ? ReadNames(names) : null;
        return [];
    }

    /// <summary>Whether a name can be that of a permission.</summary>
    public static bool IsName(ReadOnlySpan<char> name) =>
        name.Length is > 0 and <= MaxLength && !name.ContainsAnyExcept(Letters);

    private static FrozenSet<string>? ReadArray(JsonElement array)
    {
        var count = array.GetArrayLength();
        if (count > MaxCount)
            return null;
        var names = new string[count];
        var next = 0;
        foreach (var element in array.EnumerateArray())
        {
            if (StrictJson.Text(element) is not { } name || !IsName(name))
                return null;
            names[next++] = name;
        }
        return [.. names];
    }

    private static FrozenSet<string>? ReadNames(string scope)
    {
        // Some issuers send an empty scope for none.
        if (scope.Length == 0)
            return [];
        var names = scope.Split(' ', MaxCount + 1);
        return names.Length <= MaxCount && Array.TrueForAll(names, name => IsName(name)) ? [.. names] : null;
    }
}
