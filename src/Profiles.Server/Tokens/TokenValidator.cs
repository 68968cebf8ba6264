using System.Collections.Frozen;
using System.Text.Json;
using Profiles.Core.Access;
using Profiles.Core.Errors;

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

    private readonly FrozenDictionary<string, TrustedIssuer> issuers =
        issuers.ToDictionary(issuer => issuer.Name, StringComparer.Ordinal).ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The failure that a caller sees, whatever is wrong with its token.</summary>
    public static ProfilesException Refused() => new(ErrorReason.CredentialInvalid, "The credential is not valid.");

    /// <summary>Tells who is calling.</summary>
    /// <param name="token">The token, without a scheme such as <c>Bearer</c>.</param>
    /// <exception cref="ProfilesException">The token is not valid (<see cref="ErrorReason.CredentialInvalid"/>).</exception>
    public Caller Validate(ReadOnlySpan<char> token) =>
        Check(token, out var caller) == TokenFault.None ? caller! : throw Refused();

    /// <summary>Tells who is calling, or what is wrong with the token: for the log, not for the caller.</summary>
    /// <param name="token">The token, without a scheme such as <c>Bearer</c>.</param>
    /// <param name="caller">The caller; null unless the result is <see cref="TokenFault.None"/>.</param>
    public TokenFault Check(ReadOnlySpan<char> token, out Caller? caller)
    {
        caller = null;
        if (token.Length > MaxLength)
            return TokenFault.TooLong;
        using var parts = CompactToken.TryDecode(token);
        if (parts is null)
            return TokenFault.Form;
        var fault = TokenHeader.Read(parts.Header, out var header);
        if (fault != TokenFault.None)
            return fault;
        using var payload = StrictJson.TryReadObject(parts.Payload);
        return payload is null ? TokenFault.Payload : Check(parts, header, payload.RootElement, out caller);
    }

    // The claims are read before the signature is checked, but only to find the key: nothing else relies on them.
    private TokenFault Check(CompactToken parts, TokenHeader header, JsonElement claims, out Caller? caller)
    {
        caller = null;
        if (StrictJson.Text(claims, "iss") is not { } name || !issuers.TryGetValue(name, out var issuer))
            return TokenFault.Issuer;
        var fault = CheckSignature(parts, header, issuer.Keys);
        if (fault != TokenFault.None)
            return fault;
        if (!TokenClaims.IsFor(claims, issuer.Audience))
            return TokenFault.Audience;
        fault = TokenTimes.Check(claims, clock.GetUtcNow());
        return fault == TokenFault.None ? TokenClaims.ReadCaller(claims, out caller) : fault;
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
