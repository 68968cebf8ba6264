using System.Globalization;

namespace Profiles.Benchmarks;

/// <summary>The options of <c>make bench</c>, from the environment.</summary>
internal sealed record Options
{
    /// <summary>A short form for developers. <c>QUICK=1</c>.</summary>
    private static bool IsQuick { get; } = Environment.GetEnvironmentVariable("QUICK") is { Length: > 0 } and not "0";

    /// <summary>How many call at once; the first number gets the whole table. <c>CALLERS</c>.</summary>
    public IReadOnlyList<int> Callers { get; } = Numbers("CALLERS", quick: [64], [64, 1, 16, 256]);

    /// <summary>How long each load is measured, all in all. <c>SECONDS_EACH</c>.</summary>
    public TimeSpan Duration { get; } = TimeSpan.FromSeconds(Numbers("SECONDS_EACH", quick: [3], [6])[0]);

    /// <summary>How many users there are. <c>USERS</c>.</summary>
    public int Users { get; } = Numbers("USERS", quick: [10_000], [100_000])[0];

    /// <summary>The long denylist. <c>DENIED</c>.</summary>
    public int Denied { get; } = Numbers("DENIED", quick: [100_000], [1_000_000])[0];

    /// <summary>Numbers of profiles, each larger than the one before. <c>SIZES</c>.</summary>
    public IReadOnlyList<int> Sizes { get; } = Numbers("SIZES", quick: [10_000, 100_000], [10_000, 1_000_000, 10_000_000]);

    /// <summary>Changes of each user with a long history. <c>CHANGES</c>.</summary>
    public int Changes { get; } = Numbers("CHANGES", quick: [1_000], [1_000])[0];

    /// <summary>What is sampled: 1 for everything, or words of operations such as <c>set</c>. <c>PROFILE</c>.</summary>
    public string? Profile { get; } = Environment.GetEnvironmentVariable("PROFILE") is { Length: > 0 } and not "0" and var name ? name : null;

    /// <summary>What alone is measured: a part of a name such as <c>gRPC read</c>, <c>pgbench</c> or <c>denylist</c>. <c>ONLY</c>.</summary>
    public string Only { get; } = Environment.GetEnvironmentVariable("ONLY") ?? "";

    /// <summary>Whether something is measured.</summary>
    public bool Includes(string name) => name.Contains(Only, StringComparison.OrdinalIgnoreCase);

    private static int[] Numbers(string name, int[] quick, int[] unlessSet)
    {
        var text = Environment.GetEnvironmentVariable(name);
        if (string.IsNullOrEmpty(text))
            return IsQuick ? quick : unlessSet;
        var numbers = new List<int>();
        foreach (var part in text.Split(','))
        {
            numbers.Add(int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
                ? number
                : throw new OptionException($"{name} must be a positive number, or several with commas between, yet is '{text}'."));
        }

        return [.. numbers];
    }
}

/// <summary>An option that cannot be understood.</summary>
internal sealed class OptionException(string message) : Exception(message);
