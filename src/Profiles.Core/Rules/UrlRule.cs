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
        // Uri trims and repairs; what is stored must be what was checked.
        if (value.AsSpan().ContainsAny(" \u00a0\\"))
            return Rule;

        var isWeb = value.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
            || value.StartsWith("https://", StringComparison.OrdinalIgnoreCase);
        return isWeb && Uri.TryCreate(value, UriKind.Absolute, out var url) && url.Host.Length > 0 ? null : Rule;
    }
}
