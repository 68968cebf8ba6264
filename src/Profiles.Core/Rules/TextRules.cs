using System.Globalization;
using Profiles.Core.Fields;

namespace Profiles.Core.Rules;

/// <summary>
/// Rules for text. Like all rules here they return null for a good value, or else the rule in words that go on from the
/// field's name.
/// </summary>
public static class TextRules
{
    /// <summary>
    /// Free text: at most <paramref name="maxCodePoints"/> Unicode code points, no control characters, no unpaired
    /// surrogates.
    /// </summary>
    public static string? Plain(string value, int maxCodePoints)
    {
        var codePoints = 0;
        for (var i = 0; i < value.Length; i++, codePoints++)
        {
            var c = value[i];
            if (char.IsControl(c))
                return string.Create(CultureInfo.InvariantCulture, $"must not have control characters, yet has U+{(int)c:X4}");
            if (!char.IsSurrogate(c))
                continue;
            if (!char.IsHighSurrogate(c) || i + 1 == value.Length || !char.IsLowSurrogate(value[i + 1]))
                return string.Create(CultureInfo.InvariantCulture, $"must not have unpaired surrogates, yet has U+{(int)c:X4}");
            i++;
        }

        return codePoints <= maxCodePoints ? null : TooLong(maxCodePoints, codePoints);
    }

    /// <summary>One of <see cref="GenderValues"/>.</summary>
    public static string? Gender(string value) =>
        value is GenderValues.Female or GenderValues.Male or GenderValues.Diverse
            ? null
            : "must be female, male or diverse";

    internal static string TooLong(int max, int actual) =>
        string.Create(CultureInfo.InvariantCulture, $"must have at most {max} characters (code points), yet has {actual}");
}
