namespace Profiles.Core.Limits;

/// <summary>Keeps the buckets that several servers share.</summary>
public interface IRateLimitStore
{
    /// <summary>
    /// Takes tokens out of buckets, in one round trip, and more than there are if need be. Answers how long each bucket takes
    /// to be full again, in nanoseconds, in the order of <paramref name="charges"/>.
    /// </summary>
    /// <param name="charges">What to take. No bucket may be in it twice.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<long>> ChargeAsync(IReadOnlyList<BucketCharge> charges, CancellationToken cancellationToken);

    /// <summary>Removes the buckets that have been full for an hour, and returns how many there were.</summary>
    Task<int> ForgetFullAsync(CancellationToken cancellationToken);
}

/// <summary>Tokens to take out of a bucket.</summary>
/// <param name="Key">Whose bucket.</param>
/// <param name="Nanoseconds">How long the tokens take to come back.</param>
public readonly record struct BucketCharge(BucketKey Key, long Nanoseconds);
