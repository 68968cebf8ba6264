using System.Runtime.InteropServices;
using System.Text.Json;

namespace Profiles.Server.Tokens;

/// <summary>
/// A token's times (RFC 7519, sections 4.1.4–4.1.6): seconds since 1970 in UTC, with fractions if the issuer likes. An expiry
/// is required; <c>nbf</c> and <c>iat</c> are not, and neither may lie in the future.
/// </summary>
/// <param name="Expiry">When it expires: <c>exp</c>.</param>
/// <param name="Start">When it begins: the later one of <c>nbf</c> and <c>iat</c>, 0 without them.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TokenTimes(double Expiry, double Start)
{
    /// <summary>How far the clocks of an issuer and of this server may differ.</summary>
    public static readonly TimeSpan Leeway = TimeSpan.FromSeconds(60);

    // The end of the year 9999: no date goes beyond it, and doubles are still exact to a millisecond.
    private const double LastSecond = 253_402_300_799;

    /// <summary>Reads the times of a payload; false when one is missing or makes no sense.</summary>
    public static bool TryRead(JsonElement claims, out TokenTimes times)
    {
        times = default;
        if (!TryRead(claims, "exp", out var expiry) || !TryRead(claims, "nbf", out var start)
            || !TryRead(claims, "iat", out var issued) || expiry is null)
        {
            return false;
        }
        times = new TokenTimes(expiry.Value, Math.Max(start ?? 0, issued ?? 0));
        return true;
    }

    /// <summary>Compares the times with the present.</summary>
    public TokenFault Check(DateTimeOffset now)
    {
        var seconds = (now - DateTimeOffset.UnixEpoch).TotalSeconds;
        if (seconds >= Expiry + Leeway.TotalSeconds)
            return TokenFault.Expired;
        return Start > seconds + Leeway.TotalSeconds ? TokenFault.NotYetValid : TokenFault.None;
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
