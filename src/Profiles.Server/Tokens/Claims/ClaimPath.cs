using System.Text.Json;

namespace Profiles.Server.Tokens.Claims;

/// <summary>
/// Where in a token a claim stands, as a setting names it, in one of three forms that their look tells apart:
/// <list type="bullet">
/// <item><c>realm_access.roles</c>: the member <c>roles</c> of the object <c>realm_access</c>; each dot goes one object deeper.</item>
/// <item><c>https://example.com/roles</c>: a name with <c>://</c> in it is one name, dots and all.</item>
/// <item><c>/a.b/c</c>: a JSON Pointer (RFC 6901), for all other names; <c>~1</c> is a slash in a name, <c>~0</c> a tilde.</item>
/// </list>
/// </summary>
internal sealed class ClaimPath
{
    /// <summary>The most characters in a path.</summary>
    public const int MaxLength = 255;

    /// <summary>What a text must be, in words that go on from a setting's name.</summary>
    public const string Rule =
        "must name a claim: such as org, realm_access.roles, https://example.com/roles, or a JSON Pointer such as /a.b/c";

    private readonly string[] names;

    private ClaimPath(string[] names) => this.names = names;

    /// <summary>Reads a path; null when it is none.</summary>
    public static ClaimPath? TryParse(string text)
    {
        if (text.Length is 0 or > MaxLength || text.Any(char.IsControl))
            return null;
        var parts = Split(text);
        return parts.Length <= StrictJson.MaxDepth && Array.TrueForAll(parts, name => name.Length > 0) ? new ClaimPath(parts) : null;
    }

    /// <summary>Finds the claim; false when it, or an object on the way to it, is not there.</summary>
    public bool TryFind(JsonElement claims, out JsonElement value)
    {
        value = claims;
        foreach (var name in names)
        {
            if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(name, out value))
                return false;
        }
        return true;
    }

    private static string[] Split(string text)
    {
        if (text[0] == '/')
            return Array.ConvertAll(text[1..].Split('/'), Unescape);
        return text.Contains("://", StringComparison.Ordinal) ? [text] : text.Split('.');
    }

    // A tilde that stands for nothing makes the name empty, which no name may be.
    private static string Unescape(string name)
    {
        var rest = name.Replace("~0", "", StringComparison.Ordinal).Replace("~1", "", StringComparison.Ordinal);
        return rest.Contains('~')
            ? ""
            : name.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
    }
}
