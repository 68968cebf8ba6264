using Profiles.Core.Usernames.Unicode;

namespace Profiles.Core.Usernames;

/// <summary>
/// Whether a name consists of what the PRECIS IdentifierClass takes (RFC 8264, section 4.2), obeys the Bidi Rule, and has its
/// combining marks in order.
/// </summary>
internal static class IdentifierCheck
{
    private const int MaxMarks = 4;
    private const string TooManyMarks = "must not have more than four marks on a character, yet has";

    /// <summary>The rule of the RFCs that the name breaks, or null.</summary>
    /// <param name="text">The name with width and case mapped, character by character.</param>
    /// <param name="given">The name as given, for the report.</param>
    public static UsernameViolation? Check(ReadOnlySpan<int> text, ReadOnlySpan<int> given)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (CheckCharacter(text, given, i) is { } violation)
                return violation;
        }

        return BidiRule.Check(text) is var (position, why)
            ? UsernameViolation.At(UsernameRule.Direction, given, position, "must not have", why)
            : null;
    }

    /// <summary>The rule on combining marks, which is ours.</summary>
    public static UsernameViolation? CheckMarks(ReadOnlySpan<int> text, ReadOnlySpan<int> given)
    {
        if (CharacterTable.Get(text[0]).Is(CharacterFlags.Mark))
            return UsernameViolation.At(UsernameRule.CombiningMarks, given, 0, "must not begin with a combining mark, yet has");

        var marks = 0;
        for (var i = 0; i < text.Length; i++)
        {
            marks = CharacterTable.Get(text[i]).Bidi == BidiClass.NSM ? marks + 1 : 0;
            if (marks > MaxMarks)
                return UsernameViolation.At(UsernameRule.CombiningMarks, given, i, TooManyMarks);
        }

        return null;
    }

    private static UsernameViolation? CheckCharacter(ReadOnlySpan<int> text, ReadOnlySpan<int> given, int i)
    {
        var own = CharacterTable.Get(text[i]).Class;
        if (own == IdentifierClass.Valid)
            return null;
        if (own is IdentifierClass.ContextJoiner or IdentifierClass.ContextOther)
        {
            return ContextRules.Check(text, i) is { } broken
                ? UsernameViolation.At(UsernameRule.CharacterOutOfPlace, given, i, "must not have", broken)
                : null;
        }

        return UsernameViolation.At(UsernameRule.DisallowedCharacter, given, i, "must not have", Name(own));
    }

    private static string Name(IdentifierClass disallowed) =>
        disallowed switch
        {
            IdentifierClass.Unassigned => "which is no character of Unicode 17",
            IdentifierClass.Control => "a control character",
            IdentifierClass.Ignorable => "an invisible character",
            IdentifierClass.Compatibility => "a variant of other characters",
            IdentifierClass.Space => "a space",
            IdentifierClass.Symbol => "a symbol",
            IdentifierClass.Punctuation => "a punctuation mark",
            IdentifierClass.OtherLetter => "a letter or number of an uncommon kind",
            _ => "which no identifier has",
        };
}
