using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Profiles.Core.Rules;

namespace Profiles.Core.Limits;

/// <summary>
/// An allowance: a bucket of <see cref="Requests"/> tokens that fills evenly in <see cref="Window"/>, and of which each call
/// takes one. Written <c>6000/1m</c>.
/// </summary>
public sealed record RateLimit
{
    /// <summary>The most requests of a window.</summary>
    public const int MaxRequests = 1_000_000;

    /// <summary>The rule of the written form, in words that go on from a setting's name.</summary>
    public const string Rule = "must be requests and window such as 6000/1m: 1 to 1000000, and 1s to 1d in s, m, h or d";

    /// <summary>The shortest window.</summary>
    public static readonly TimeSpan MinWindow = TimeSpan.FromSeconds(1);

    /// <summary>The longest window.</summary>
    public static readonly TimeSpan MaxWindow = TimeSpan.FromDays(1);

    private const int NanosecondsPerTick = 100;

    // See Chunk.
    private const int ChunksOfBucket = 100;
    private const long ChunkNanoseconds = 250_000_000;

    /// <summary>Creates an allowance.</summary>
    /// <param name="requests">Calls in a window, 1–1,000,000; also how many may come at once.</param>
    /// <param name="window">One second to one day, in whole seconds.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of them breaks its rule.</exception>
    public RateLimit(int requests, TimeSpan window)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(requests, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(requests, MaxRequests);
        if (!IsWindow(window))
            throw new ArgumentOutOfRangeException(nameof(window), window, "A window has 1 second to 1 day, in whole seconds.");
        Requests = requests;
        Window = window;
    }

    /// <summary>Calls in a window; also how many may come at once.</summary>
    public int Requests { get; }

    /// <summary>How long an empty bucket takes to be full.</summary>
    public TimeSpan Window { get; }

    /// <summary>How long one token takes to come back, in nanoseconds.</summary>
    public long TokenNanoseconds => Window.Ticks * NanosecondsPerTick / Requests;

    /// <summary>
    /// How many tokens a server may hand out before it has told the other servers: a hundredth of the bucket, or what comes
    /// back in a quarter of a second where that is more, and at least one.
    /// </summary>
    public int Chunk =>
        (int)Math.Min(Requests, Math.Max(Math.Max(Requests / ChunksOfBucket, ChunkNanoseconds / TokenNanoseconds), 1));

    /// <summary>Reads the written form; false when <paramref name="text"/> breaks <see cref="Rule"/>.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out RateLimit? limit)
    {
        limit = null;
        var slash = text?.IndexOf('/', StringComparison.Ordinal) ?? -1;
        if (slash < 0
            || !int.TryParse(text.AsSpan(0, slash), NumberStyles.None, CultureInfo.InvariantCulture, out var requests)
            || requests is < 1 or > MaxRequests
            || !TryParseWindow(text.AsSpan(slash + 1), out var window))
        {
            return false;
        }

        limit = new RateLimit(requests, window);
        return true;
    }

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

    /// <summary>The written form, with the window in its largest whole unit.</summary>
    public override string ToString()
    {
        var seconds = (long)Window.TotalSeconds;
        var (count, unit) = seconds switch
        {
            _ when seconds % 86_400 == 0 => (seconds / 86_400, 'd'),
            _ when seconds % 3_600 == 0 => (seconds / 3_600, 'h'),
            _ when seconds % 60 == 0 => (seconds / 60, 'm'),
            _ => (seconds, 's'),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{Requests}/{count}{unit}");
    }

    private static bool TryParseWindow(ReadOnlySpan<char> text, out TimeSpan window)
    {
        window = default;
        if (text.Length < 2 || !int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            return false;
        var seconds = text[^1] switch { 's' => 1L, 'm' => 60L, 'h' => 3_600L, 'd' => 86_400L, _ => 0L };
        // Longer ones than there can be do not fit into a TimeSpan.
        window = TimeSpan.FromSeconds(Math.Min(count * seconds, (long)MaxWindow.TotalSeconds + 1));
        return IsWindow(window);
    }

    private static bool IsWindow(TimeSpan window) =>
        window >= MinWindow && window <= MaxWindow && window.Ticks % TimeSpan.TicksPerSecond == 0;
}
