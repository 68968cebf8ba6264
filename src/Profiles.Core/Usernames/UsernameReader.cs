using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Profiles.Core.Usernames.Unicode;

namespace Profiles.Core.Usernames;

/// <summary>Reads the characters of a name: every rule that needs no settings but the look-alike policy.</summary>
internal static class UsernameReader
{
    private const string Uncommon = "which is not recommended for identifiers (UTS #39)";

    public static bool TryReadKey(
        string text,
        LookAlikePolicy policy,
        [NotNullWhen(true)] out string? key,
        [NotNullWhen(false)] out UsernameViolation? violation)
    {
        if (AsciiNames.IsAscii(text))
            return AsciiNames.TryReadKey(text, out key, out violation);

        key = null;
        if (CodePoints.FindUnpairedSurrogate(text) is >= 0 and var position)
        {
            violation = UsernameViolation.Surrogate(position);
            return false;
        }

        var given = CodePoints.Decode(text);
        violation = CheckNormalized(given);
        if (violation is not null || !UsernameKey.TryCreate(given, out key, out violation))
            return false;

        violation = CheckLooks(UsernameKey.MapEach(given), given, policy);
        return violation is null;
    }

    private static UsernameViolation? CheckNormalized(int[] given)
    {
        var normalized = CollectionsMarshal.AsSpan(Normalization.Nfc(given));
        var position = normalized.CommonPrefixLength(given);
        if (position == given.Length && position == normalized.Length)
            return null;
        var instead = position < normalized.Length ? CodePoints.Describe(normalized[position]) : "nothing";
        return UsernameViolation.At(
            UsernameRule.NotNormalized,
            given,
            Math.Min(position, given.Length - 1),
            "must be in Unicode Normalization Form C, yet has",
            $"where that form has {instead}");
    }

    private static UsernameViolation? CheckLooks(int[] text, int[] given, LookAlikePolicy policy)
    {
        var violation = IdentifierCheck.CheckMarks(text, given);
        if (violation is null && policy >= LookAlikePolicy.MixedScript)
            violation = ScriptMixing.Check(text, given);
        if (violation is null && policy >= LookAlikePolicy.Strict)
            violation = CheckRecommended(text, given);
        return violation;
    }

    private static UsernameViolation? CheckRecommended(int[] text, int[] given)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!IsRecommended(text[i], given[i]))
                return UsernameViolation.At(UsernameRule.UncommonCharacter, given, i, "must not have", Uncommon);
        }

        return null;
    }

    // Joiners are not seen in the skeleton. What is wide or narrow may be mapped to a mark that is one with its neighbour.
    private static bool IsRecommended(int codePoint, int given) =>
        codePoint <= 0x7F
        || Mappings.Width.ContainsKey(given)
        || CharacterTable.Get(codePoint) is var own
            && (own.Class == IdentifierClass.ContextJoiner || own.Is(CharacterFlags.Recommended));
}
