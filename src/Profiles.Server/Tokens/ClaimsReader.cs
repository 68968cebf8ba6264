using System.Collections.Frozen;
using System.Text.Json;
using Profiles.Core.Access;
using Profiles.Core.Identity;
using Profiles.Core.Rules;

namespace Profiles.Server.Tokens;

/// <summary>
/// Reads who a token speaks for, if it is in its time and meant for us:
/// <list type="bullet">
/// <item><c>exp</c> (required), <c>nbf</c>: seconds since 1970, with 60 seconds of leeway either way (RFC 7519, 4.1).</item>
/// <item><c>aud</c> (required): our audience, alone or in an array.</item>
/// <item><c>sub</c> (required): the user or service, at most 255 characters.</item>
/// <item><c>org</c> (required): the organization.</item>
/// <item><c>permissions</c>: an array of texts, at most 64; absent for a user who has none.</item>
/// </list>
/// </summary>
/// <param name="clock">Tells the time.</param>
internal sealed class ClaimsReader(TimeProvider clock)
{
    /// <summary>How far the issuer's clock may be from ours, in seconds.</summary>
    public const int LeewaySeconds = 60;

    /// <summary>The most permissions that a token may have.</summary>
    public const int MaxPermissions = 64;

    /// <summary>The most characters that a permission may have.</summary>
    public const int MaxPermissionLength = 128;

    private const int MaxSubjectLength = 255;

    private static readonly FrozenSet<string> NoPermissions = FrozenSet<string>.Empty;

    /// <summary>The caller; null when a claim is missing, malformed or against us.</summary>
    public Caller? Read(JsonElement claims, TrustedIssuer issuer)
    {
        if (!IsInTime(claims) || !IsFor(claims, issuer.Audience))
            return null;
        if (StrictJson.GetString(claims, "sub") is not { Length: > 0 } subject
            || TextRules.Plain(subject, MaxSubjectLength) is not null
            || !OrganizationId.TryParse(StrictJson.GetString(claims, "org"), out var organization)
            || ReadPermissions(claims) is not { } permissions)
        {
            return null;
        }

        return new Caller(organization, subject, permissions);
    }

    private bool IsInTime(JsonElement claims)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;
        if (!TryReadTime(claims, "exp", out var expires) || expires is null || now >= expires + LeewaySeconds)
            return false;
        if (!TryReadTime(claims, "nbf", out var notBefore) || notBefore - LeewaySeconds > now)
            return false;
        return TryReadTime(claims, "iat", out _);
    }

    // False when it is there and is no time. Fractions are allowed (RFC 7519, section 2, NumericDate).
    private static bool TryReadTime(JsonElement claims, string name, out double? time)
    {
        time = null;
        if (!claims.TryGetProperty(name, out var value))
            return true;
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out var seconds) || !double.IsFinite(seconds))
            return false;
        time = seconds;
        return seconds >= 0;
    }

    private static bool IsFor(JsonElement claims, string audience)
    {
        if (!claims.TryGetProperty("aud", out var value))
            return false;
        if (value.ValueKind != JsonValueKind.Array)
            return StrictJson.AsString(value) == audience;

        foreach (var entry in value.EnumerateArray())
        {
            if (StrictJson.AsString(entry) == audience)
                return true;
        }

        return false;
    }

    private static FrozenSet<string>? ReadPermissions(JsonElement claims)
    {
        if (!claims.TryGetProperty("permissions", out var value))
            return NoPermissions;
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() > MaxPermissions)
            return null;

        var permissions = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in value.EnumerateArray())
        {
            if (StrictJson.AsString(entry) is not { Length: > 0 and <= MaxPermissionLength } permission)
                return null;
            permissions.Add(permission);
        }

        return permissions.ToFrozenSet(StringComparer.Ordinal);
    }
}
