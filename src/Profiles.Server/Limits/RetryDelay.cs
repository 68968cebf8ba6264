using System.Globalization;

namespace Profiles.Server.Limits;

/// <summary>Delays as headers have them: whole units, rounded up, so that who waits so long is not too early.</summary>
internal static class RetryDelay
{
    /// <summary>For <c>Retry-After</c> (RFC 9110, section 10.2.3): one second at least.</summary>
    public static string InSeconds(TimeSpan delay) => Format(Seconds(delay));

    /// <summary>The same as a number.</summary>
    public static long Seconds(TimeSpan delay) => Math.Max((long)Math.Ceiling(delay.TotalSeconds), 1);

    /// <summary>For <c>grpc-retry-pushback-ms</c>: one millisecond at least.</summary>
    public static string InMilliseconds(TimeSpan delay) => Format(Math.Max((long)Math.Ceiling(delay.TotalMilliseconds), 1));

    private static string Format(long number) => number.ToString(CultureInfo.InvariantCulture);
}
