using Profiles.Core.Usernames.Unicode;

namespace Profiles.Core.Usernames;

/// <summary>
/// Whether a name keeps to one script, or to a combination that people write every day: Latin with Japanese, with Chinese and
/// Bopomofo, or with Korean (UTS #39, section 5.2, "highly restrictive"); and its digits to one number system (section 5.3).
/// </summary>
internal static class ScriptMixing
{
    /// <summary>The rule that the name breaks, or null. The characters reported are those of <paramref name="given"/>.</summary>
    public static UsernameViolation? Check(ReadOnlySpan<int> text, ReadOnlySpan<int> given) =>
        CheckScripts(text, given) ?? CheckDigits(text, given);

    private static UsernameViolation? CheckScripts(ReadOnlySpan<int> text, ReadOnlySpan<int> given)
    {
        var (main, covered) = FindMain(text);
        if (covered == text.Length)
            return null;

        var stranger = 0;
        while (Fits(text[stranger], main))
            stranger++;
        var remark = $"which is {Name(CharacterTable.Get(text[stranger]).Scripts)} among {Name(main)}";
        return UsernameViolation.At(UsernameRule.MixedScripts, given, stranger, "must not mix scripts, yet has", remark);
    }

    // The script or combination that the most characters belong to.
    private static (ScriptSet Main, int Covered) FindMain(ReadOnlySpan<int> text)
    {
        var main = (Set: default(ScriptSet), Covered: -1);
        foreach (var codePoint in text)
        {
            var scripts = CharacterTable.Get(codePoint).Scripts;
            for (; !scripts.IsEmpty; scripts = scripts.WithoutFirst())
                Try(text, ScriptSet.Of(scripts.First()), ref main);
        }

        foreach (var combination in Scripts.Combinations)
            Try(text, combination, ref main);
        return main;
    }

    private static void Try(ReadOnlySpan<int> text, ScriptSet candidate, ref (ScriptSet Set, int Covered) best)
    {
        if (best.Covered == text.Length || candidate == best.Set)
            return;
        var covered = 0;
        foreach (var codePoint in text)
            covered += Fits(codePoint, candidate) ? 1 : 0;
        if (covered > best.Covered)
            best = (candidate, covered);
    }

    private static bool Fits(int codePoint, ScriptSet scripts)
    {
        var own = CharacterTable.Get(codePoint).Scripts;
        return own.Intersects(scripts) || own.Intersects(Scripts.Neutral);
    }

    private static UsernameViolation? CheckDigits(ReadOnlySpan<int> text, ReadOnlySpan<int> given)
    {
        var system = -1;
        for (var i = 0; i < text.Length; i++)
        {
            if (!CharacterTable.Get(text[i]).Is(CharacterFlags.DecimalDigit))
                continue;
            // The ten digits of a number system stand in one row of sixteen characters, and no other system's do.
            var row = text[i] >> 4;
            if (system >= 0 && row != system)
                return UsernameViolation.At(UsernameRule.MixedNumbers, given, i, "must not mix number systems, yet has");
            system = row;
        }

        return null;
    }

    private static string Name(ScriptSet scripts) => Scripts.Name(scripts.First());
}
