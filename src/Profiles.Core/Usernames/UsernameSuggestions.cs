using System.Globalization;
using Profiles.Core.Usernames.Unicode;

namespace Profiles.Core.Usernames;

/// <summary>
/// Names to offer in place of one that is not to be had. The same name gets the same suggestions. Each obeys the rules; whether it
/// is free is the database's to say.
/// </summary>
public static class UsernameSuggestions
{
    /// <summary>The most suggestions of a call.</summary>
    public const int Limit = 32;

    private static readonly string[] Separators = ["", "_", ".", "-"];

    /// <summary>Makes up to <paramref name="count"/> suggestions, the plainest first, no two of which look alike.</summary>
    public static IReadOnlyList<Username> For(Username wanted, UsernameRules rules, int count = Limit)
    {
        count = Math.Clamp(count, 0, Limit);
        var found = new List<Username>(count);
        var skeletons = new HashSet<string> { wanted.Forms.Skeleton };
        var codePoints = CodePoints.Decode(wanted.Display);
        foreach (var ending in Endings(wanted.Key))
        {
            if (found.Count == count)
                break;
            if (Username.TryParse(Fit(codePoints, ending, rules.Settings.MaxLength), rules, out var name, out _)
                && skeletons.Add(name.Forms.Skeleton))
                found.Add(name);
        }

        return found;
    }

    // Small numbers, then larger ones that differ from name to name, then letters for patterns without digits.
    private static IEnumerable<string> Endings(string key)
    {
        for (var number = 2; number < 10; number++)
        {
            foreach (var separator in Separators)
                yield return separator + number.ToString(CultureInfo.InvariantCulture);
        }

        var seed = Seed(key);
        for (var step = 0u; step < 16; step++)
            yield return (10 + ((seed + (step * 617)) % 9990)).ToString(CultureInfo.InvariantCulture);
        for (var letter = 'a'; letter <= 'z'; letter++)
            yield return letter.ToString();
        for (var letter = 'a'; letter <= 'z'; letter++)
            yield return $"_{letter}";
    }

    // The name's own end makes room if need be.
    private static string Fit(int[] name, string ending, int maxLength)
    {
        var kept = Math.Max(0, Math.Min(name.Length, maxLength - ending.Length));
        return CodePoints.Encode(name.AsSpan(0, kept)) + ending;
    }

    private static uint Seed(string key)
    {
        var seed = 2166136261u;
        foreach (var c in key)
            seed = (seed ^ c) * 16777619;
        return seed % 9990;
    }
}
