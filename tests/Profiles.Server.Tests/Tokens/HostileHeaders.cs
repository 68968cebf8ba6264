using System.Buffers.Text;
using System.Text;
using Profiles.Server.Tokens;
using static Profiles.Server.Tests.Tokens.TestIssuer;

namespace Profiles.Server.Tests.Tokens;

/// <summary>Tokens whose headers ask for what must not be done.</summary>
internal static class HostileHeaders
{
    public static IEnumerable<HostileToken> All { get; } = [.. Headers(), .. Keys()];

    private static IEnumerable<HostileToken> Headers()
    {
        yield return new(TokenFault.Header, "not JSON", Es256(header: "alg=ES256"));
        yield return new(TokenFault.Header, "an array", Es256(header: """[{"alg":"ES256","kid":"ec"}]"""));
        yield return new(TokenFault.Header, "a text", Es256(header: "\"ES256\""));
        yield return new(TokenFault.Header, "null", Es256(header: "null"));
        yield return new(TokenFault.Header, "two objects", Es256(header: Header + Header));
        yield return new(TokenFault.Header, "an open end", Es256(header: Header[..^1]));
        yield return new(TokenFault.Header, "a comment", Es256(header: "/**/" + Header));
        yield return new(TokenFault.Header, "a comma at the end",
            Es256(header: Header.Replace("}", ",}", StringComparison.Ordinal)));
        yield return new(TokenFault.Header, "a byte order mark", Es256(header: "\uFEFF" + Header));
        yield return new(TokenFault.Header, "algorithm twice", Es256(header: """{"alg":"none","alg":"ES256","kid":"ec"}"""));
        yield return new(TokenFault.Header, "algorithm twice, once escaped",
            Es256(header: """{"alg":"ES256","kid":"ec","\u0061lg":"none"}"""));
        yield return new(TokenFault.Header, "an unknown member twice",
            Es256(header: """{"alg":"ES256","kid":"ec","x":1,"x":1}"""));
        yield return new(TokenFault.Header, "nested too deep", WithHeader("x", HostileTokens.Nested(StrictJson.MaxDepth)));
        yield return new(TokenFault.Header, "UTF-8 cut short", WithBytes(0xC3));
        yield return new(TokenFault.Header, "overlong UTF-8 in a text",
            WithBytes(0xC0, 0xAF));
        yield return new(TokenFault.Header, "half a surrogate pair in a name",
            Es256(header: """{"alg":"ES256","kid":"ec","\ud800":1,"\ud800":2}"""));

        yield return new(TokenFault.Algorithm, "none", WithHeader("alg", "\"none\""));
        yield return new(TokenFault.Algorithm, "None", WithHeader("alg", "\"None\""));
        yield return new(TokenFault.Algorithm, "NONE", WithHeader("alg", "\"NONE\""));
        yield return new(TokenFault.Algorithm, "nOnE with any signature",
            $"{Part("""{"alg":"nOnE","kid":"ec"}""")}.{Part(Payload)}.AA");
        yield return new(TokenFault.Algorithm, "no algorithm", WithHeader("alg", null));
        yield return new(TokenFault.Algorithm, "empty algorithm", WithHeader("alg", "\"\""));
        yield return new(TokenFault.Algorithm, "algorithm is null", WithHeader("alg", "null"));
        yield return new(TokenFault.Algorithm, "algorithm is an array", WithHeader("alg", """["ES256"]"""));
        yield return new(TokenFault.Algorithm, "algorithm in small letters", WithHeader("alg", "\"es256\""));
        yield return new(TokenFault.Algorithm, "algorithm with a space", WithHeader("alg", "\"ES256 \""));
        yield return new(TokenFault.Algorithm, "half a surrogate pair", WithHeader("alg", "\"\\ud800\""));
        yield return new(TokenFault.Algorithm, "member's name in capitals", Es256(header: """{"ALG":"ES256","kid":"ec"}"""));
        foreach (var other in (string[])["ES256K", "ES384", "ES512", "RS384", "RS512", "PS256", "EdDSA", "HS384", "dir"])
            yield return new(TokenFault.Algorithm, other, WithHeader("alg", $"\"{other}\""));

        foreach (var (what, secret) in PublicKeysAsSecrets())
        {
            yield return new(TokenFault.Algorithm, $"HS256 with the public {what} as the secret",
                Hs256("""{"alg":"HS256","kid":"rsa"}""", secret));
            yield return new(TokenFault.Signature, $"said to be RS256, HMAC with the public {what} as the secret",
                Hs256("""{"alg":"RS256","kid":"rsa"}""", secret));
        }

        foreach (var type in (string[])
        [
            "\"JWE\"", "\"JOSE\"", "\"dpop+jwt\"", "\"logout+jwt\"", "\"\"", "null", "1", "\"text/JWT\"", "[\"JWT\"]",
        ])
        {
            yield return new(TokenFault.Type, $"type {type}", WithHeader("typ", type));
        }

        yield return new(TokenFault.CriticalExtension, "an extension we would have to know", WithHeader("crit", """["exp"]"""));
        yield return new(TokenFault.CriticalExtension, "unencoded payload (RFC 7797)",
            Es256(header: """{"alg":"ES256","kid":"ec","b64":false,"crit":["b64"]}"""));
        yield return new(TokenFault.CriticalExtension, "no extension, which RFC 7515 forbids too", WithHeader("crit", "[]"));
        yield return new(TokenFault.CriticalExtension, "null", WithHeader("crit", "null"));

        yield return new(TokenFault.KeyMissing, "no key id", WithHeader("kid", null));
        yield return new(TokenFault.KeyMissing, "empty key id", WithHeader("kid", "\"\""));
        yield return new(TokenFault.KeyMissing, "key id is a number", WithHeader("kid", "1"));
        yield return new(TokenFault.KeyMissing, "key id is an array", WithHeader("kid", """["ec"]"""));
        yield return new(TokenFault.KeyMissing, "key id is half a surrogate pair", WithHeader("kid", "\"\\udc00\""));
    }

    private static IEnumerable<HostileToken> Keys()
    {
        yield return new(TokenFault.Issuer, "another issuer", WithClaim("iss", "\"https://evil.example/\""));
        yield return new(TokenFault.Issuer, "no issuer", WithClaim("iss", null));
        yield return new(TokenFault.Issuer, "empty issuer", WithClaim("iss", "\"\""));
        yield return new(TokenFault.Issuer, "issuer in an array", WithClaim("iss", $"[\"{Name}\"]"));
        yield return new(TokenFault.Issuer, "issuer without its slash", WithClaim("iss", $"\"{Name.TrimEnd('/')}\""));
        yield return new(TokenFault.Issuer, "issuer in capitals", WithClaim("iss", $"\"{Name.ToUpperInvariant()}\""));
        yield return new(TokenFault.Issuer, "issuer and more", WithClaim("iss", $"\"{Name}.evil.example\""));
        yield return new(TokenFault.Issuer, "issuer is half a surrogate pair", WithClaim("iss", "\"\\ud800\""));

        yield return new(TokenFault.KeyUnknown, "unknown key", WithHeader("kid", "\"other\""));
        yield return new(TokenFault.KeyUnknown, "key id in capitals", WithHeader("kid", "\"EC\""));
        yield return new(TokenFault.KeyUnknown, "key id that is a path", WithHeader("kid", "\"../../../dev/null\""));
        yield return new(TokenFault.KeyUnknown, "key id that is SQL", WithHeader("kid", "\"x' UNION SELECT 'secret\""));
        yield return new(TokenFault.KeyUnknown, "a key of another issuer's",
            Es256("""{"alg":"ES256","kid":"rsa"}""", With(Payload, "iss", $"\"{OtherName}\"")));

        yield return new(TokenFault.KeyMismatch, "ES256 with an RSA key", WithHeader("kid", "\"rsa\""));
        yield return new(TokenFault.KeyMismatch, "ES256 said, signed with RS256",
            Rs256(header: """{"alg":"ES256","kid":"rsa"}"""));
        yield return new(TokenFault.KeyMismatch, "RS256 with an EC key", WithHeader("alg", "\"RS256\""));
        yield return new(TokenFault.KeyMismatch, "RS256 said and signed, with the EC key's id",
            Rs256(header: """{"alg":"RS256","kid":"ec"}"""));
    }

    private static string WithBytes(params byte[] bytes)
    {
        byte[] header = [.. "{\"alg\":\"ES256\",\"kid\":\"ec\",\"x\":\""u8, .. bytes, .. "\"}"u8];
        return Signed(Base64Url.EncodeToString(header), Part(Payload));
    }

    private static IEnumerable<(string What, byte[] Secret)> PublicKeysAsSecrets()
    {
        yield return ("key (PEM)", Encoding.ASCII.GetBytes(RsaKey.ExportSubjectPublicKeyInfoPem()));
        yield return ("key (PEM, with a line break)", Encoding.ASCII.GetBytes(RsaKey.ExportSubjectPublicKeyInfoPem() + "\n"));
        yield return ("key (DER)", RsaKey.ExportSubjectPublicKeyInfo());
        yield return ("key (PKCS#1)", RsaKey.ExportRSAPublicKey());
        yield return ("modulus", RsaKey.ExportParameters(false).Modulus!);
        yield return ("key (nothing)", []);
    }
}
