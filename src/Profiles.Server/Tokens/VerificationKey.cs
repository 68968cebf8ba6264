using System.Security.Cryptography;
using Microsoft.Extensions.ObjectPool;

namespace Profiles.Server.Tokens;

/// <summary>A public key of an issuer, bound to one algorithm (RFC 8725, section 3.1). Safe to use from many threads.</summary>
/// <param name="id">What tokens call it: <c>kid</c>.</param>
/// <param name="algorithm">What it verifies, and nothing else.</param>
internal abstract class VerificationKey(string id, TokenAlgorithm algorithm)
{
    /// <summary>What tokens call the key.</summary>
    public string Id { get; } = id;

    /// <summary>The algorithm that the key is for.</summary>
    public TokenAlgorithm Algorithm { get; } = algorithm;

    /// <summary>Whether a signature is one of this key over these bytes.</summary>
    public abstract bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature);
}

/// <summary>
/// Does the work of a <see cref="VerificationKey"/>. .NET promises nothing about one <see cref="ECDsa"/> or <see cref="RSA"/>
/// object in several threads, and making one costs about as much as a verification: so each is used by one thread at a time and
/// kept for the next.
/// </summary>
/// <typeparam name="T">The class of the framework that verifies.</typeparam>
internal abstract class PooledVerificationKey<T> : VerificationKey
    where T : AsymmetricAlgorithm
{
    private readonly ObjectPool<T> pool;

    /// <summary>Makes the key, and one object of it at once: a key that the framework refuses is refused here.</summary>
    protected PooledVerificationKey(string id, TokenAlgorithm algorithm, Func<T> create)
        : base(id, algorithm)
    {
        pool = new DefaultObjectPoolProvider().Create(new Policy(create));
        pool.Return(pool.Get());
    }

    /// <inheritdoc/>
    public sealed override bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(data, hash);
        var key = pool.Get();
        try
        {
            return VerifyHash(key, hash, signature);
        }
        finally
        {
            pool.Return(key);
        }
    }

    /// <summary>Whether a signature is one of <paramref name="key"/> over what this is the SHA-256 hash of.</summary>
    protected abstract bool VerifyHash(T key, ReadOnlySpan<byte> hash, ReadOnlySpan<byte> signature);

    private sealed class Policy(Func<T> create) : PooledObjectPolicy<T>
    {
        public override T Create() => create();

        public override bool Return(T obj) => true;
    }
}
