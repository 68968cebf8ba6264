using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Profiles.Core.Identity;
using Profiles.Server.Tokens;
using Profiles.Server.Tokens.Claims;
using Profiles.Server.Tokens.Keys;

namespace Profiles.Server.Tests.Tokens;

/// <summary>Makes tokens, good and bad, and the validator that trusts the good ones.</summary>
internal static class TestIssuer
{
    public const string Name = "https://issuer.example/";
    public const string OtherName = "https://other.example/";

    public static readonly FakeClock Clock = new();

    public static readonly ECDsa EcKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    public static readonly RSA RsaKey = RSA.Create(2048);

    /// <summary>Of <see cref="OtherName"/>, by the same id as <see cref="EcKey"/>, and of strangers.</summary>
    public static readonly ECDsa OtherEcKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public static readonly string Header = """{"alg":"ES256","kid":"ec","typ":"JWT"}""";

    public static readonly string Payload =
        $$"""{"iss":"{{Name}}","aud":"profiles","sub":"alice","org":"demo","exp":{{Seconds(300)}}}""";

    /// <summary>Seconds since 1970, so much from now.</summary>
    public static long Seconds(long fromNow) => Clock.Now.ToUnixTimeSeconds() + fromNow;

    /// <summary>Trusts two issuers, the other one for the organization <c>demo</c> alone.</summary>
    public static TokenValidator Validator() => new(
        [
            Trust(Name, [EcPublicKey("ec", EcKey), RsaPublicKey("rsa", RsaKey)]),
            Trust(OtherName, [EcPublicKey("ec", OtherEcKey)], new ClaimRules { Organizations = [OrganizationId.Parse("demo")] }),
        ],
        Clock);

    /// <summary>An issuer whose keys stay as they are.</summary>
    public static TrustedIssuer Trust(string name, IEnumerable<VerificationKey> keys, ClaimRules? claims = null) =>
        new(name, "profiles", new FixedKeys(new JsonWebKeySet(keys)), claims ?? ClaimRules.Default);

    public static EcdsaVerificationKey EcPublicKey(string id, ECDsa key) => new(id, key.ExportParameters(false).Q);

    public static RsaVerificationKey RsaPublicKey(string id, RSA key)
    {
        var parameters = key.ExportParameters(false);
        return new RsaVerificationKey(id, parameters.Modulus!, parameters.Exponent!);
    }

    /// <summary>The key as a JWK.</summary>
    public static string EcJwk(string id, ECPoint point)
    {
        var (x, y) = (Base64Url.EncodeToString(point.X), Base64Url.EncodeToString(point.Y));
        return $$"""{"kty":"EC","kid":"{{id}}","crv":"P-256","x":"{{x}}","y":"{{y}}"}""";
    }

    /// <summary>The JSON object with one member set to a JSON value, or without it when that is null.</summary>
    public static string With(string json, string name, string? value)
    {
        var members = JsonNode.Parse(json)!.AsObject();
        members.Remove(name);
        if (value is null)
            return members.ToJsonString();
        var text = members.ToJsonString()[..^1];
        return $$"""{{text}},"{{name}}":{{value}}}""";
    }

    public static string Part(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    /// <summary>A token with this header and payload, signed well with ES256 whatever they say.</summary>
    public static string Es256(string? header = null, string? payload = null, ECDsa? key = null) =>
        Signed(Part(header ?? Header), Part(payload ?? Payload), key);

    /// <summary>The same of parts that are encoded already.</summary>
    public static string Signed(string header, string payload, ECDsa? key = null)
    {
        var content = $"{header}.{payload}";
        return $"{content}.{Base64Url.EncodeToString(EcSignature(content, key))}";
    }

    public static byte[] EcSignature(string content, ECDsa? key = null) =>
        (key ?? EcKey).SignData(Encoding.UTF8.GetBytes(content), HashAlgorithmName.SHA256);

    /// <summary>A token with this header and payload, signed well with RS256, or another padding, whatever they say.</summary>
    public static string Rs256(
        string? header = null, string? payload = null, RSASignaturePadding? padding = null, HashAlgorithmName? hash = null)
    {
        var content = $"{Part(header ?? """{"alg":"RS256","kid":"rsa"}""")}.{Part(payload ?? Payload)}";
        var signature = RsaKey.SignData(
            Encoding.UTF8.GetBytes(content), hash ?? HashAlgorithmName.SHA256, padding ?? RSASignaturePadding.Pkcs1);
        return $"{content}.{Base64Url.EncodeToString(signature)}";
    }

    /// <summary>A token with this header whose "signature" is a message authentication code.</summary>
    public static string Hs256(string header, byte[] secret)
    {
        var content = $"{Part(header)}.{Part(Payload)}";
        return $"{content}.{Base64Url.EncodeToString(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(content)))}";
    }

    /// <summary>A token with the claims of <see cref="Payload"/> but one.</summary>
    public static string WithClaim(string name, string? value) => Es256(payload: With(Payload, name, value));

    /// <summary>A good token as long as one may be.</summary>
    public static string Longest()
    {
        // The space lets the header's length leave the payload one that base64url can have.
        var header = Header + " ";
        var rest = TokenValidator.MaxLength - Es256(header, "{}").Length + Part("{}").Length;
        var filler = (rest * 3 / 4) - With(Payload, "x", "\"\"").Length;
        return Es256(header, With(Payload, "x", $"\"{new string('a', filler)}\""));
    }

    /// <summary>A token with the header of <see cref="Header"/> but one member.</summary>
    public static string WithHeader(string name, string? value) => Es256(header: With(Header, name, value));
}
