using Profiles.Core.Access;

namespace Profiles.Server.Tokens.Cache;

/// <summary>What a token said when its signature was verified, apart from the time.</summary>
/// <param name="Issuer">Who issued it.</param>
/// <param name="Keys">The keys that it was verified with.</param>
/// <param name="Times">When it is valid.</param>
/// <param name="Caller">Whom it speaks for.</param>
internal sealed record VerifiedToken(TrustedIssuer Issuer, JsonWebKeySet Keys, TokenTimes Times, Caller Caller)
{
    /// <summary>Whether the issuer's keys are still the same.</summary>
    public bool HasCurrentKeys => ReferenceEquals(Issuer.Keys.Current, Keys);

    /// <summary>What the token is worth now.</summary>
    public TokenCheck Check(DateTimeOffset now) =>
        Times.Check(now) is var fault && fault == TokenFault.None
            ? new TokenCheck(TokenFault.None, Caller, Issuer)
            : new TokenCheck(fault, Issuer: Issuer);
}
