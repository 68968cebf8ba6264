using System.Collections.Frozen;
using Profiles.Core.Data;

namespace Profiles.Core.Usernames.Unicode;

/// <summary>The scripts of the Unicode Standard that characters of names belong to.</summary>
internal static class Scripts
{
    private static readonly (string Code, string Name)[] All = [.. DataFile.Lines("unicode-scripts").Select(Read)];

    private static readonly FrozenDictionary<string, int> Indexes =
        All.Select((script, index) => KeyValuePair.Create(script.Code, index)).ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Characters of these go with every script.</summary>
    public static ScriptSet Neutral { get; } = Set("Zyyy Zinh");

    public static ScriptSet Greek { get; } = Set("Grek");

    public static ScriptSet Hebrew { get; } = Set("Hebr");

    public static ScriptSet HanOrKana { get; } = Set("Hani Hira Kana");

    /// <summary>What people write together every day: the combinations of the "highly restrictive" level of UTS #39.</summary>
    public static IReadOnlyList<ScriptSet> Combinations { get; } =
        [Set("Latn Hani Hira Kana"), Set("Latn Hani Bopo"), Set("Latn Hani Hang")];

    public static string Name(int index) => All[index].Name;

    /// <summary>Reads codes such as <c>Latn Grek</c>.</summary>
    public static ScriptSet Set(string codes)
    {
        var set = default(ScriptSet);
        foreach (var code in codes.Split(' '))
            set |= ScriptSet.Of(Indexes[code]);
        return set;
    }

    private static (string Code, string Name) Read(string line) => (line[..4], line[5..]);
}
