using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Profiles.EndToEnd.Tests.Harness;

/// <summary>Makes tokens with the key of a server's development issuer, independently of the server's own code.</summary>
internal sealed class TokenMint(string pem) : IDisposable
{
    public const string Issuer = "https://profiles.localhost/development";

    private readonly ECDsa key = Import(pem);

    /// <summary>A token of the organization <paramref name="organization"/>.</summary>
    public string Mint(string organization, string subject, params string[] permissions) =>
        Mint(new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["iss"] = Issuer,
            ["aud"] = "profiles",
            ["sub"] = subject,
            ["org"] = organization,
            ["permissions"] = permissions,
            ["exp"] = TimeProvider.System.GetUtcNow().AddHours(1).ToUnixTimeSeconds(),
        });

    /// <summary>A token with just these claims.</summary>
    public string Mint(IReadOnlyDictionary<string, object?> claims)
    {
        var header = Encode(JsonSerializer.SerializeToUtf8Bytes(new { alg = "ES256", typ = "JWT", kid = Thumbprint() }));
        var signed = $"{header}.{Encode(JsonSerializer.SerializeToUtf8Bytes(claims))}";
        return $"{signed}.{Encode(key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
    }

    public void Dispose() => key.Dispose();

    private static ECDsa Import(string pem)
    {
        var imported = ECDsa.Create();
        imported.ImportFromPem(pem);
        return imported;
    }

    // RFC 7638.
    private string Thumbprint()
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        var members = $$"""{"crv":"P-256","kty":"EC","x":"{{Encode(point.X!)}}","y":"{{Encode(point.Y!)}}"}""";
        return Encode(SHA256.HashData(Encoding.ASCII.GetBytes(members)));
    }

    private static string Encode(byte[] bytes) => Base64Url.EncodeToString(bytes);
}
