namespace Profiles.Transcoding.Calls;

/// <summary>The header <c>grpc-timeout</c>: up to eight digits and a unit (gRPC over HTTP/2, "Timeout").</summary>
internal static class GrpcTimeout
{
    public const string Header = "grpc-timeout";

    // What a timer can hold; nobody waits so long.
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(24);

    public static bool TryParse(string text, out TimeSpan timeout)
    {
        timeout = default;
        if (text.Length is < 2 or > 9 || TicksOf(text[^1]) is not { } ticks) return false;

        long amount = 0;
        foreach (var digit in text.AsSpan(..^1))
        {
            if (!char.IsAsciiDigit(digit)) return false;
            amount = amount * 10 + (digit - '0');
        }

        timeout = TimeSpan.FromTicks((long)Math.Min(amount * ticks, s_longest.Ticks));
        return true;
    }

    private static double? TicksOf(char unit) => unit switch
    {
        'H' => TimeSpan.TicksPerHour,
        'M' => TimeSpan.TicksPerMinute,
        'S' => TimeSpan.TicksPerSecond,
        'm' => TimeSpan.TicksPerMillisecond,
        'u' => TimeSpan.TicksPerMicrosecond,
        'n' => 0.01,
        _ => null,
    };
}
