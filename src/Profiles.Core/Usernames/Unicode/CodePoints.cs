using System.Globalization;
using System.Text;

namespace Profiles.Core.Usernames.Unicode;

/// <summary>Texts as code points, which is what every rule here is about.</summary>
internal static class CodePoints
{
    /// <summary>The index, in code points, of the first unpaired surrogate; or -1.</summary>
    public static int FindUnpairedSurrogate(string text)
    {
        var index = 0;
        for (var rest = text.AsSpan(); !rest.IsEmpty; index++)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out var units) != System.Buffers.OperationStatus.Done)
                return index;
            rest = rest[units..];
        }

        return -1;
    }

    /// <summary>The number of code points; an unpaired surrogate counts as one.</summary>
    public static int Count(string text)
    {
        var count = text.Length;
        for (var i = 1; i < text.Length; i++)
        {
            if (char.IsSurrogatePair(text[i - 1], text[i]))
                count--;
        }

        return count;
    }

    /// <summary>The code points; U+FFFD for an unpaired surrogate.</summary>
    public static int[] Decode(string text)
    {
        var codePoints = new int[Count(text)];
        var index = 0;
        foreach (var rune in text.EnumerateRunes())
            codePoints[index++] = rune.Value;
        return codePoints;
    }

    public static string Encode(ReadOnlySpan<int> codePoints)
    {
        var text = new StringBuilder(codePoints.Length);
        foreach (var codePoint in codePoints)
            text.Append(new Rune(codePoint));
        return text.ToString();
    }

    /// <summary>A code point as it is written about: <c>U+0061</c>.</summary>
    public static string Describe(int codePoint) => string.Create(CultureInfo.InvariantCulture, $"U+{codePoint:X4}");
}
