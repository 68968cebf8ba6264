using Profiles.Server.Tokens.Claims;
using Profiles.Server.Tokens.Keys;

namespace Profiles.Server.Tokens;

/// <summary>Somebody whose tokens are taken.</summary>
/// <param name="Name">What <c>iss</c> must say, byte by byte (RFC 7519, section 4.1.1).</param>
/// <param name="Audience">What <c>aud</c> must contain: that the tokens are made for this service.</param>
/// <param name="Keys">The keys that the issuer signs with. A key counts for its own issuer's tokens only.</param>
/// <param name="Claims">Where its tokens say whom they speak for.</param>
internal sealed record TrustedIssuer(string Name, string Audience, IssuerKeys Keys, ClaimRules Claims)
{
    /// <summary>The audience unless the settings name one.</summary>
    public const string DefaultAudience = "profiles";
}
