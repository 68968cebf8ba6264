using System.Globalization;

namespace Profiles.Core.Rules;

/// <summary>Rules for lengths of time, given as <c>google.protobuf.Duration</c> gives them.</summary>
public static class DurationRule
{
    /// <summary>Whole seconds from <paramref name="min"/> to <paramref name="max"/>, both included.</summary>
    public static string? WholeSeconds(long seconds, int nanos, TimeSpan min, TimeSpan max)
    {
        if (nanos != 0)
            return "must be in whole seconds";
        return seconds >= (long)min.TotalSeconds && seconds <= (long)max.TotalSeconds
            ? null
            : string.Create(
                CultureInfo.InvariantCulture, $"must be from {min.TotalSeconds:0} to {max.TotalSeconds:0} seconds, yet is {seconds} seconds");
    }
}
