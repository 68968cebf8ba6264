using Profiles.Core.Rules;

namespace Profiles.Core.Limits;

/// <summary>An allowance: a bucket of tokens that fills evenly, and of which each call takes one.</summary>
/// <param name="Requests">Calls in a window, from 1 to <see cref="MaxRequests"/>; also how many may come at once.</param>
/// <param name="Window">The window, from <see cref="MinWindow"/> to <see cref="MaxWindow"/>, in whole seconds.</param>
public sealed record RateLimit(int Requests, TimeSpan Window)
{
    /// <summary>The most calls in a window.</summary>
    public const int MaxRequests = 1_000_000;

    /// <summary>The shortest window.</summary>
    public static readonly TimeSpan MinWindow = TimeSpan.FromSeconds(1);

    /// <summary>The longest window.</summary>
    public static readonly TimeSpan MaxWindow = TimeSpan.FromDays(1);

    /// <summary>Reads an allowance as a caller gives it; null when rules are broken.</summary>
    /// <param name="path">Its field in the request.</param>
    /// <param name="requests">Calls in a window.</param>
    /// <param name="window">The window; null when it is not given.</param>
    /// <param name="violate">Takes each broken rule: the field, and the rule.</param>
    public static RateLimit? Read(string path, int requests, (long Seconds, int Nanos)? window, Action<string, string> violate)
    {
        var brokenRequests = NumberRules.InRange(requests, 1, MaxRequests);
        var brokenWindow = window is { } given
            ? DurationRule.WholeSeconds(given.Seconds, given.Nanos, MinWindow, MaxWindow)
            : "is required";
        if (brokenRequests is not null)
            violate($"{path}.requests", brokenRequests);
        if (brokenWindow is not null)
            violate($"{path}.window", brokenWindow);
        return brokenRequests is null && brokenWindow is null ? new RateLimit(requests, TimeSpan.FromSeconds(window!.Value.Seconds)) : null;
    }
}
