using Profiles.Core.Access;
using Profiles.Core.Limits;
using Profiles.Server.Limits;

namespace Profiles.Server.Tests.Limits;

/// <summary>The buckets of one server.</summary>
internal sealed class RateLimiterTests
{
    private static readonly RateLimit Limit = new(2, TimeSpan.FromMinutes(1));
    private static readonly BucketKey Alice = new("acme", CredentialKind.Token, "alice", RateClass.Read, WindowSeconds: 60);

    private static readonly BucketKey[] Others =
    [
        Alice with { Organization = "other" },
        Alice with { Kind = CredentialKind.ApiKey },
        Alice with { CredentialId = "bob" },
        Alice with { Class = RateClass.Write },
        Alice with { WindowSeconds = 61 },
    ];

    private SteppingClock clock = null!;

    [SetUp]
    public void Create() => clock = new SteppingClock();

    [TestCaseSource(nameof(Others))]
    public void Each_credential_and_class_has_a_bucket_of_its_own(BucketKey other)
    {
        var limiter = Limiter();
        Take(limiter, Alice);
        Take(limiter, Alice);

        Assert.That(Take(limiter, Alice), Is.EqualTo(TakenKind.Exhausted));
        Assert.That(Take(limiter, other), Is.EqualTo(TakenKind.Granted));
    }

    [Test]
    public void Full_buckets_are_forgotten()
    {
        var limiter = Limiter();
        for (var i = 0; i < 100; i++)
            Take(limiter, User(i));
        clock.Pass(TimeSpan.FromMinutes(2));
        Take(limiter, Alice);

        Assert.That(limiter.Count, Is.EqualTo(1));
    }

    [Test]
    public void Buckets_that_are_not_full_are_kept()
    {
        var limiter = Limiter();
        Take(limiter, Alice);
        Take(limiter, Alice);
        clock.Pass(TimeSpan.FromSeconds(20));
        for (var i = 0; i < 100; i++)
            Take(limiter, User(i));

        Assert.That(Take(limiter, Alice), Is.EqualTo(TakenKind.Exhausted));
    }

    [Test]
    public void There_are_never_more_than_the_limit()
    {
        var limiter = Limiter(maxBuckets: 100);
        for (var i = 0; i < 10_000; i++)
        {
            Take(limiter, User(i));
            Assert.That(limiter.Count, Is.LessThanOrEqualTo(100));
        }
    }

    [Test]
    public async Task There_are_no_more_than_one_for_each_caller_beyond_the_limit()
    {
        const int callers = 8;
        var limiter = Limiter(maxBuckets: 100);
        var most = await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(() =>
        {
            var count = 0;
            for (var i = 0; i < 5_000; i++)
            {
                Take(limiter, User((caller * 5_000) + i));
                count = Math.Max(count, limiter.Count);
            }

            return count;
        })));

        Assert.That(most.Max(), Is.LessThanOrEqualTo(100 + callers));
    }

    [Test]
    public void A_call_that_is_counted_allocates_nothing()
    {
        var limiter = Limiter();
        var generous = new RateLimit(1_000_000, TimeSpan.FromMinutes(1));
        Measure(limiter, generous);

        Assert.That(Measure(limiter, generous), Is.Zero);
    }

    private static long Measure(RateLimiter limiter, RateLimit limit)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10_000; i++)
            Take(limiter, Alice, limit);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static TakenKind Take(RateLimiter limiter, BucketKey key) => Take(limiter, key, Limit);

    private static TakenKind Take(RateLimiter limiter, BucketKey key, RateLimit limit)
    {
        var taking = limiter.TakeAsync(key, limit, CancellationToken.None);
        return taking.IsCompletedSuccessfully ? taking.Result.Kind : throw new AssertionException("It waits.");
    }

    private static BucketKey User(int i) => Alice with { CredentialId = $"user-{i}" };

    private RateLimiter Limiter(int maxBuckets = RateLimiter.MaxBuckets) => new(new NanosecondClock(clock), sharing: null, maxBuckets);
}
