using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Profiles.Core.Usernames.Unicode;

namespace Profiles.Core.Usernames;

/// <summary>The key of a name: the profile UsernameCaseMapped of RFC 8265, section 3.3.</summary>
internal static class UsernameKey
{
    private const int MoreRounds = 3;

    /// <summary>Enforces the profile.</summary>
    /// <param name="given">The name, in NFC and not empty.</param>
    /// <param name="key">The key.</param>
    /// <param name="violation">The rule that the name breaks.</param>
    public static bool TryCreate(
        ReadOnlySpan<int> given,
        [NotNullWhen(true)] out string? key,
        [NotNullWhen(false)] out UsernameViolation? violation)
    {
        key = null;
        violation = IdentifierCheck.Check(MapEach(given), given);
        if (violation is not null)
            return false;

        if (!TryStabilize(Map(given), out var mapped))
        {
            violation = new UsernameViolation(UsernameRule.UnstableKey, "must keep its key when mapped again (RFC 8265)");
            return false;
        }

        key = CodePoints.Encode(mapped);
        return true;
    }

    /// <summary>Width and case mapped, each character by itself: what the rules look at, in the positions of the name.</summary>
    public static int[] MapEach(ReadOnlySpan<int> given)
    {
        var mapped = new int[given.Length];
        for (var i = 0; i < given.Length; i++)
            mapped[i] = CaseMapping.ToLower(MapWidth(given[i]));
        return mapped;
    }

    /// <summary>The mappings of the profile in their order: width, case, NFC.</summary>
    public static List<int> Map(ReadOnlySpan<int> text)
    {
        var wide = new int[text.Length];
        for (var i = 0; i < text.Length; i++)
            wide[i] = MapWidth(text[i]);
        return Normalization.Nfc(CollectionsMarshal.AsSpan(CaseMapping.ToLower(wide)));
    }

    private static bool TryStabilize(List<int> mapped, out ReadOnlySpan<int> stable)
    {
        for (var round = 0; round < MoreRounds; round++)
        {
            stable = CollectionsMarshal.AsSpan(mapped);
            mapped = Map(stable);
            if (stable.SequenceEqual(CollectionsMarshal.AsSpan(mapped)))
                return IdentifierCheck.Check(stable, stable) is null;
        }

        stable = default;
        return false;
    }

    private static int MapWidth(int codePoint) => Mappings.Width.GetValueOrDefault(codePoint, codePoint);
}
