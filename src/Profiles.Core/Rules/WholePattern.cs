using System.Text.RegularExpressions;

namespace Profiles.Core.Rules;

/// <summary>
/// A regular expression that an organization sets, and that whole texts have to match. It is carried out without backtracking, so
/// that its time grows with the text's length only. Safe to use from many threads.
/// </summary>
/// <param name="text">The expression; one that <see cref="Check"/> finds nothing wrong with.</param>
public sealed class WholePattern(string text)
{
    /// <summary>The most characters (code points) of an expression.</summary>
    public const int MaxLength = 512;

    // An expression of many large parts can still be slow. A text that takes longer than this is refused.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    private readonly Lazy<Regex> regex = new(() => Compile(Anchor(text)));

    /// <summary>The expression.</summary>
    public string Text { get; } = text;

    /// <summary>A good expression: null, or the rule that it breaks.</summary>
    public static string? Check(string text)
    {
        if (TextRules.Plain(text, MaxLength) is { } broken)
            return broken;
        try
        {
            // By itself too: 'a)|(b' becomes an expression only by what is put around it.
            _ = Compile(text);
            _ = Compile(Anchor(text));
            return null;
        }
        catch (ArgumentException exception)
        {
            return $"must be a regular expression: {exception.Message.TrimEnd('.')}";
        }
        catch (NotSupportedException)
        {
            return "must do without look-around, back references, atomic groups, conditions and very large repetitions";
        }
    }

    /// <summary>Whether the whole of a text matches.</summary>
    public bool Matches(string value)
    {
        try
        {
            return regex.Value.IsMatch(value);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    private static string Anchor(string text) => $@"\A(?:{text})\z";

    private static Regex Compile(string text) => new(text, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, Patience);
}
