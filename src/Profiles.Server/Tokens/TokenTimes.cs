using System.Text.Json;

namespace Profiles.Server.Tokens;

/// <summary>
/// A token's times (RFC 7519, sections 4.1.4–4.1.6): seconds since 1970 in UTC, with fractions if the issuer likes. An expiry
/// is required; <c>nbf</c> and <c>iat</c> are not, and neither may lie in the future.
/// </summary>
internal static class TokenTimes
{
    /// <summary>How far the clocks of an issuer and of this server may differ.</summary>
    public static readonly TimeSpan Leeway = TimeSpan.FromSeconds(60);

    // The end of the year 9999: no date goes beyond it, and doubles are still exact to a millisecond.
    private const double LastSecond = 253_402_300_799;

    /// <summary>Checks the times of a payload against the present.</summary>
    public static TokenFault Check(JsonElement claims, DateTimeOffset now)
    {
        if (!TryRead(claims, "exp", out var expiry) || !TryRead(claims, "nbf", out var start)
            || !TryRead(claims, "iat", out var issued) || expiry is null)
        {
            return TokenFault.Time;
        }
        var seconds = (now - DateTimeOffset.UnixEpoch).TotalSeconds;
        if (seconds >= expiry + Leeway.TotalSeconds)
            return TokenFault.Expired;
        var latestStart = seconds + Leeway.TotalSeconds;
        return start > latestStart || issued > latestStart ? TokenFault.NotYetValid : TokenFault.None;
    }

    private static bool TryRead(JsonElement claims, string name, out double? seconds)
    {
        seconds = null;
        if (!claims.TryGetProperty(name, out var value))
            return true;
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out var number))
            return false;
        seconds = number;
        // Infinity, which 1e400 becomes, is beyond the range too.
        return number is >= 0 and <= LastSecond;
    }
}
