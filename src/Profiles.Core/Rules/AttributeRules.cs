namespace Profiles.Core.Rules;

/// <summary>Rules for the map of the product's own fields.</summary>
public static class AttributeRules
{
    /// <summary>The most attributes a profile may have.</summary>
    public const int MaxCount = 64;

    /// <summary>The most characters a key may have.</summary>
    public const int MaxKeyLength = 64;

    /// <summary>The most code points a value may have.</summary>
    public const int MaxValueLength = 1024;

    /// <summary>A key: 1–64 characters of <c>A–Z a–z 0–9 _</c>.</summary>
    public static string? Key(string key) => IsKey(key) ? null : "must have a key of 1–64 characters of A–Z a–z 0–9 _";

    /// <summary>The same, for a field that holds nothing but a key.</summary>
    public static string? Name(string key) => IsKey(key) ? null : "must have 1–64 characters of A–Z a–z 0–9 _";

    /// <summary>A value: at most 1024 code points; may be empty.</summary>
    public static string? Value(string value) => TextRules.Plain(value, MaxValueLength);

    private static bool IsKey(string key)
    {
        var valid = key.Length is > 0 and <= MaxKeyLength;
        foreach (var c in key)
            valid &= char.IsAsciiLetterOrDigit(c) || c == '_';
        return valid;
    }
}
