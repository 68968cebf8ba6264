using System.Globalization;
using System.Text;
using Profiles.Core.Usernames.Unicode;

namespace Profiles.Core.Usernames;

/// <summary>Why a text is no username.</summary>
/// <param name="Rule">The rule that it breaks.</param>
/// <param name="Description">The rule in words that go on from the field's name: "must not have …".</param>
/// <param name="Position">
/// Where the offending character stands, counted in code points from 0; null when the rule is about no single one.
/// </param>
/// <param name="CodePoint">The offending character, as it was given.</param>
public sealed record UsernameViolation(UsernameRule Rule, string Description, int? Position = null, int? CodePoint = null)
{
    internal static UsernameViolation Surrogate(int position) =>
        new(UsernameRule.NotText, $"must not have an unpaired surrogate at index {position}", position);

    // must not have U+265A "♚" at index 3, a symbol
    internal static UsernameViolation At(
        UsernameRule rule, ReadOnlySpan<int> given, int position, string demand, string? remark = null)
    {
        var codePoint = given[position];
        var text = new StringBuilder(demand).Append(' ').Append(CodePoints.Describe(codePoint));
        if (IsVisible(codePoint))
            text.Append(" \"").Append(new Rune(codePoint)).Append('"');
        text.Append(CultureInfo.InvariantCulture, $" at index {position}");
        if (remark is not null)
            text.Append(", ").Append(remark);
        return new UsernameViolation(rule, text.ToString(), position, codePoint);
    }

    private static bool IsVisible(int codePoint) =>
        CharacterTable.Get(codePoint) is { CombiningClass: 0 } properties
        && !properties.Is(CharacterFlags.Mark)
        && properties.Class is not (IdentifierClass.Unassigned or IdentifierClass.Control or IdentifierClass.Ignorable
            or IdentifierClass.ContextJoiner or IdentifierClass.Exception or IdentifierClass.Space);
}
