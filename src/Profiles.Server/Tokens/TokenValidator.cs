using System.Collections.Frozen;
using System.Text.Json;
using Profiles.Core.Access;
using Profiles.Core.Errors;
using Profiles.Server.Tokens.Cache;
using Profiles.Server.Tokens.Claims;

namespace Profiles.Server.Tokens;

/// <summary>
/// Checks bearer tokens: JSON Web Tokens (RFC 7519) signed with ES256 or RS256 (RFC 7515, RFC 7518) by a trusted issuer, as
/// strictly as RFC 8725 advises. Whatever is not understood is refused: other algorithms, encryption, critical extensions, keys
/// that a token brings along. Safe to use from many threads.
/// </summary>
/// <param name="issuers">Whose tokens are taken, each name once; none means that no token is valid.</param>
/// <param name="clock">Tells what is expired.</param>
internal sealed class TokenValidator(IEnumerable<TrustedIssuer> issuers, TimeProvider clock)
{
    /// <summary>The most characters in a token.</summary>
    public const int MaxLength = 8 * 1024;

    // About as long as it takes until the issuer is asked again.
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    private readonly FrozenDictionary<string, TrustedIssuer> issuers =
        issuers.ToDictionary(issuer => issuer.Name, StringComparer.Ordinal).ToFrozenDictionary(StringComparer.Ordinal);

    private readonly TokenCache cache = new();

    /// <summary>Whose tokens are taken.</summary>
    public IReadOnlyList<TrustedIssuer> Issuers => issuers.Values;

    /// <summary>
    /// The failure that a caller sees. It tells whether the token is bad or cannot be checked now, and never what is wrong with it.
    /// </summary>
    public static ProfilesException Refused(TokenFault fault) =>
        fault == TokenFault.KeysUnavailable
            ? new(ErrorReason.IssuerUnavailable, "The credential cannot be checked: its issuer cannot be reached at the moment. Try again.")
            {
                RetryAfter = RetryAfter,
            }
            : new(ErrorReason.CredentialInvalid, "The credential is not valid.");

    /// <summary>
    /// Checks a token. Completes at once unless its key is not there: then the issuer is asked for new ones, within the limits of
    /// <see cref="Keys.RefreshedKeys"/>.
    /// </summary>
    /// <param name="token">The token, without a scheme such as <c>Bearer</c>.</param>
    public ValueTask<TokenCheck> CheckAsync(string token)
    {
        var check = Check(token);
        return check.Fault is TokenFault.KeysUnavailable or TokenFault.KeyUnknown
            ? CheckAgainAsync(token, check.Issuer!)
            : new(check);
    }

    /// <summary>Checks a token with the keys at hand.</summary>
    /// <param name="token">The token, without a scheme such as <c>Bearer</c>.</param>
    public TokenCheck Check(ReadOnlySpan<char> token)
    {
        if (token.Length > MaxLength)
            return new(TokenFault.TooLong);
        var digest = TokenDigest.Of(token);
        if (cache.Find(digest) is { HasCurrentKeys: true } known)
            return known.Check(clock.GetUtcNow());
        using var parts = CompactToken.TryDecode(token);
        if (parts is null)
            return new(TokenFault.Form);
        var fault = TokenHeader.Read(parts.Header, out var header);
        if (fault != TokenFault.None)
            return new(fault);
        using var payload = StrictJson.TryReadObject(parts.Payload);
        return payload is null ? new(TokenFault.Payload) : Check(digest, parts, header, payload.RootElement);
    }

    private async ValueTask<TokenCheck> CheckAgainAsync(string token, TrustedIssuer issuer)
    {
        var isCertain = await issuer.Keys.RefreshAsync();
        var check = Check(token);
        return check.Fault == TokenFault.KeyUnknown && !isCertain ? check with { Fault = TokenFault.KeysUnavailable } : check;
    }

    // The claims are read before the signature is checked, but only to find the key: nothing else relies on them.
    private TokenCheck Check(TokenDigest digest, CompactToken parts, TokenHeader header, JsonElement claims)
    {
        if (StrictJson.Text(claims, "iss") is not { } name || !issuers.TryGetValue(name, out var issuer))
            return new(TokenFault.Issuer);
        if (issuer.Keys.Current is not { } keys)
            return new(TokenFault.KeysUnavailable, Issuer: issuer);
        var fault = CheckSignature(parts, header, keys);
        if (fault != TokenFault.None)
            return new(fault, Issuer: issuer);
        fault = CheckClaims(claims, issuer, out var times, out var caller);
        if (fault == TokenFault.None)
            cache.Add(digest, new VerifiedToken(issuer, keys, times, caller!));
        return new(fault, caller, issuer);
    }

    private TokenFault CheckClaims(JsonElement claims, TrustedIssuer issuer, out TokenTimes times, out Caller? caller)
    {
        (times, caller) = (default, null);
        if (!TokenClaims.IsFor(claims, issuer.Audience))
            return TokenFault.Audience;
        if (!TokenTimes.TryRead(claims, out times))
            return TokenFault.Time;
        var fault = times.Check(clock.GetUtcNow());
        return fault == TokenFault.None ? TokenClaims.ReadCaller(claims, issuer.Claims, out caller) : fault;
    }

    // The key decides the algorithm and the header has to agree: else a public key could be passed off as another kind of key.
    private static TokenFault CheckSignature(CompactToken parts, TokenHeader header, JsonWebKeySet keys)
    {
        if (keys.Find(header.KeyId) is not { } key)
            return TokenFault.KeyUnknown;
        if (key.Algorithm != header.Algorithm)
            return TokenFault.KeyMismatch;
        return key.Verify(parts.SigningInput.Span, parts.Signature.Span) ? TokenFault.None : TokenFault.Signature;
    }
}
