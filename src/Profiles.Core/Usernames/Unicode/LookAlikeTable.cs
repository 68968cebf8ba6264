using System.Collections.Frozen;
using System.Globalization;
using Profiles.Core.Data;

namespace Profiles.Core.Usernames.Unicode;

/// <summary>What a character of a key looks like.</summary>
/// <param name="Small">In small letters, to readers of another script.</param>
/// <param name="Capital">In capitals, to readers of another script.</param>
/// <param name="Skeleton">Its part of the skeleton.</param>
internal sealed record LookAlike(int Small, int Capital, int[] Skeleton);

/// <summary>The characters that look like others, from the generated table <c>unicode-look-alikes.txt</c>.</summary>
internal static class LookAlikeTable
{
    private static readonly FrozenDictionary<int, LookAlike> Entries =
        DataFile.Lines("unicode-look-alikes").Select(Read).ToFrozenDictionary();

    public static LookAlike? Find(int codePoint) => Entries.GetValueOrDefault(codePoint);

    private static KeyValuePair<int, LookAlike> Read(string line)
    {
        var fields = line.Split(';');
        int[] skeleton = fields[3].Length == 0 ? [] : [.. fields[3].Split(' ').Select(Hex)];
        return KeyValuePair.Create(Hex(fields[0]), new LookAlike(Hex(fields[1]), Hex(fields[2]), skeleton));
    }

    private static int Hex(string text) => int.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
