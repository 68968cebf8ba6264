using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Profiles.Server.Tokens;
using static Profiles.Server.Tests.Tokens.TestIssuer;

namespace Profiles.Server.Tests.Tokens;

/// <summary>Tokens that nobody with the key signed.</summary>
internal static class HostileSignatures
{
    private static readonly byte[] Order = Convert.FromHexString(
        "FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");

    public static IEnumerable<HostileToken> All { get; } = [.. EcSignatures(), .. RsaSignatures()];

    private static IEnumerable<HostileToken> EcSignatures()
    {
        var content = $"{Part(Header)}.{Part(Payload)}";
        var zero = new byte[32];
        var one = new byte[32];
        one[^1] = 1;
        var most = Enumerable.Repeat((byte)0xFF, 32).ToArray();
        var good = EcSignature(content);

        HostileToken Bad(string why, params byte[] signature) =>
            new(TokenFault.Signature, why, $"{content}.{Base64Url.EncodeToString(signature)}");

        yield return new(TokenFault.Signature, "a stranger's key", Es256(key: OtherEcKey));
        yield return new(TokenFault.Signature, "the other issuer's key of the same id", Es256(Header, Payload, OtherEcKey));
        yield return new(TokenFault.Signature, "our key for the other issuer's name", WithClaim("iss", $"\"{OtherName}\""));
        yield return new(TokenFault.Signature, "the stranger's key comes along (jwk)", Es256(
            With(Header, "jwk", EcJwk("ec", OtherEcKey.ExportParameters(false).Q)), Payload, OtherEcKey));
        yield return new(TokenFault.Signature, "the stranger's key's address comes along (jku)", Es256(
            With(Header, "jku", "\"https://evil.example/jwks\""), Payload, OtherEcKey));
        yield return new(TokenFault.Signature, "the stranger's certificate's address comes along (x5u)", Es256(
            With(Header, "x5u", "\"https://evil.example/cert\""), Payload, OtherEcKey));
        yield return new(TokenFault.Signature, "the signature of another token",
            $"{content}.{WithClaim("sub", "\"bob\"").Split('.')[2]}");
        yield return new(TokenFault.Signature, "the payload of another token", Spliced(Es256(), WithClaim("sub", "\"bob\"")));
        yield return Bad("r and s are zero", [.. zero, .. zero]);
        yield return Bad("r is zero", [.. zero, .. good[32..]]);
        yield return Bad("s is zero", [.. good[..32], .. zero]);
        yield return Bad("r and s are one", [.. one, .. one]);
        yield return Bad("r and s are the order of the curve", [.. Order, .. Order]);
        yield return Bad("r is right, s is the order", [.. good[..32], .. Order]);
        yield return Bad("r and s are as large as can be", [.. most, .. most]);
        yield return Bad("r and s exchanged", [.. good[32..], .. good[..32]]);
        yield return Bad("ASN.1 structure", EcKey.SignData(
            Encoding.UTF8.GetBytes(content), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
        yield return Bad("one byte short", good[..63]);
        yield return Bad("one byte long", [.. good, 0]);
        yield return Bad("a zero before", [0, .. good]);
        yield return Bad("as long as that of P-384", [.. new byte[16], .. good[..32], .. new byte[16], .. good[32..]]);
        yield return Bad("one byte", 0);
        yield return Bad("of SHA-384", EcKey.SignData(Encoding.UTF8.GetBytes(content), HashAlgorithmName.SHA384));
        yield return Bad("of the payload alone", EcSignature(Part(Payload)));
        yield return Bad("of the decoded parts", EcSignature($"{Header}.{Payload}"));
    }

    private static IEnumerable<HostileToken> RsaSignatures()
    {
        var good = Rs256();
        var content = good[..good.LastIndexOf('.')];
        var signature = Base64Url.DecodeFromChars(good.AsSpan(content.Length + 1));

        HostileToken Bad(string why, params byte[] bytes) =>
            new(TokenFault.Signature, why, $"{content}.{Base64Url.EncodeToString(bytes)}");

        yield return Bad("RSA: one byte short", signature[1..]);
        yield return Bad("RSA: a zero before", [0, .. signature]);
        yield return Bad("RSA: zeros", new byte[256]);
        yield return Bad("RSA: one", [.. new byte[255], 1]);
        yield return Bad("RSA: the modulus", RsaKey.ExportParameters(false).Modulus!);
        yield return Bad("RSA: larger than the modulus", Enumerable.Repeat((byte)0xFF, 256).ToArray());
        yield return new(TokenFault.Signature, "RSA: PSS padding", Rs256(padding: RSASignaturePadding.Pss));
        yield return new(TokenFault.Signature, "RSA: SHA-512", Rs256(hash: HashAlgorithmName.SHA512));
        yield return new(TokenFault.Signature, "RSA: SHA-1", Rs256(hash: HashAlgorithmName.SHA1));
    }

    private static string Spliced(string token, string other)
    {
        var parts = token.Split('.');
        return $"{parts[0]}.{other.Split('.')[1]}.{parts[2]}";
    }
}
