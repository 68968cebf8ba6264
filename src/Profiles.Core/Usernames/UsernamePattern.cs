using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Profiles.Core.Usernames;

/// <summary>
/// The regular expression that an organization's names match as a whole. It runs without backtracking, so that its time grows
/// with the name's length and nothing else; this excludes back-references, look-around and atomic groups.
/// </summary>
public sealed class UsernamePattern
{
    /// <summary>The most characters of an expression.</summary>
    public const int MaxLength = 512;

    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    private readonly Regex regex;

    private UsernamePattern(string text, Regex regex)
    {
        Text = text;
        this.regex = regex;
    }

    /// <summary>The expression, as given.</summary>
    public string Text { get; }

    /// <summary>Compiles an expression.</summary>
    /// <param name="text">The expression, in the syntax of .NET; case matters unless it says <c>(?i)</c>.</param>
    /// <param name="pattern">The pattern.</param>
    /// <param name="broken">The rule that the expression breaks, in words that go on from the field's name.</param>
    public static bool TryCreate(
        string text, [NotNullWhen(true)] out UsernamePattern? pattern, [NotNullWhen(false)] out string? broken)
    {
        pattern = null;
        broken = text.Length is 0 or > MaxLength
            ? string.Create(CultureInfo.InvariantCulture, $"must have 1–{MaxLength} characters")
            : null;
        if (broken is not null)
            return false;

        try
        {
            // Alone first: what is valid only with the anchors around it, such as "a)|(b", would escape them.
            _ = new Regex(text, Options);
            pattern = new UsernamePattern(text, new Regex($@"\A(?:{text})\z", Options));
            return true;
        }
        catch (RegexParseException e)
        {
            broken = string.Create(
                CultureInfo.InvariantCulture,
                $"must be a regular expression, yet has an error at character {e.Offset}: {e.Error}");
        }
        catch (NotSupportedException)
        {
            broken = "must be a regular expression that runs without backtracking: no look-around, no back-references, no "
                + "atomic or conditional groups, no repetitions that multiply beyond 10,000 states";
        }

        return false;
    }

    /// <summary>Whether the whole name matches.</summary>
    public bool IsMatch(string name) => regex.IsMatch(name);
}
