using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using Profiles.Core.Access;
using Profiles.Core.Errors;

namespace Profiles.Server.Tokens;

/// <summary>
/// Checks bearer tokens: JSON Web Tokens (RFC 7519) in compact form (RFC 7515), signed with ES256 or RS256 (RFC 7518), by the
/// advice of RFC 8725. Whatever is wrong, the caller reads the same sentence.
/// </summary>
/// <param name="issuers">Whose tokens are good.</param>
/// <param name="clock">Tells whether a token is in its time.</param>
internal sealed class TokenValidator(IReadOnlyList<TrustedIssuer> issuers, TimeProvider clock)
{
    /// <summary>The longest token that is looked at, in characters.</summary>
    public const int MaxLength = 8 * 1024;

    private readonly FrozenDictionary<string, TrustedIssuer> issuers =
        issuers.ToFrozenDictionary(issuer => issuer.Name, StringComparer.Ordinal);

    private readonly ClaimsReader claims = new(clock);

    /// <summary>Whose token it is.</summary>
    /// <exception cref="ProfilesException">The token is not good (<see cref="ErrorReason.CredentialInvalid"/>).</exception>
    public Caller Validate(string token) =>
        TryValidate(token)
        ?? throw new ProfilesException(ErrorReason.CredentialInvalid, "The bearer token is not valid, or no longer.");

    private Caller? TryValidate(string token)
    {
        if (token.Length > MaxLength || !CompactToken.TryRead(token, out var parts))
            return null;

        using var header = StrictJson.ReadObject(parts.Header);
        using var payload = StrictJson.ReadObject(parts.Payload);
        if (header is null || payload is null)
            return null;
        if (FindIssuer(payload.RootElement) is not { } issuer || FindKey(issuer, header.RootElement) is not { } key)
            return null;
        return key.Verify(parts.SignedBytes, parts.Signature) ? claims.Read(payload.RootElement, issuer) : null;
    }

    private TrustedIssuer? FindIssuer(JsonElement payload) =>
        StrictJson.GetString(payload, "iss") is { } name ? issuers.GetValueOrDefault(name) : null;

    // Only the issuer's own key of that id counts, and only with the algorithm that the key is for: what the token says about
    // keys and algorithms chooses nothing.
    private static VerificationKey? FindKey(TrustedIssuer issuer, JsonElement header)
    {
        if (header.TryGetProperty("crit", out _) || !IsTokenType(header))
            return null;
        return StrictJson.GetString(header, "kid") is { } id
            && issuer.Keys.TryGetValue(id, out var key)
            && StrictJson.GetString(header, "alg") == key.Algorithm
                ? key
                : null;
    }

    private static bool IsTokenType(JsonElement header) =>
        !header.TryGetProperty("typ", out var type)
        || (StrictJson.AsString(type) is { } name
            && (name.Equals("JWT", StringComparison.OrdinalIgnoreCase)
                || name.Equals("at+jwt", StringComparison.OrdinalIgnoreCase)));
}
