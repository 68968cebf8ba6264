namespace Profiles.Server.Tokens;

/// <summary>Somebody whose tokens are taken.</summary>
/// <param name="Name">What <c>iss</c> must say, byte by byte (RFC 7519, section 4.1.1).</param>
/// <param name="Audience">What <c>aud</c> must contain: that the tokens are made for this service.</param>
/// <param name="Keys">The keys that the issuer signs with. A key counts for its own issuer's tokens only.</param>
internal sealed record TrustedIssuer(string Name, string Audience, JsonWebKeySet Keys);
