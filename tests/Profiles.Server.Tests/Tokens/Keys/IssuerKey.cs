using System.Security.Cryptography;

namespace Profiles.Server.Tests.Tokens.Keys;

/// <summary>A key that an issuer signs with.</summary>
internal sealed class IssuerKey(string id)
{
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>The public key as a JWK.</summary>
    public string Jwk => TestIssuer.EcJwk(id, key.ExportParameters(false).Q);

    /// <summary>A JWK Set of keys.</summary>
    public static string Set(params IEnumerable<IssuerKey> keys) => $$"""{"keys":[{{string.Join(',', keys.Select(key => key.Jwk))}}]}""";

    /// <summary>A good token of <see cref="TestIssuer.Name"/>, or one with another payload.</summary>
    public string Token(string? payload = null) => TestIssuer.Es256($$"""{"alg":"ES256","kid":"{{id}}"}""", payload, key);
}
