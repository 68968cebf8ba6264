using Profiles.Core.Limits;

namespace Profiles.Server.Limits;

/// <summary>Counts calls against the allowances of credentials.</summary>
internal sealed class RateLimiter
{
    /// <summary>The most buckets in memory: credentials that called of late, times classes of calls.</summary>
    public const int MaxBuckets = 200_000;

    private readonly BucketTable<BucketKey, SharedBucket> buckets;
    private readonly BucketSharing? sharing;
    private readonly NanosecondClock clock;

    /// <summary>Creates the limiter.</summary>
    /// <param name="clock">The time.</param>
    /// <param name="sharing">How other servers are told; null when there are none.</param>
    /// <param name="maxBuckets">The most buckets in memory.</param>
    public RateLimiter(NanosecondClock clock, BucketSharing? sharing, int maxBuckets = MaxBuckets)
    {
        this.clock = clock;
        this.sharing = sharing;
        buckets = new(maxBuckets, key => new SharedBucket(key, sharing), clock);
    }

    /// <summary>How many buckets are in memory.</summary>
    public int Count => buckets.Count;

    /// <summary>Takes a token for a call. Nearly always at once; it waits where other servers must be told first.</summary>
    public ValueTask<Taken> TakeAsync(BucketKey key, RateLimit limit, CancellationToken cancellationToken)
    {
        // Before the token, so that what is settled in between is not missed.
        var settled = sharing?.Settled;
        var taken = Take(key, limit);
        return taken.Kind == TakenKind.Unsettled
            ? new(TakeSettledAsync(key, limit, settled!, cancellationToken))
            : new(taken);
    }

    private async Task<Taken> TakeSettledAsync(BucketKey key, RateLimit limit, Task settled, CancellationToken cancellationToken)
    {
        while (true)
        {
            await settled.WaitAsync(cancellationToken);
            settled = sharing!.Settled;
            var taken = Take(key, limit);
            if (taken.Kind != TakenKind.Unsettled)
                return taken;
        }
    }

    private Taken Take(BucketKey key, RateLimit limit)
    {
        while (true)
        {
            var bucket = buckets.Get(key);
            var taken = bucket.Take(limit, clock.Now);
            if (taken.Kind != TakenKind.Retired)
                return taken;
            // It may still be found for a moment.
            buckets.Remove(key, bucket);
        }
    }
}
