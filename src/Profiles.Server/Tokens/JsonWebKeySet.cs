using System.Buffers.Text;
using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text.Json;
using Profiles.Server.Hosting;

namespace Profiles.Server.Tokens;

/// <summary>
/// Reads the public keys of an issuer from a JSON Web Key Set (RFC 7517): keys on P-256 for ES256 and RSA keys of 2048 bits and
/// more for RS256. Keys of other kinds or uses, and keys without an id, are passed over.
/// </summary>
internal static class JsonWebKeySet
{
    private const int MaxBytes = 256 * 1024;
    private const int MaxKeys = 64;
    private const int MinRsaBytes = 2048 / 8;
    private const int MaxRsaBytes = 8192 / 8;
    private const int P256Bytes = 32;

    /// <summary>Reads the set.</summary>
    /// <exception cref="SettingException">It is none, has no key that can be used, or gives away a private key.</exception>
    public static FrozenDictionary<string, VerificationKey> Read(byte[] json, string setting)
    {
        using var document = json.Length <= MaxBytes ? StrictJson.ReadObject(json) : null;
        if (document is null
            || !document.RootElement.TryGetProperty("keys", out var list)
            || list.ValueKind != JsonValueKind.Array
            || list.GetArrayLength() > MaxKeys)
        {
            throw new SettingException($"{setting} must be a JSON Web Key Set with at most {MaxKeys} keys.");
        }

        var keys = new Dictionary<string, VerificationKey>(StringComparer.Ordinal);
        foreach (var entry in list.EnumerateArray())
            Add(keys, entry, setting);
        return keys.Count > 0
            ? keys.ToFrozenDictionary(StringComparer.Ordinal)
            : throw new SettingException($"{setting} has no key for ES256 or RS256 signatures that has an id (kid).");
    }

    private static void Add(Dictionary<string, VerificationKey> keys, JsonElement entry, string setting)
    {
        if (entry.ValueKind != JsonValueKind.Object)
            return;
        if (entry.TryGetProperty("d", out _) || entry.TryGetProperty("k", out _))
            throw new SettingException($"{setting} has a private or symmetric key, which must not leave its issuer.");
        if (StrictJson.GetString(entry, "kid") is not { Length: > 0 } id || !IsForSignatures(entry) || ReadKey(entry) is not { } key)
            return;
        if (StrictJson.GetString(entry, "alg") is { } algorithm && algorithm != key.Algorithm)
            return;
        if (!keys.TryAdd(id, key))
            throw new SettingException($"{setting} has two keys with the id '{id}'.");
    }

    private static bool IsForSignatures(JsonElement entry) =>
        (!entry.TryGetProperty("use", out var use) || StrictJson.AsString(use) == "sig")
        && (!entry.TryGetProperty("key_ops", out var operations)
            || (operations.ValueKind == JsonValueKind.Array
                && operations.EnumerateArray().Any(operation => StrictJson.AsString(operation) == "verify")));

    private static VerificationKey? ReadKey(JsonElement entry) =>
        StrictJson.GetString(entry, "kty") switch
        {
            "EC" => ReadEc(entry),
            "RSA" => ReadRsa(entry),
            _ => null,
        };

    private static EcVerificationKey? ReadEc(JsonElement entry)
    {
        if (StrictJson.GetString(entry, "crv") != "P-256"
            || ReadBytes(entry, "x") is not { Length: P256Bytes } x
            || ReadBytes(entry, "y") is not { Length: P256Bytes } y)
        {
            return null;
        }

        var parameters = new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = x, Y = y } };
        return CanUse(() => ECDsa.Create(parameters)) ? new EcVerificationKey(parameters) : null;
    }

    private static RsaVerificationKey? ReadRsa(JsonElement entry)
    {
        if (ReadBytes(entry, "n") is not { Length: >= MinRsaBytes and <= MaxRsaBytes } modulus
            || modulus[0] == 0
            || ReadBytes(entry, "e") is not { Length: > 0 and <= 8 } exponent)
        {
            return null;
        }

        var parameters = new RSAParameters { Modulus = modulus, Exponent = exponent };
        return CanUse(() => RSA.Create(parameters)) ? new RsaVerificationKey(parameters) : null;
    }

    // A point that is not on the curve, say.
    private static bool CanUse(Func<AsymmetricAlgorithm> create)
    {
        try
        {
            create().Dispose();
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static byte[]? ReadBytes(JsonElement entry, string name)
    {
        try
        {
            return StrictJson.GetString(entry, name) is { } text ? Base64Url.DecodeFromChars(text) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
