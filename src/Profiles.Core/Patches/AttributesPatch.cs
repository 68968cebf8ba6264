using Profiles.Core.Rules;

namespace Profiles.Core.Patches;

/// <summary>What a write does to the attributes.</summary>
/// <param name="ReplacesAll">Whether attributes that are not named here go away.</param>
/// <param name="Entries">The new values by key, in ordinal order of the keys; null removes the key.</param>
public sealed record AttributesPatch(bool ReplacesAll, IReadOnlyDictionary<string, string?> Entries)
{
    /// <summary>How many attributes a profile with <paramref name="current"/> would have.</summary>
    public int CountAfter(IReadOnlyDictionary<string, string> current) =>
        ReplacesAll
            ? Entries.Values.Count(value => value is not null)
            : current.Keys.Count(key => !Entries.ContainsKey(key)) + Entries.Values.Count(value => value is not null);

    /// <summary>Whether a profile with <paramref name="current"/> would have more than <see cref="AttributeRules.MaxCount"/>.</summary>
    public bool ExceedsLimit(IReadOnlyDictionary<string, string> current) => CountAfter(current) > AttributeRules.MaxCount;

    /// <summary>Whether a profile with <paramref name="current"/> would keep them as they are.</summary>
    public bool ChangesNothing(IReadOnlyDictionary<string, string> current)
    {
        foreach (var (key, value) in Entries)
        {
            if (!Equals(current.GetValueOrDefault(key), value))
                return false;
        }

        return !ReplacesAll || CountAfter(current) == current.Count;
    }
}
