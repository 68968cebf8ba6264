using Profiles.Core.Usernames.Unicode;

namespace Profiles.Core.Usernames;

/// <summary>
/// The Bidi Rule (RFC 5893, section 2): a name with right-to-left characters keeps the order of its characters wherever it is
/// shown.
/// </summary>
internal static class BidiRule
{
    /// <summary>Where the name breaks the rule, and why; null if it does not.</summary>
    public static (int Position, string Why)? Check(ReadOnlySpan<int> text)
    {
        if (!HasRightToLeft(text))
            return null;

        return ClassOf(text[0]) switch
        {
            BidiClass.R or BidiClass.AL => CheckRightToLeft(text),
            BidiClass.L => CheckLeftToRight(text),
            _ => (0, "since a name with right-to-left characters begins with a letter"),
        };
    }

    private static bool HasRightToLeft(ReadOnlySpan<int> text)
    {
        foreach (var codePoint in text)
        {
            if (ClassOf(codePoint) is BidiClass.R or BidiClass.AL or BidiClass.AN)
                return true;
        }

        return false;
    }

    private static (int, string)? CheckRightToLeft(ReadOnlySpan<int> text)
    {
        var digits = BidiClass.Other;
        for (var i = 0; i < text.Length; i++)
        {
            var own = ClassOf(text[i]);
            if (own is BidiClass.L or BidiClass.Other)
                return (i, "a left-to-right character in a right-to-left name");
            if (own is not (BidiClass.EN or BidiClass.AN))
                continue;
            if (digits != BidiClass.Other && digits != own)
                return (i, "a digit of another direction than the digits before it");
            digits = own;
        }

        var last = LastButMarks(text);
        return ClassOf(text[last]) is BidiClass.R or BidiClass.AL or BidiClass.EN or BidiClass.AN
            ? null
            : (last, "since a right-to-left name ends with a letter or digit");
    }

    private static (int, string)? CheckLeftToRight(ReadOnlySpan<int> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (ClassOf(text[i]) is BidiClass.R or BidiClass.AL or BidiClass.AN or BidiClass.Other)
                return (i, "a right-to-left character in a left-to-right name");
        }

        throw new InvalidOperationException("A name without right-to-left characters is not checked.");
    }

    private static int LastButMarks(ReadOnlySpan<int> text)
    {
        var last = text.Length - 1;
        while (last > 0 && ClassOf(text[last]) == BidiClass.NSM)
            last--;
        return last;
    }

    private static BidiClass ClassOf(int codePoint) => CharacterTable.Get(codePoint).Bidi;
}
