namespace Profiles.Core.Usernames.Unicode;

/// <summary>The operation toLowercase of the Unicode Standard (section 3.13), without the rules of single languages.</summary>
internal static class CaseMapping
{
    private const int CapitalIWithDot = 0x130;
    private const int CombiningDotAbove = 0x307;
    private const int CapitalSigma = 0x3A3;
    private const int FinalSigma = 0x3C2;

    public static int ToLower(int codePoint) => Mappings.Lower.GetValueOrDefault(codePoint, codePoint);

    public static List<int> ToLower(ReadOnlySpan<int> text)
    {
        var output = new List<int>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            output.Add(text[i] == CapitalSigma && IsFinal(text, i) ? FinalSigma : ToLower(text[i]));
            if (text[i] == CapitalIWithDot)
                output.Add(CombiningDotAbove);
        }

        return output;
    }

    // Final_Sigma: a cased letter stands before, and none after; what is case-ignorable is passed over.
    private static bool IsFinal(ReadOnlySpan<int> text, int position) =>
        MeetsCased(text, position, -1) && !MeetsCased(text, position, 1);

    private static bool MeetsCased(ReadOnlySpan<int> text, int position, int step)
    {
        for (var i = position + step; (uint)i < (uint)text.Length; i += step)
        {
            var properties = CharacterTable.Get(text[i]);
            if (!properties.Is(CharacterFlags.CaseIgnorable))
                return properties.Is(CharacterFlags.Cased);
        }

        return false;
    }
}
