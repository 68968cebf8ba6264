using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Profiles.Core.Rules;
using Profiles.Core.Usernames.Unicode;

namespace Profiles.Core.Usernames;

/// <summary>
/// A name on the denylist. It need not obey an organization's rules; a text that could be nobody's name can be denied too, and
/// taken off the list again by the same text in other case or width.
/// </summary>
public sealed record DeniedName
{
    /// <summary>The most code points of a denied name.</summary>
    public const int MaxLength = 256;

    // No key of a username has a space, so that the keys of other texts never meet one.
    private const string Marker = " ";

    // One that stays as it is, whatever stands before it.
    private const string Letter = "a";

    private DeniedName(string text, string key, UsernameForms? forms)
    {
        Text = text;
        Key = key;
        Forms = forms;
    }

    /// <summary>The name as given.</summary>
    public string Text { get; }

    /// <summary>
    /// The key of the username that the text is; or, when it could be none, the text with width, case and normalization mapped,
    /// and a space after it.
    /// </summary>
    public string Key { get; }

    /// <summary>The forms of the username that the text is; null when it could be none, and so looks like none.</summary>
    public UsernameForms? Forms { get; }

    /// <summary>Reads a denied name; false when it is empty, too long, or no text that can be stored.</summary>
    /// <param name="text">The name; normalized for the comparison if it is not.</param>
    /// <param name="name">The denied name.</param>
    /// <param name="violation">The rule that the text breaks.</param>
    public static bool TryParse(
        string text, [NotNullWhen(true)] out DeniedName? name, [NotNullWhen(false)] out UsernameViolation? violation)
    {
        violation = Check(text);
        name = violation is null ? Create(text) : null;
        return name is not null;
    }

    /// <summary>Reads a denied name.</summary>
    /// <exception cref="FormatException">It is empty, too long, or no text that can be stored.</exception>
    public static DeniedName Parse(string text) =>
        TryParse(text, out var name, out var violation)
            ? name
            : throw new FormatException($"A denied name {violation.Description}.");

    /// <summary>
    /// What the key of a denied name begins with whose text begins with <paramref name="prefix"/>, in any case and width. Where the prefix ends
    /// within what is one letter, names that go on are found by a shorter one only.
    /// </summary>
    public static KeyPrefix KeyPrefix(string prefix) => prefix.Length == 0
        ? new KeyPrefix(string.Empty, string.Empty)
        : new KeyPrefix(Fold(Normalization.Nfc(CodePoints.Decode(prefix))), Fold(Normalization.Nfc(CodePoints.Decode(prefix + Letter)))[..^1]);

    private static DeniedName Create(string text)
    {
        if (AsciiNames.IsAscii(text) && AsciiNames.TryReadKey(text, out var key, out _))
            return new DeniedName(text, key, UsernameForms.OfKey(key));

        var normalized = Normalization.Nfc(CodePoints.Decode(text));
        return UsernameKey.TryCreate(CollectionsMarshal.AsSpan(normalized), out key, out _)
            ? new DeniedName(text, key, UsernameForms.OfKey(key))
            : new DeniedName(text, Fold(normalized) + Marker, forms: null);
    }

    private static UsernameViolation? Check(string text)
    {
        if (text.Length == 0)
            return new UsernameViolation(UsernameRule.Empty, "must not be empty");
        if (CodePoints.Count(text) is > MaxLength and var length)
        {
            return new UsernameViolation(UsernameRule.TooLong, TextRules.TooLong(MaxLength, length));
        }

        if (text.Contains('\0', StringComparison.Ordinal))
            return new UsernameViolation(UsernameRule.NotText, "must not have U+0000");
        return CodePoints.FindUnpairedSurrogate(text) is >= 0 and var position
            ? UsernameViolation.Surrogate(position)
            : null;
    }

    private static string Fold(List<int> normalized) =>
        CodePoints.Encode(CollectionsMarshal.AsSpan(UsernameKey.Map(CollectionsMarshal.AsSpan(normalized))));
}
