using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Profiles.Server.Tokens;

/// <summary>A name that follows from the key itself: the hash of its required members, in order (RFC 7638).</summary>
internal static class JsonWebKeyThumbprint
{
    /// <summary>The SHA-256 thumbprint of a key on P-256, in base64url.</summary>
    public static string Of(ECPoint point) =>
        Hash($$"""{"crv":"P-256","kty":"EC","x":"{{Text(point.X)}}","y":"{{Text(point.Y)}}"}""");

    /// <summary>The SHA-256 thumbprint of an RSA key, in base64url.</summary>
    public static string Of(RSAParameters key) =>
        Hash($$"""{"e":"{{Text(key.Exponent)}}","kty":"RSA","n":"{{Text(key.Modulus)}}"}""");

    private static string Text(byte[]? bytes) => Base64Url.EncodeToString(bytes);

    private static string Hash(string members) => Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(members)));
}
