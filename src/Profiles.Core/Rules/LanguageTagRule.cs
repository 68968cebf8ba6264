using System.Collections.Frozen;

namespace Profiles.Core.Rules;

/// <summary>
/// Language tags that are well-formed by BCP 47 (RFC 5646, section 2.1), at most 35 characters, in any case. Whether the
/// subtags are registered is not asked, so that a tag of tomorrow is not refused today.
/// <code>
/// langtag    = language ["-" script] ["-" region] *("-" variant) *("-" extension) ["-" privateuse]
/// language   = 2*3ALPHA *3("-" 3ALPHA) / 4*8ALPHA
/// script     = 4ALPHA                      region     = 2ALPHA / 3DIGIT
/// variant    = 5*8alphanum / (DIGIT 3alphanum)
/// extension  = singleton 1*("-" (2*8alphanum))
/// privateuse = "x" 1*("-" (1*8alphanum))
/// </code>
/// </summary>
public static class LanguageTagRule
{
    private const int MaxLength = 35;
    private const string Rule = "must be a BCP 47 language tag such as de-CH, at most 35 characters";

    // Registered before there was a grammar (RFC 5646, "irregular").
    private static readonly FrozenSet<string> Irregular = new[]
    {
        "en-GB-oed", "i-ami", "i-bnn", "i-default", "i-enochian", "i-hak", "i-klingon", "i-lux", "i-mingo", "i-navajo",
        "i-pwn", "i-tao", "i-tay", "i-tsu", "sgn-BE-FR", "sgn-BE-NL", "sgn-CH-DE",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Checks a tag.</summary>
    public static string? Check(string value) =>
        value.Length <= MaxLength && (Irregular.Contains(value) || IsLanguageTag(value.Split('-'))) ? null : Rule;

    private static bool IsLanguageTag(string[] subtags)
    {
        var position = 0;
        if (!subtags[0].Equals("x", StringComparison.OrdinalIgnoreCase))
        {
            if (!SkipLanguage(subtags, ref position))
                return false;
            Skip(subtags, ref position, subtag => IsAlpha(subtag, 4, 4));
            Skip(subtags, ref position, subtag => IsAlpha(subtag, 2, 2) || (subtag.Length == 3 && IsDigits(subtag)));
            if (!SkipVariants(subtags, ref position) || !SkipExtensions(subtags, ref position))
                return false;
        }

        return position == subtags.Length || IsPrivateUse(subtags, position);
    }

    private static bool SkipLanguage(string[] subtags, ref int position)
    {
        var language = subtags[position++];
        if (IsAlpha(language, 4, 8))
            return true;
        if (!IsAlpha(language, 2, 3))
            return false;

        for (var extended = 0; extended < 3; extended++)
            Skip(subtags, ref position, subtag => IsAlpha(subtag, 3, 3));
        return true;
    }

    private static bool SkipVariants(string[] subtags, ref int position)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        while (position < subtags.Length && IsVariant(subtags[position]))
        {
            if (!seen.Add(subtags[position++]))
                return false;
        }

        return true;
    }

    private static bool SkipExtensions(string[] subtags, ref int position)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "x" };
        while (position < subtags.Length && subtags[position].Length == 1 && seen.Add(subtags[position]))
        {
            if (!IsAlphanumeric(subtags[position], 1, 1))
                return false;
            var first = ++position;
            while (position < subtags.Length && IsAlphanumeric(subtags[position], 2, 8))
                position++;
            if (position == first)
                return false;
        }

        return true;
    }

    private static bool IsPrivateUse(string[] subtags, int position) =>
        subtags[position].Equals("x", StringComparison.OrdinalIgnoreCase)
        && position + 1 < subtags.Length
        && subtags.Skip(position + 1).All(subtag => IsAlphanumeric(subtag, 1, 8));

    private static bool IsVariant(string subtag) =>
        IsAlphanumeric(subtag, 5, 8) || (IsAlphanumeric(subtag, 4, 4) && char.IsAsciiDigit(subtag[0]));

    private static void Skip(string[] subtags, ref int position, Func<string, bool> matches)
    {
        if (position < subtags.Length && matches(subtags[position]))
            position++;
    }

    private static bool IsAlpha(string subtag, int min, int max) =>
        subtag.Length >= min && subtag.Length <= max && subtag.All(char.IsAsciiLetter);

    private static bool IsAlphanumeric(string subtag, int min, int max) =>
        subtag.Length >= min && subtag.Length <= max && subtag.All(char.IsAsciiLetterOrDigit);

    private static bool IsDigits(string subtag) => subtag.All(char.IsAsciiDigit);
}
