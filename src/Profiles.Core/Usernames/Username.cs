using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Profiles.Core.Rules;
using Profiles.Core.Usernames.Unicode;

namespace Profiles.Core.Usernames;

/// <summary>
/// A username that obeys the rules of its organization. Whether it is free, another name's look-alike or denied is the database's
/// to say, by <see cref="Forms"/>.
/// </summary>
public sealed record Username
{
    private Username(string display, UsernameForms forms)
    {
        Display = display;
        Forms = forms;
    }

    /// <summary>The name as its owner gave it: in NFC, never rewritten.</summary>
    public string Display { get; }

    /// <summary>The forms by which it is compared.</summary>
    public UsernameForms Forms { get; }

    /// <summary>The form that names the username: equal for the same name in other case or width.</summary>
    public string Key => Forms.Key;

    /// <summary>Reads a name.</summary>
    /// <exception cref="FormatException"><paramref name="text"/> breaks a rule; the message says which.</exception>
    public static Username Parse(string text, UsernameSettings settings) =>
        TryParse(text, settings, out var name, out var violation)
            ? name
            : throw new FormatException($"A username {violation.Description}.");

    /// <summary>Reads a name; false when it breaks a rule.</summary>
    /// <param name="text">The name. An empty one is refused: whether it means "none" is the caller's to know.</param>
    /// <param name="settings">The rules of the organization.</param>
    /// <param name="name">The name.</param>
    /// <param name="violation">The first rule that it breaks, with the place where it does.</param>
    public static bool TryParse(
        string text,
        UsernameSettings settings,
        [NotNullWhen(true)] out Username? name,
        [NotNullWhen(false)] out UsernameViolation? violation)
    {
        name = null;
        violation = CheckLength(text, settings);
        if (violation is not null || !UsernameReader.TryReadKey(text, settings.LookAlikes, out var key, out violation))
            return false;

        if (settings.Pattern is { } pattern && !pattern.Matches(text))
        {
            violation = new UsernameViolation(UsernameRule.Pattern, $"must match the organization's pattern {pattern.Text}");
            return false;
        }

        name = new Username(text, UsernameForms.OfKey(key));
        return true;
    }

    private static UsernameViolation? CheckLength(string text, UsernameSettings settings)
    {
        if (text.Length == 0)
            return new UsernameViolation(UsernameRule.Empty, "must not be empty");

        var length = CodePoints.Count(text);
        if (length < settings.MinLength)
            return new UsernameViolation(UsernameRule.TooShort, TooShort(settings.MinLength, length));
        return length > settings.MaxLength
            ? new UsernameViolation(UsernameRule.TooLong, TextRules.TooLong(settings.MaxLength, length))
            : null;
    }

    private static string TooShort(int min, int actual) =>
        string.Create(CultureInfo.InvariantCulture, $"must have at least {min} characters (code points), yet has {actual}");
}
