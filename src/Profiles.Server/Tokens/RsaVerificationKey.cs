using System.Security.Cryptography;

namespace Profiles.Server.Tokens;

/// <summary>A key for RS256. A signature is as long as the modulus (RFC 8017, section 8.2.2).</summary>
/// <param name="id">What tokens call it.</param>
/// <param name="modulus">The modulus, without leading zeros.</param>
/// <param name="exponent">The public exponent.</param>
/// <exception cref="CryptographicException">The framework refuses the key.</exception>
internal sealed class RsaVerificationKey(string id, byte[] modulus, byte[] exponent)
    : PooledVerificationKey<RSA>(id, TokenAlgorithm.Rs256, () => Create(modulus, exponent))
{
    /// <summary>The least bits of a modulus (RFC 7518, section 3.3).</summary>
    public const int MinBits = 2048;

    /// <summary>The most bits of a modulus: the work of a verification grows with their square.</summary>
    public const int MaxBits = 8192;

    private readonly int size = modulus.Length;

    /// <inheritdoc/>
    protected override bool VerifyHash(RSA key, ReadOnlySpan<byte> hash, ReadOnlySpan<byte> signature) =>
        signature.Length == size && key.VerifyHash(hash, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    private static RSA Create(byte[] modulus, byte[] exponent) =>
        RSA.Create(new RSAParameters { Modulus = modulus, Exponent = exponent });
}
