using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Profiles.Server.Commands;

/// <summary>Options that are durations: a number followed by s, m, h or d.</summary>
internal static class DurationOption
{
    /// <summary>An option for at most <paramref name="maxDays"/> days.</summary>
    public static Option<TimeSpan?> Create(string name, string description, int maxDays) => new(name)
    {
        Description = $"{description}: a number followed by s, m, h or d",
        CustomParser = argument => Parse(argument, name, maxDays),
    };

    private static TimeSpan? Parse(ArgumentResult argument, string name, int maxDays)
    {
        var text = argument.Tokens.Count == 1 ? argument.Tokens[0].Value : string.Empty;
        var unit = text.Length == 0 ? 0 : text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86400, _ => 0 };
        var isNumber = int.TryParse(text.AsSpan(0, Math.Max(0, text.Length - 1)), NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        if (isNumber && unit > 0 && number > 0 && (long)number * unit <= maxDays * 86400L)
            return TimeSpan.FromSeconds((long)number * unit);
        argument.AddError($"{name} must be a number followed by s, m, h or d, such as 1h, and at most {maxDays}d");
        return null;
    }
}
