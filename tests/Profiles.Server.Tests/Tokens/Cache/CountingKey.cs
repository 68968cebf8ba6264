using Profiles.Server.Tokens;

namespace Profiles.Server.Tests.Tokens.Cache;

/// <summary>A key that counts how often it is used.</summary>
internal sealed class CountingKey() : VerificationKey("ec", TokenAlgorithm.Es256)
{
    private readonly EcdsaVerificationKey key = TestIssuer.EcPublicKey("ec", TestIssuer.EcKey);
    private int count;

    public int Count => Volatile.Read(ref count);

    public override bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        Interlocked.Increment(ref count);
        return key.Verify(data, signature);
    }
}
