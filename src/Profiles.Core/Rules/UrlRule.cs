namespace Profiles.Core.Rules;

/// <summary>Addresses of pictures: absolute <c>http</c> or <c>https</c> URLs.</summary>
public static class UrlRule
{
    /// <summary>The most characters (code points) a URL may have.</summary>
    public const int MaxLength = 1024;

    private const string Rule = "must be an absolute http or https URL";

    /// <summary>Checks a URL.</summary>
    public static string? Check(string value)
    {
        if (TextRules.Plain(value, MaxLength) is { } broken)
            return broken;
        if (HasForeignCharacter(value))
            return Rule;

        var isWeb = value.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
            || value.StartsWith("https://", StringComparison.OrdinalIgnoreCase);
        return isWeb && Uri.TryCreate(value, UriKind.Absolute, out var url) && url.Host.Length > 0 ? null : Rule;
    }

    // Uri drops, escapes or repairs these; what is stored must be what was checked, and safe between quotes in a page.
    private static bool HasForeignCharacter(string value)
    {
        foreach (var c in value)
        {
            if (c is '\\' or '"' or '<' or '>' or '`' || char.IsWhiteSpace(c) || IsDirectionMark(c))
                return true;
        }

        return false;
    }

    // Marks of the text's direction, which RFC 3987 (section 4.1) forbids in a URL.
    private static bool IsDirectionMark(char c) => c is '\u200e' or '\u200f' or (>= '\u202a' and <= '\u202e');
}
