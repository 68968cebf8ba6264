using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Profiles.Server.Tokens;

/// <summary>A public key and the one algorithm that it is for.</summary>
internal abstract class VerificationKey
{
    /// <summary>The algorithm's name in a token's header (RFC 7518, section 3.1).</summary>
    public abstract string Algorithm { get; }

    /// <summary>Whether <paramref name="signature"/> is this key's over <paramref name="data"/>.</summary>
    public abstract bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature);
}

/// <summary>ES256: ECDSA on P-256 with SHA-256. The signature is R and S, 32 bytes each (RFC 7518, section 3.4).</summary>
/// <param name="publicKey">The point.</param>
internal sealed class EcVerificationKey(ECParameters publicKey) : VerificationKey
{
    private const int SignatureBytes = 64;

    private readonly KeyPool<ECDsa> pool = new(() => ECDsa.Create(publicKey));

    public override string Algorithm => "ES256";

    public override bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != SignatureBytes)
            return false;
        var key = pool.Rent();
        try
        {
            return key.VerifyData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
        finally
        {
            pool.Return(key);
        }
    }
}

/// <summary>RS256: RSASSA-PKCS1-v1_5 with SHA-256 (RFC 7518, section 3.3).</summary>
/// <param name="publicKey">Modulus and exponent.</param>
internal sealed class RsaVerificationKey(RSAParameters publicKey) : VerificationKey
{
    private readonly KeyPool<RSA> pool = new(() => RSA.Create(publicKey));

    public override string Algorithm => "RS256";

    public override bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != publicKey.Modulus!.Length)
            return false;
        var key = pool.Rent();
        try
        {
            return key.VerifyData(data, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }
        finally
        {
            pool.Return(key);
        }
    }
}

/// <summary>Key objects to share among threads: they are not promised to serve two at once.</summary>
/// <param name="create">Makes one more.</param>
/// <typeparam name="T">The kind of key.</typeparam>
internal sealed class KeyPool<T>(Func<T> create)
    where T : AsymmetricAlgorithm
{
    private readonly ConcurrentBag<T> free = [];

    public T Rent() => free.TryTake(out var key) ? key : create();

    public void Return(T key) => free.Add(key);
}
