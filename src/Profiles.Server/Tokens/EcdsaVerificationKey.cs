using System.Security.Cryptography;

namespace Profiles.Server.Tokens;

/// <summary>
/// A key for ES256. A signature is the numbers r and s of 32 bytes each (RFC 7518, section 3.4; IEEE P1363), never the ASN.1
/// structure of them.
/// </summary>
/// <param name="id">What tokens call it.</param>
/// <param name="point">The public point on P-256.</param>
/// <exception cref="CryptographicException">It is not a point on the curve.</exception>
internal sealed class EcdsaVerificationKey(string id, ECPoint point)
    : PooledVerificationKey<ECDsa>(id, TokenAlgorithm.Es256, () => Create(point))
{
    /// <summary>The bytes of a coordinate, and of r and s.</summary>
    public const int CoordinateSize = 32;

    /// <inheritdoc/>
    protected override bool VerifyHash(ECDsa key, ReadOnlySpan<byte> hash, ReadOnlySpan<byte> signature) =>
        signature.Length == 2 * CoordinateSize
        && key.VerifyHash(hash, signature, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

    private static ECDsa Create(ECPoint point) =>
        ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = point });
}
