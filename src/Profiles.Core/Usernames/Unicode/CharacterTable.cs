using System.Globalization;
using Profiles.Core.Data;

namespace Profiles.Core.Usernames.Unicode;

/// <summary>The properties of every character, from the generated table <c>unicode-characters.txt</c>.</summary>
internal static class CharacterTable
{
    private const int PageBits = 8;
    private const int PageSize = 1 << PageBits;

    private static readonly CharacterProperties[] Kinds;

    // The kinds of 256 characters in a row; rows that are alike, such as those of Han, share one page.
    private static readonly ushort[][] Pages;

    static CharacterTable()
    {
        var kinds = new List<CharacterProperties> { CharacterProperties.Unassigned };
        var known = new Dictionary<string, ushort>();
        var all = new ushort[0x110000];
        foreach (var line in DataFile.Lines("unicode-characters"))
        {
            var separator = line.IndexOf(';', StringComparison.Ordinal);
            var text = line[(separator + 1)..];
            if (!known.TryGetValue(text, out var kind))
            {
                known[text] = kind = (ushort)kinds.Count;
                kinds.Add(ReadProperties(text.Split(';')));
            }

            var (first, last) = ReadRange(line.AsSpan(0, separator));
            all.AsSpan(first, last - first + 1).Fill(kind);
        }

        Kinds = [.. kinds];
        Pages = Paginate(all);
    }

    public static CharacterProperties Get(int codePoint) =>
        Kinds[Pages[codePoint >> PageBits][codePoint & (PageSize - 1)]];

    private static ushort[][] Paginate(ushort[] all)
    {
        var pages = new ushort[all.Length >> PageBits][];
        for (var i = 0; i < pages.Length; i++)
        {
            var page = all.AsSpan(i << PageBits, PageSize);
            pages[i] = i > 0 && page.SequenceEqual(pages[i - 1]) ? pages[i - 1] : page.ToArray();
        }

        return pages;
    }

    private static (int First, int Last) ReadRange(ReadOnlySpan<char> text)
    {
        var dots = text.IndexOf("..", StringComparison.Ordinal);
        var first = int.Parse(dots < 0 ? text : text[..dots], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return (first, dots < 0 ? first : int.Parse(text[(dots + 2)..], NumberStyles.HexNumber, CultureInfo.InvariantCulture));
    }

    private static CharacterProperties ReadProperties(string[] fields)
    {
        var text = (int index) => index < fields.Length ? fields[index] : string.Empty;
        return new CharacterProperties(
            ReadClass(fields[0]),
            text(1).Length == 0 ? (byte)0 : byte.Parse(text(1), CultureInfo.InvariantCulture),
            Enum.TryParse<BidiClass>(text(2), out var bidi) ? bidi : BidiClass.Other,
            ReadJoining(text(3)),
            ReadFlags(text(4)),
            text(5).Length == 0 ? default : Scripts.Set(text(5)));
    }

    private static IdentifierClass ReadClass(string letter) =>
        letter switch
        {
            "V" => IdentifierClass.Valid,
            "J" => IdentifierClass.ContextJoiner,
            "O" => IdentifierClass.ContextOther,
            "C" => IdentifierClass.Control,
            "I" => IdentifierClass.Ignorable,
            "K" => IdentifierClass.Compatibility,
            "S" => IdentifierClass.Space,
            "Y" => IdentifierClass.Symbol,
            "P" => IdentifierClass.Punctuation,
            "L" => IdentifierClass.OtherLetter,
            "X" => IdentifierClass.Exception,
            "U" => IdentifierClass.Unassigned,
            _ => throw new InvalidDataException($"The table of characters has an unknown class {letter}."),
        };

    private static JoiningType ReadJoining(string letter) =>
        letter switch
        {
            "L" => JoiningType.Left,
            "R" => JoiningType.Right,
            "D" => JoiningType.Dual,
            "T" => JoiningType.Transparent,
            "C" => JoiningType.Causing,
            _ => JoiningType.NonJoining,
        };

    private static CharacterFlags ReadFlags(string letters)
    {
        var flags = CharacterFlags.None;
        foreach (var letter in letters)
        {
            flags |= letter switch
            {
                'c' => CharacterFlags.Cased,
                'i' => CharacterFlags.CaseIgnorable,
                'a' => CharacterFlags.Recommended,
                'm' => CharacterFlags.Mark,
                'd' => CharacterFlags.DecimalDigit,
                _ => throw new InvalidDataException($"The table of characters has an unknown flag {letter}."),
            };
        }

        return flags;
    }
}
