using System.Globalization;
using Profiles.Core.Usernames.Unicode;

namespace Profiles.Core.Usernames;

/// <summary>
/// Names to offer in place of one that is not to be had. The same name gets the same suggestions. Each obeys the rules; whether
/// it is free is the database's to say.
/// </summary>
public static class UsernameSuggestions
{
    /// <summary>The most suggestions of a call.</summary>
    public const int Limit = 32;

    private static readonly string[] Separators = ["", "_", ".", "-"];

    /// <summary>Makes up to <paramref name="count"/> suggestions, the plainest first, no two of which look alike.</summary>
    public static IReadOnlyList<Username> For(Username wanted, UsernameSettings settings, int count = Limit)
    {
        count = Math.Clamp(count, 0, Limit);
        var found = new List<Username>(count);
        var skeletons = new HashSet<string> { wanted.Forms.Skeleton };
        var name = CodePoints.Decode(wanted.Display);
        foreach (var ending in Endings(wanted.Key, ZeroOf(name)))
        {
            if (found.Count == count)
                break;
            if (Username.TryParse(Fit(name, ending, settings.MaxLength), settings, out var suggestion, out _)
                && skeletons.Add(suggestion.Forms.Skeleton))
            {
                found.Add(suggestion);
            }
        }

        return found;
    }

    // Small numbers, then larger ones that differ from name to name, then letters for patterns without digits.
    private static IEnumerable<string> Endings(string key, int zero)
    {
        for (var number = 2u; number < 4; number++)
        {
            foreach (var separator in Separators)
                yield return separator + Write(number, zero);
        }

        var seed = Seed(key);
        for (var step = 0u; step < 16; step++)
            yield return Write(10 + ((seed + (step * 617)) % 9990), zero);
        for (var letter = 'a'; letter <= 'z'; letter++)
            yield return letter.ToString();
    }

    // The zero of the number system that the name uses: no name mixes two.
    private static int ZeroOf(int[] name)
    {
        var zero = Array.Find(name, IsDigit);
        while (IsDigit(zero - 1))
            zero--;
        return zero == 0 ? '0' : zero;
    }

    private static bool IsDigit(int codePoint) =>
        codePoint > 0 && CharacterTable.Get(codePoint).Is(CharacterFlags.DecimalDigit);

    private static string Write(uint number, int zero)
    {
        var digits = number.ToString(CultureInfo.InvariantCulture);
        return zero == '0' ? digits : CodePoints.Encode([.. digits.Select(digit => digit - '0' + zero)]);
    }

    // The name's own end makes room if need be.
    private static string Fit(int[] name, string ending, int maxLength)
    {
        var kept = Math.Clamp(maxLength - CodePoints.Count(ending), 0, name.Length);
        return CodePoints.Encode(name.AsSpan(0, kept)) + ending;
    }

    private static uint Seed(string key)
    {
        var seed = 2166136261u;
        foreach (var c in key)
            seed = unchecked((seed ^ c) * 16777619);
        return seed % 9990;
    }
}
