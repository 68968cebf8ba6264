using System.Globalization;

namespace Profiles.OpenApi;

/// <summary>Descriptions, put together.</summary>
internal static class Texts
{
    /// <summary>Paragraphs, without those that are empty.</summary>
    public static string Join(params IEnumerable<string?> paragraphs) =>
        string.Join("\n\n", paragraphs.Where(paragraph => !string.IsNullOrEmpty(paragraph)));

    /// <summary>Whether <see cref="FirstSentence"/> says all.</summary>
    public static bool IsOneSentence(string text) =>
        !text.Contains("\n\n", StringComparison.Ordinal) && !text.ReplaceLineEndings(" ").Contains(". ", StringComparison.Ordinal);

    /// <summary>The first sentence, without its full stop, in one line and without marks of code.</summary>
    public static string FirstSentence(string text)
    {
        var end = text.IndexOf("\n\n", StringComparison.Ordinal);
        var paragraph = (end < 0 ? text : text[..end]).Replace('\n', ' ');
        var stop = paragraph.IndexOf(". ", StringComparison.Ordinal);
        return (stop < 0 ? paragraph : paragraph[..stop]).TrimEnd('.').Replace("`", string.Empty, StringComparison.Ordinal);
    }

    /// <summary>A number as it is: 404.</summary>
    public static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A number with its thousands apart: 4,194,304.</summary>
    public static string Count(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
