using System.Globalization;

namespace Profiles.Core.Rules;

/// <summary>
/// Dates of birth as OpenID Connect writes them (Core 1.0, section 5.1): <c>YYYY-MM-DD</c>, <c>YYYY</c>, or
/// <c>0000-MM-DD</c> when the year is withheld.
/// </summary>
public static class BirthdateRule
{
    private const string Rule = "must be a date as YYYY-MM-DD, YYYY or 0000-MM-DD";

    // A leap year, so that 29 February stands when the year is withheld.
    private const string LeapYear = "2000";

    /// <summary>Checks a date of birth.</summary>
    public static string? Check(string value)
    {
        if (value.Length < 4 || value.AsSpan(0, 4).ContainsAnyExceptInRange('0', '9'))
            return Rule;
        var yearWithheld = value.StartsWith("0000", StringComparison.Ordinal);
        if (value.Length == 4)
            return yearWithheld ? Rule : null;

        var date = yearWithheld ? string.Concat(LeapYear, value.AsSpan(4)) : value;
        return DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            ? null
            : Rule;
    }
}
