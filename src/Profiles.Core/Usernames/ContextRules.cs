using Profiles.Core.Usernames.Unicode;

namespace Profiles.Core.Usernames;

/// <summary>The characters that stand beside certain others only: RFC 5892, appendix A, each under its number there.</summary>
internal static class ContextRules
{
    /// <summary>Why the character must not stand where it does; null if it may.</summary>
    public static string? Check(ReadOnlySpan<int> text, int i) =>
        text[i] switch
        {
            0x200C when !FollowsVirama(text, i) && !JoinsBothSides(text, i) =>
                "which stands only after a virama or between joined letters",
            0x200D when !FollowsVirama(text, i) => "which stands only after a virama",
            0x00B7 when !(At(text, i - 1) == 'l' && At(text, i + 1) == 'l') => "which stands only between two l",
            0x0375 when !IsOf(At(text, i + 1), Scripts.Greek) => "which stands only before a Greek letter",
            0x05F3 or 0x05F4 when !IsOf(At(text, i - 1), Scripts.Hebrew) => "which stands only after a Hebrew letter",
            0x30FB when !HasHanOrKana(text) => "which stands only in names with Han or Kana",
            >= 0x0660 and <= 0x0669 when text.ContainsAnyInRange(0x06F0, 0x06F9) => "beside extended Arabic-Indic digits",
            >= 0x06F0 and <= 0x06F9 when text.ContainsAnyInRange(0x0660, 0x0669) => "beside Arabic-Indic digits",
            _ => null,
        };

    private static int At(ReadOnlySpan<int> text, int i) => (uint)i < (uint)text.Length ? text[i] : -1;

    private static bool FollowsVirama(ReadOnlySpan<int> text, int i) =>
        i > 0 && CharacterTable.Get(text[i - 1]).CombiningClass == CharacterProperties.ViramaClass;

    // A.1, the expression: (L or D) T* ZWNJ T* (R or D)
    private static bool JoinsBothSides(ReadOnlySpan<int> text, int i) =>
        NextJoining(text, i, -1) is JoiningType.Left or JoiningType.Dual
        && NextJoining(text, i, 1) is JoiningType.Right or JoiningType.Dual;

    private static JoiningType NextJoining(ReadOnlySpan<int> text, int i, int step)
    {
        for (i += step; (uint)i < (uint)text.Length; i += step)
        {
            var joining = CharacterTable.Get(text[i]).Joining;
            if (joining != JoiningType.Transparent)
                return joining;
        }

        return JoiningType.NonJoining;
    }

    // By the property Script, which the set holds alone where no other script shares the character.
    private static bool IsOf(int codePoint, ScriptSet scripts) =>
        codePoint >= 0 && CharacterTable.Get(codePoint).Scripts.Intersects(scripts);

    private static bool HasHanOrKana(ReadOnlySpan<int> text)
    {
        foreach (var codePoint in text)
        {
            if (codePoint != 0x30FB && IsOf(codePoint, Scripts.HanOrKana))
                return true;
        }

        return false;
    }
}
