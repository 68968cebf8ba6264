using System.Collections.Frozen;
using System.Globalization;
using Profiles.Core.Data;

namespace Profiles.Core.Usernames.Unicode;

/// <summary>Mappings of single characters, from the generated table <c>unicode-mappings.txt</c>.</summary>
internal static class Mappings
{
    static Mappings()
    {
        var entries = DataFile.Lines("unicode-mappings").Select(Read).ToLookup(entry => entry.Kind);
        Lower = entries['l'].ToFrozenDictionary(entry => entry.CodePoint, entry => entry.Target[0]);
        Width = entries['w'].ToFrozenDictionary(entry => entry.CodePoint, entry => entry.Target[0]);
        Decompositions = entries['d'].Concat(entries['=']).ToFrozenDictionary(entry => entry.CodePoint, entry => entry.Target);
        Compositions = entries['='].ToFrozenDictionary(
            entry => (entry.Target[0], entry.Target[1]), entry => entry.CodePoint);
    }

    /// <summary>Simple lower-case mappings.</summary>
    public static FrozenDictionary<int, int> Lower { get; }

    /// <summary>Full-width and half-width characters, with the ordinary ones.</summary>
    public static FrozenDictionary<int, int> Width { get; }

    /// <summary>Canonical decompositions, one step each; those of Hangul syllables are computed.</summary>
    public static FrozenDictionary<int, int[]> Decompositions { get; }

    /// <summary>Pairs that compose.</summary>
    public static FrozenDictionary<(int First, int Second), int> Compositions { get; }

    private static (char Kind, int CodePoint, int[] Target) Read(string line)
    {
        var fields = line.Split(';');
        return (fields[0][0], Hex(fields[1]), [.. fields[2].Split(' ').Select(Hex)]);
    }

    private static int Hex(string text) => int.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
