using Profiles.Core.Access;

namespace Profiles.Server.Tokens;

/// <summary>What came of checking a token.</summary>
/// <param name="Fault">What is wrong with it: for the log, not for the caller.</param>
/// <param name="Caller">Who is calling; null unless nothing is wrong.</param>
/// <param name="Issuer">Who issued the token, if it is somebody who is trusted. Unless nothing is wrong, it only says so.</param>
internal readonly record struct TokenCheck(TokenFault Fault, Caller? Caller = null, TrustedIssuer? Issuer = null);
