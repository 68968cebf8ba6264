namespace Profiles.Core.Usernames.Unicode;

/// <summary>Hangul syllables, whose mappings are arithmetic (The Unicode Standard, section 3.12).</summary>
internal static class Hangul
{
    private const int SyllableBase = 0xAC00;
    private const int LeadingBase = 0x1100;
    private const int VowelBase = 0x1161;
    private const int TrailingBase = 0x11A7;
    private const int LeadingCount = 19;
    private const int VowelCount = 21;
    private const int TrailingCount = 28;
    private const int SyllableCount = LeadingCount * VowelCount * TrailingCount;

    public static bool IsSyllable(int codePoint) => (uint)(codePoint - SyllableBase) < SyllableCount;

    public static void Decompose(int syllable, List<int> output)
    {
        var index = syllable - SyllableBase;
        output.Add(LeadingBase + (index / (VowelCount * TrailingCount)));
        output.Add(VowelBase + (index / TrailingCount % VowelCount));
        if (index % TrailingCount != 0)
            output.Add(TrailingBase + (index % TrailingCount));
    }

    /// <summary>The syllable that two parts make; or -1.</summary>
    public static int Compose(int first, int second)
    {
        var leading = first - LeadingBase;
        var vowel = second - VowelBase;
        if ((uint)leading < LeadingCount && (uint)vowel < VowelCount)
            return SyllableBase + (((leading * VowelCount) + vowel) * TrailingCount);

        var trailing = second - TrailingBase;
        var isOpen = IsSyllable(first) && (first - SyllableBase) % TrailingCount == 0;
        return isOpen && trailing is > 0 and < TrailingCount ? first + trailing : -1;
    }
}
