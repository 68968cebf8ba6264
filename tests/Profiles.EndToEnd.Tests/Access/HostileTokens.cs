using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Profiles.EndToEnd.Tests.Harness;

namespace Profiles.EndToEnd.Tests.Access;

/// <summary>Tokens that must not be accepted. Each function makes one for an organization in which the user alice exists.</summary>
internal static class HostileTokens
{
    private static TokenMint Mint => SharedServer.Mint;

    public static IEnumerable<TestCaseData> All() => [.. Shapes(), .. Claims(), .. Headers(), .. Signatures()];

    private static IEnumerable<TestCaseData> Shapes()
    {
        yield return Case("empty", _ => string.Empty);
        yield return Case("a word", _ => "secret");
        yield return Case("two parts", organization => Good(organization)[..Good(organization).LastIndexOf('.')]);
        yield return Case("four parts", organization => Good(organization) + ".e30");
        yield return Case("empty parts", _ => "..");
        yield return Case("garbage in three parts", _ => "!!!.???.###");
        yield return Case("JSON that is none", _ => Mint.MintText("{", "}"));
        yield return Case("JSON that is no object", _ => Mint.MintText("[]", "7"));
        yield return Case("padding", organization => Good(organization) + "==");
        yield return Case("a blank inside", organization => Good(organization).Insert(20, " "));
        yield return Case("the same twice, separated by a comma", organization => $"{Good(organization)}, Bearer {Good(organization)}");
        yield return Case("over 8 KiB, well signed", organization => With(organization, "padding", new string('x', 8 * 1024)));
        yield return Case("20 KiB of letters", _ => new string('a', 20 * 1024));
        yield return Case("deeply nested claims", organization =>
            Mint.MintText(Mint.Header(), Json(organization).Replace("}", $",\"x\":{new string('[', 500)}{new string(']', 500)}}}", StringComparison.Ordinal)));
        yield return Case("invalid UTF-8 in the claims", organization => WithInvalidUtf8(organization));
    }

    private static IEnumerable<TestCaseData> Claims()
    {
        yield return Case("expired", organization => With(organization, "exp", Now(-61)));
        yield return Case("no expiry", organization => Without(organization, "exp"));
        yield return Case("an expiry in words", organization => With(organization, "exp", "tomorrow"));
        yield return Case("an expiry beyond all numbers", organization =>
            Mint.MintText(Mint.Header(), Json(organization).Replace("\"exp\":", "\"exp\":1e999,\"exp_\":", StringComparison.Ordinal)));
        yield return Case("not valid yet", organization => With(organization, "nbf", Now(+3600)));
        yield return Case("for another audience", organization => With(organization, "aud", "others"));
        yield return Case("for other audiences", organization => With(organization, "aud", new[] { "a", "b" }));
        yield return Case("no audience", organization => Without(organization, "aud"));
        yield return Case("of another issuer", organization => With(organization, "iss", "https://issuer.example"));
        yield return Case("no issuer", organization => Without(organization, "iss"));
        yield return Case("no subject", organization => Without(organization, "sub"));
        yield return Case("an empty subject", organization => With(organization, "sub", string.Empty));
        yield return Case("a number as subject", organization => With(organization, "sub", 7));
        yield return Case("a subject with NUL", organization => With(organization, "sub", "alice\0"));
        yield return Case("half a surrogate pair as subject", organization =>
            Mint.MintText(Mint.Header(), Json(organization).Replace("\"alice\"", "\"\\ud800\"", StringComparison.Ordinal)));
        yield return Case("two subjects", organization =>
            Mint.MintText(Mint.Header(), Json(organization).Replace("{", "{\"sub\":\"bob\",", StringComparison.Ordinal)));
        yield return Case("no organization", organization => Without(organization, "org"));
        yield return Case("an organization that is none", organization => With(organization, "org", "../demo"));
        yield return Case("organizations", organization => With(organization, "org", new[] { organization }));
        yield return Case("permissions in one text", organization => With(organization, "permissions", "profiles.read"));
        yield return Case("a number as permission", organization => With(organization, "permissions", new[] { 1 }));
    }

    private static IEnumerable<TestCaseData> Headers()
    {
        yield return Case("alg none, unsigned", organization => Unsigned("none", organization, string.Empty));
        yield return Case("alg none, with a signature", organization => Unsigned("none", organization, "AAAA"));
        yield return Case("alg None", organization => Unsigned("None", organization, "AAAA"));
        yield return Case("alg none, well signed", organization => Mint.MintText(Mint.Header("none"), Json(organization)));
        yield return Case("HS256 with the public key as secret", WithHmac);
        yield return Case("RS256 for a key of ES256", organization => Mint.MintText(Mint.Header("RS256"), Json(organization)));
        yield return Case("ES384 for a key of ES256", organization => Mint.MintText(Mint.Header("ES384"), Json(organization)));
        yield return Case("no algorithm", organization => WithHeader(organization, new { kid = Mint.KeyId }));
        yield return Case("no key id", organization => WithHeader(organization, new { alg = "ES256" }));
        yield return Case("an unknown key id", organization => WithHeader(organization, new { alg = "ES256", kid = "../../etc/passwd" }));
        yield return Case("critical extensions", organization =>
            WithHeader(organization, new { alg = "ES256", kid = Mint.KeyId, crit = new[] { "exp" } }));
        yield return Case("another type", organization => WithHeader(organization, new { alg = "ES256", kid = Mint.KeyId, typ = "logout+jwt" }));
        yield return Case("half a surrogate pair as type", organization => WithHeader(organization, "typ", "\"\\ud800\""));
        yield return Case("half a surrogate pair as key id", organization => WithHeader(organization, "kid", "\"\\udc00\""));
        yield return Case("half a surrogate pair as a name", organization => WithHeader(organization, "\\ud800", "1"));
        yield return Case("two algorithms", organization => WithHeader(organization, "alg", "\"none\""));
    }

    private static IEnumerable<TestCaseData> Signatures()
    {
        yield return Case("signed by somebody else under our key id", WithForeignKey);
        yield return Case("another subject under the old signature", organization =>
            Swap(Good(organization), TokenMint.Claims(organization, "bob")));
        yield return Case("another organization under the old signature", organization =>
            Swap(Good(organization), TokenMint.Claims("demo", "alice")));
        yield return Case("a signature with one bit turned", organization => WithSignature(organization, bytes => bytes[5] ^= 1));
        yield return Case("a signature of zeros", organization => WithSignature(organization, bytes => bytes.AsSpan().Clear()));
        yield return Case("a signature in DER", organization =>
            $"{SignedPart(organization)}.{TokenMint.Encode(Mint.Sign(SignedPart(organization), DSASignatureFormat.Rfc3279DerSequence))}");
        yield return Case("a signature cut short", organization => Good(organization)[..^4]);
        yield return Case("a signature with another last letter of the same bits", WithStrayBits);
    }

    private static TestCaseData Case(string name, Func<string, string> make) =>
        new TestCaseData(make).SetArgDisplayNames(name);

    private static string Good(string organization) => Mint.Mint(organization, "alice");

    private static string Json(string organization) => JsonSerializer.Serialize(TokenMint.Claims(organization, "alice"));

    private static string SignedPart(string organization) => Good(organization)[..Good(organization).LastIndexOf('.')];

    private static long Now(int seconds) => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + seconds;

    private static string With(string organization, string claim, object value)
    {
        var claims = TokenMint.Claims(organization, "alice");
        claims[claim] = value;
        return Mint.Mint(claims);
    }

    private static string Without(string organization, string claim)
    {
        var claims = TokenMint.Claims(organization, "alice");
        claims.Remove(claim);
        return Mint.Mint(claims);
    }

    private static string WithHeader(string organization, object header) =>
        Mint.MintText(JsonSerializer.Serialize(header), Json(organization));

    // As a member in front of those of a good header.
    private static string WithHeader(string organization, string name, string json) =>
        Mint.MintText(Mint.Header().Replace("{", $"{{\"{name}\":{json},", StringComparison.Ordinal), Json(organization));

    private static string WithInvalidUtf8(string organization)
    {
        var payload = Encoding.UTF8.GetBytes(Json(organization).Replace("alice", "alic~", StringComparison.Ordinal));
        payload[Array.IndexOf(payload, (byte)'~')] = 0xff;
        var signed = $"{TokenMint.Encode(Encoding.UTF8.GetBytes(Mint.Header()))}.{TokenMint.Encode(payload)}";
        return $"{signed}.{TokenMint.Encode(Mint.Sign(signed, DSASignatureFormat.IeeeP1363FixedFieldConcatenation))}";
    }

    private static string Unsigned(string algorithm, string organization, string signature) =>
        $"{TokenMint.Encode(Encoding.UTF8.GetBytes(Mint.Header(algorithm)))}.{TokenMint.Encode(Encoding.UTF8.GetBytes(Json(organization)))}.{signature}";

    private static string WithHmac(string organization)
    {
        var signed = Unsigned("HS256", organization, string.Empty).TrimEnd('.');
        var mac = HMACSHA256.HashData(Encoding.ASCII.GetBytes(Mint.PublicKey), Encoding.ASCII.GetBytes(signed));
        return $"{signed}.{TokenMint.Encode(mac)}";
    }

    private static string WithForeignKey(string organization)
    {
        using var foreign = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var signed = SignedPart(organization);
        return $"{signed}.{TokenMint.Encode(foreign.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
    }

    private static string Swap(string token, Dictionary<string, object?> claims)
    {
        var parts = token.Split('.');
        return $"{parts[0]}.{TokenMint.Encode(JsonSerializer.SerializeToUtf8Bytes(claims))}.{parts[2]}";
    }

    // 64 bytes leave 4 bits of the last of 86 letters unused.
    private static string WithStrayBits(string organization)
    {
        const string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        var token = Good(organization);
        return $"{token[..^1]}{alphabet[alphabet.IndexOf(token[^1], StringComparison.Ordinal) + 1]}";
    }

    private static string WithSignature(string organization, Action<byte[]> change)
    {
        var signed = SignedPart(organization);
        var signature = Mint.Sign(signed, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        change(signature);
        return $"{signed}.{TokenMint.Encode(signature)}";
    }
}
