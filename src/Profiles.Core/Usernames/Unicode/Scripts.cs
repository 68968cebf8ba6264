using System.Collections.Frozen;
using Profiles.Core.Data;

namespace Profiles.Core.Usernames.Unicode;

/// <summary>The scripts of the Unicode Standard that characters of names belong to.</summary>
internal static class Scripts
{
    private static readonly string[] Names = [.. DataFile.Lines("unicode-scripts")];

    private static readonly FrozenDictionary<string, int> Indexes =
        Names.Index().ToFrozenDictionary(script => script.Item, script => script.Index, StringComparer.Ordinal);

    /// <summary>Characters of these go with every script.</summary>
    public static ScriptSet Neutral { get; } = Set("Common Inherited");

    public static ScriptSet Greek { get; } = Set("Greek");

    public static ScriptSet Hebrew { get; } = Set("Hebrew");

    public static ScriptSet HanOrKana { get; } = Set("Han Hiragana Katakana");

    /// <summary>What people write together every day: the combinations of the "highly restrictive" level of UTS #39.</summary>
    public static IReadOnlyList<ScriptSet> Combinations { get; } =
        [Set("Latin Han Hiragana Katakana"), Set("Latin Han Bopomofo"), Set("Latin Han Hangul")];

    public static string Name(int index) => Names[index].Replace('_', ' ');

    /// <summary>Reads names such as <c>Latin Greek</c>.</summary>
    public static ScriptSet Set(string names)
    {
        var set = default(ScriptSet);
        foreach (var name in names.Split(' '))
            set |= ScriptSet.Of(Indexes[name]);
        return set;
    }
}
