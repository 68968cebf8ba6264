using System.Globalization;

namespace Profiles.Core.Rules;

/// <summary>Rules for numbers.</summary>
public static class NumberRules
{
    /// <summary>A whole number from <paramref name="min"/> to <paramref name="max"/>, both included.</summary>
    public static string? InRange(int value, int min, int max) =>
        value >= min && value <= max
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"must be from {min} to {max}, yet is {value}");
}
