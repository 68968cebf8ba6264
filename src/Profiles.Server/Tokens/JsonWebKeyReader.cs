using System.Security.Cryptography;
using System.Text.Json;

namespace Profiles.Server.Tokens;

/// <summary>Reads one public key (a JWK: RFC 7517, section 4; RFC 7518, section 6).</summary>
internal static class JsonWebKeyReader
{
    /// <summary>The most characters in a <c>kid</c>.</summary>
    public const int MaxIdLength = 255;

    // What only the holder of a private or shared key may know (RFC 7518, sections 6.2.2, 6.3.2 and 6.4.1).
    private static readonly string[] SecretMembers = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

    /// <summary>Reads a key; null when it is none that verifies tokens.</summary>
    /// <param name="jwk">The key.</param>
    /// <param name="position">Its place in the document, from 1, for the message.</param>
    /// <exception cref="FormatException">The key breaks a rule; the message goes on from the document's name.</exception>
    public static VerificationKey? Read(JsonElement jwk, int position)
    {
        if (jwk.ValueKind != JsonValueKind.Object)
            throw new FormatException($"has a key, number {position}, that is not a JSON object");
        RefuseSecrets(jwk, position);
        var type = StrictJson.Text(jwk, "kty") ?? throw Broken(position, "has no 'kty'");
        if (!IsForVerifying(jwk) || ReadId(jwk, position) is not { } id)
            return null;
        return type switch
        {
            "EC" when IsOrAbsent(jwk, "alg", "ES256") => ReadEcdsa(jwk, id, position),
            "RSA" when IsOrAbsent(jwk, "alg", "RS256") => ReadRsa(jwk, id, position),
            _ => null,
        };
    }

    private static void RefuseSecrets(JsonElement jwk, int position)
    {
        foreach (var name in SecretMembers)
        {
            if (jwk.TryGetProperty(name, out _))
                throw Broken(position, $"has the secret member '{name}': only public keys belong here, so make a new key");
        }
    }

    private static bool IsForVerifying(JsonElement jwk) =>
        IsOrAbsent(jwk, "use", "sig") && (!jwk.TryGetProperty("key_ops", out var operations) || HasVerify(operations));

    private static bool HasVerify(JsonElement operations)
    {
        if (operations.ValueKind != JsonValueKind.Array)
            return false;
        foreach (var operation in operations.EnumerateArray())
        {
            if (StrictJson.Text(operation) == "verify")
                return true;
        }
        return false;
    }

    private static bool IsOrAbsent(JsonElement jwk, string name, string expected) =>
        !jwk.TryGetProperty(name, out var value) || StrictJson.Text(value) == expected;

    private static string? ReadId(JsonElement jwk, int position)
    {
        if (!jwk.TryGetProperty("kid", out var value))
            return null;
        return StrictJson.Text(value) is { Length: > 0 and <= MaxIdLength } id
            ? id
            : throw Broken(position, $"has a 'kid' that is not a text of 1–{MaxIdLength} characters");
    }

    private static EcdsaVerificationKey? ReadEcdsa(JsonElement jwk, string id, int position)
    {
        if (StrictJson.Text(jwk, "crv") != "P-256")
            return null;
        var point = new ECPoint { X = Bytes(jwk, "x", position), Y = Bytes(jwk, "y", position) };
        // Always the full width (RFC 7518, section 6.2.1.2).
        if (point.X.Length != EcdsaVerificationKey.CoordinateSize || point.Y.Length != EcdsaVerificationKey.CoordinateSize)
            throw Broken(position, $"has a coordinate that is not {EcdsaVerificationKey.CoordinateSize} bytes long");
        return Create(() => new EcdsaVerificationKey(id, point), position, "is not a point on the curve P-256");
    }

    private static RsaVerificationKey ReadRsa(JsonElement jwk, string id, int position)
    {
        var modulus = Bytes(jwk, "n", position);
        var exponent = Bytes(jwk, "e", position);
        var bits = BitLength(modulus);
        if (bits is < RsaVerificationKey.MinBits or > RsaVerificationKey.MaxBits)
        {
            throw Broken(position, $"has a modulus of {bits} bits; "
                + $"{RsaVerificationKey.MinBits}–{RsaVerificationKey.MaxBits} are taken");
        }
        if (!IsExponent(exponent))
            throw Broken(position, "has a public exponent that is not an odd number of 17–32 bits, such as AQAB (65537)");
        return Create(() => new RsaVerificationKey(id, modulus, exponent), position, "is not an RSA key");
    }

    // Small exponents are refused as FIPS 186-5, section A.1.1, does: with 1 everybody could sign.
    private static bool IsExponent(byte[] exponent) =>
        BitLength(exponent) is >= 17 and <= 32 && (exponent[^1] & 1) == 1;

    private static int BitLength(byte[] number) =>
        number.Length == 0 ? 0 : (8 * (number.Length - 1)) + 8 - byte.LeadingZeroCount(number[0]);

    // A number has no leading zero (RFC 7518, section 2, Base64urlUInt), a coordinate may have.
    private static byte[] Bytes(JsonElement jwk, string name, int position) =>
        CanonicalBase64Url.Decode(StrictJson.Text(jwk, name)) is { Length: > 0 } bytes && (bytes[0] != 0 || name is "x" or "y")
            ? bytes
            : throw Broken(position, $"has no '{name}' in base64url without padding and without leading zeros");

    private static T Create<T>(Func<T> create, int position, string problem)
    {
        try
        {
            return create();
        }
        catch (CryptographicException)
        {
            throw Broken(position, problem);
        }
    }

    private static FormatException Broken(int position, string problem) =>
        new($"has a broken key: number {position} {problem}");
}
