using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Profiles.Core.Errors;

namespace Profiles.Core.Usernames;

/// <summary>
/// The rules of an organization's usernames, checked and compiled. Immutable; made once when the settings are read, and kept.
/// </summary>
public sealed class UsernameRules
{
    /// <summary>The most code points that any organization can allow.</summary>
    public const int LengthLimit = 128;

    private UsernameRules(UsernameSettings settings, UsernamePattern? pattern)
    {
        Settings = settings;
        Pattern = pattern;
    }

    /// <summary>The rules of an organization that set none.</summary>
    public static UsernameRules Default { get; } = new(new UsernameSettings(), pattern: null);

    /// <summary>The settings, which are valid.</summary>
    public UsernameSettings Settings { get; }

    /// <summary>The compiled pattern, if there is one.</summary>
    public UsernamePattern? Pattern { get; }

    /// <summary>Checks settings.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="path">What stands before a setting's name in a violation, such as <c>settings.usernames.</c></param>
    /// <param name="rules">The rules.</param>
    /// <param name="violations">Every broken rule; empty when there are rules.</param>
    public static bool TryCreate(
        UsernameSettings settings,
        string path,
        [NotNullWhen(true)] out UsernameRules? rules,
        out IReadOnlyList<FieldViolation> violations)
    {
        var broken = new List<FieldViolation>();
        foreach (var (name, rule) in CheckNumbers(settings))
            broken.Add(new FieldViolation(path + name, rule));
        if (!Enum.IsDefined(settings.LookAlikes))
            broken.Add(new FieldViolation(path + "look_alikes", "must be off, mixed-script or strict"));
        UsernamePattern? pattern = null;
        if (settings.Pattern is { } text && !UsernamePattern.TryCreate(text, out pattern, out var why))
            broken.Add(new FieldViolation(path + "pattern", why));

        violations = broken;
        rules = broken.Count == 0 ? new UsernameRules(settings, pattern) : null;
        return rules is not null;
    }

    private static IEnumerable<(string Name, string Rule)> CheckNumbers(UsernameSettings settings)
    {
        (string Name, int Value, int Min, int Max)[] ranges =
        [
            ("min_length", settings.MinLength, 1, LengthLimit),
            ("max_length", settings.MaxLength, 1, LengthLimit),
            ("hold_days", settings.HoldDays, 0, 365),
            ("renames_per_day", settings.RenamesPerDay, 1, 1000),
        ];
        foreach (var (name, value, min, max) in ranges)
        {
            if (value < min || value > max)
                yield return (name, string.Create(CultureInfo.InvariantCulture, $"must be {min}–{max}, yet is {value}"));
        }

        if (settings.MinLength > settings.MaxLength)
            yield return ("min_length", "must not be above max_length");
    }
}
