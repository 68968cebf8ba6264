using Profiles.Core.Limits;

namespace Profiles.Server.Tests.Limits;

/// <summary>The shared buckets of a few servers, in memory.</summary>
internal sealed class FakeRateLimitStore(TimeProvider clock) : IRateLimitStore
{
    private readonly Dictionary<BucketKey, long> fullAt = [];
    private readonly long start = clock.GetTimestamp();

    /// <summary>What every charge ends with, unless null.</summary>
    public Exception? Failure { get; set; }

    /// <summary>How often it was asked.</summary>
    public int Calls { get; private set; }

    /// <summary>What was charged in the last call.</summary>
    public IReadOnlyList<BucketCharge> Last { get; private set; } = [];

    public Task<IReadOnlyList<long>> ChargeAsync(IReadOnlyList<BucketCharge> charges, CancellationToken cancellationToken)
    {
        Calls++;
        Last = [.. charges];
        if (Failure is not null)
            return Task.FromException<IReadOnlyList<long>>(Failure);
        var now = clock.GetElapsedTime(start).Ticks * 100;
        return Task.FromResult<IReadOnlyList<long>>([.. charges.Select(charge =>
            (fullAt[charge.Key] = Math.Max(fullAt.GetValueOrDefault(charge.Key), now) + charge.Nanoseconds) - now)]);
    }

    public Task<int> ForgetFullAsync(CancellationToken cancellationToken) => Task.FromResult(0);
}
