using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Profiles.EndToEnd.Tests.Harness;

/// <summary>Makes tokens with the key of a server's development issuer, independently of the server's own code.</summary>
internal sealed class TokenMint(string pem) : IDisposable
{
    public const string Issuer = "https://profiles.localhost/development";

    private readonly ECDsa key = Import(pem);
    private readonly ConcurrentBag<string> minted = [];

    /// <summary>Every token that was made.</summary>
    public IReadOnlyCollection<string> Minted => minted;

    /// <summary>The key's id: its thumbprint (RFC 7638).</summary>
    public string KeyId
    {
        get
        {
            var point = key.ExportParameters(includePrivateParameters: false).Q;
            var members = $$"""{"crv":"P-256","kty":"EC","x":"{{Encode(point.X!)}}","y":"{{Encode(point.Y!)}}"}""";
            return Encode(SHA256.HashData(Encoding.ASCII.GetBytes(members)));
        }
    }

    /// <summary>The public key in a JSON Web Key Set.</summary>
    public string KeySet
    {
        get
        {
            var point = key.ExportParameters(includePrivateParameters: false).Q;
            return $$"""{"keys":[{"kty":"EC","crv":"P-256","kid":"{{KeyId}}","x":"{{Encode(point.X!)}}","y":"{{Encode(point.Y!)}}"}]}""";
        }
    }

    /// <summary>The public key, as everybody may know it.</summary>
    public string PublicKey => key.ExportSubjectPublicKeyInfoPem();

    /// <summary>A mint with a new key.</summary>
    public static TokenMint Create()
    {
        using var created = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new TokenMint(created.ExportPkcs8PrivateKeyPem());
    }

    public static string Encode(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);

    /// <summary>The claims of a good token, to be changed.</summary>
    public static Dictionary<string, object?> Claims(string organization, string subject, params string[] permissions) =>
        new(StringComparer.Ordinal)
        {
            ["iss"] = Issuer,
            ["aud"] = "profiles",
            ["sub"] = subject,
            ["org"] = organization,
            ["permissions"] = permissions,
            ["exp"] = TimeProvider.System.GetUtcNow().AddHours(1).ToUnixTimeSeconds(),
        };

    /// <summary>A token of the organization <paramref name="organization"/>.</summary>
    public string Mint(string organization, string subject, params string[] permissions) =>
        Mint(Claims(organization, subject, permissions));

    /// <summary>A token with just these claims.</summary>
    public string Mint(IReadOnlyDictionary<string, object?> claims) => MintText(Header(), JsonSerializer.Serialize(claims));

    /// <summary>A token whose header and payload are just these texts.</summary>
    public string MintText(string header, string payload)
    {
        var signed = $"{Encode(Encoding.UTF8.GetBytes(header))}.{Encode(Encoding.UTF8.GetBytes(payload))}";
        return Note($"{signed}.{Encode(Sign(signed, DSASignatureFormat.IeeeP1363FixedFieldConcatenation))}");
    }

    /// <summary>The header of a good token.</summary>
    public string Header(string algorithm = "ES256") =>
        JsonSerializer.Serialize(new { alg = algorithm, typ = "JWT", kid = KeyId });

    public byte[] Sign(string text, DSASignatureFormat format) =>
        key.SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, format);

    public void Dispose() => key.Dispose();

    private static ECDsa Import(string pem)
    {
        var imported = ECDsa.Create();
        imported.ImportFromPem(pem);
        return imported;
    }

    private string Note(string token)
    {
        minted.Add(token);
        return token;
    }
}
