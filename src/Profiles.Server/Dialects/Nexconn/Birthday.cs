using System.Buffers;
using System.Text.RegularExpressions;

namespace Profiles.Server.Dialects.Nexconn;

/// <summary>
/// A birthday as clients send it, free in its form there, as a date of ours: <c>20011221</c>, <c>2001/12/21</c> and
/// <c>2001-12-21T08:00:00Z</c> are <c>2001-12-21</c>.
/// </summary>
internal static partial class Birthday
{
    private const int MatchTimeoutMilliseconds = 100;

    private static readonly SearchValues<char> TimeCharacters = SearchValues.Create("0123456789:.,+-Z ");

    /// <summary>The date as our record has it; the text itself where it is no such form, for the rule of the field to refuse.</summary>
    public static string ToBirthdate(string text)
    {
        var end = text.IndexOfAny(['T', ' ']);
        var date = end >= 8 && !text.AsSpan(end + 1).ContainsAnyExcept(TimeCharacters) ? text[..end] : text;
        return Form().Match(date) is { Success: true } match
            ? $"{match.Groups["year"].ValueSpan}-{match.Groups["month"].ValueSpan}-{match.Groups["day"].ValueSpan}"
            : text;
    }

    [GeneratedRegex(
        @"\A(?<year>[0-9]{4})(?<mark>[-/.]?)(?<month>[0-9]{2})\k<mark>(?<day>[0-9]{2})\z", RegexOptions.ExplicitCapture, MatchTimeoutMilliseconds)]
    private static partial Regex Form();
}
