using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Profiles.EndToEnd.Tests.Harness;

/// <summary>Somebody else's issuer of tokens, which servers with an external database trust.</summary>
internal sealed class ExternalIssuer : IDisposable
{
    public const string Name = "https://issuer.example";
    public const string Audience = "https://profiles.example";
    public const string KeyId = "key-1";

    /// <summary>The issuer's key.</summary>
    public RSA Key { get; } = RSA.Create(2048);

    /// <summary>The settings of a server that trusts it.</summary>
    public async Task<(string Name, string Value)[]> SettingsAsync(DataFolder data)
    {
        var keys = Path.Combine(data.Path, "keys.json");
        await File.WriteAllTextAsync(keys, JsonWebKeys.Write(Key, KeyId));
        return [("Tokens__Issuer", Name), ("Tokens__Audience", Audience), ("Tokens__KeysFile", keys)];
    }

    /// <summary>A good token.</summary>
    public string Mint(string organization, string subject, params string[] permissions)
    {
        var claims = TokenMint.Claims(organization, subject, permissions);
        claims["iss"] = Name;
        claims["aud"] = new[] { "others", Audience };
        return Mint(claims, Key);
    }

    /// <summary>A token with just these claims, signed with a key.</summary>
    public static string Mint(Dictionary<string, object?> claims, RSA signer)
    {
        var signed = Sign("RS256", claims);
        var signature = signer.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{signed}.{TokenMint.Encode(signature)}";
    }

    /// <summary>The part of a token that is signed.</summary>
    public static string Sign(string algorithm, Dictionary<string, object?> claims)
    {
        var header = JsonSerializer.SerializeToUtf8Bytes(new { alg = algorithm, kid = KeyId });
        return $"{TokenMint.Encode(header)}.{TokenMint.Encode(JsonSerializer.SerializeToUtf8Bytes(claims))}";
    }

    public void Dispose() => Key.Dispose();
}
