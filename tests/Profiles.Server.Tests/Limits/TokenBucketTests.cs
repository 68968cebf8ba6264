using FsCheck;
using FsCheck.Fluent;
using Profiles.Core.Limits;
using Profiles.Server.Limits;

namespace Profiles.Server.Tests.Limits;

/// <summary>One bucket: how many tokens it gives, and when.</summary>
internal sealed class TokenBucketTests
{
    private const long Second = 1_000_000_000;

    private static readonly RateLimit TenAMinute = new(10, TimeSpan.FromMinutes(1));

    [Test]
    public void A_new_bucket_is_full()
    {
        var bucket = new TokenBucket();

        var taken = Enumerable.Range(0, 11).Select(_ => bucket.Take(TenAMinute, now: 5)).ToList();

        Assert.That(taken.Select(one => one.Kind), Is.EqualTo(Enumerable.Repeat(TakenKind.Granted, 10).Append(TakenKind.Exhausted)));
        Assert.That(taken.Take(10).Select(one => one.Remaining), Is.EqualTo(new[] { 9, 8, 7, 6, 5, 4, 3, 2, 1, 0 }));
        Assert.That(taken[^1].Wait, Is.EqualTo(6 * Second));
    }

    [Test]
    public void Tokens_come_back_one_by_one_and_not_a_moment_early()
    {
        var bucket = new TokenBucket();
        Drain(bucket, TenAMinute, now: 0);

        Assert.That(bucket.Take(TenAMinute, (6 * Second) - 1).Wait, Is.EqualTo(1));
        Assert.That(bucket.Take(TenAMinute, 6 * Second).Kind, Is.EqualTo(TakenKind.Granted));
        Assert.That(bucket.Take(TenAMinute, 6 * Second).Kind, Is.EqualTo(TakenKind.Exhausted));
        Assert.That(bucket.Take(TenAMinute, 18 * Second).Remaining, Is.EqualTo(1));
    }

    [Test]
    public void A_refusal_costs_nothing()
    {
        var bucket = new TokenBucket();
        Drain(bucket, TenAMinute, now: 0);
        for (var i = 0; i < 100; i++)
            bucket.Take(TenAMinute, now: Second);

        Assert.That(bucket.Take(TenAMinute, 6 * Second).Kind, Is.EqualTo(TakenKind.Granted));
    }

    [Test]
    public void It_never_holds_more_than_a_window()
    {
        var bucket = new TokenBucket();
        Drain(bucket, TenAMinute, now: 0);

        Assert.That(Drain(bucket, TenAMinute, 1_000 * Second), Is.EqualTo(10));
    }

    [Test]
    public void With_another_number_of_requests_it_keeps_how_full_it_is()
    {
        var bucket = new TokenBucket();
        for (var i = 0; i < 5; i++)
            bucket.Take(TenAMinute, now: 0);

        Assert.That(Drain(bucket, new RateLimit(100, TimeSpan.FromMinutes(1)), now: 0), Is.EqualTo(50));
    }

    [Test]
    public void It_retires_when_it_is_full_and_gives_no_more()
    {
        var bucket = new TokenBucket();
        bucket.Take(TenAMinute, now: 0);

        Assert.That(bucket.TryRetire((6 * Second) - 1), Is.False);
        Assert.That(bucket.TryRetire(6 * Second), Is.True);
        Assert.That(bucket.Take(TenAMinute, 6 * Second).Kind, Is.EqualTo(TakenKind.Retired));
    }

    [Test]
    public async Task Callers_at_the_same_moment_get_what_there_is()
    {
        var bucket = new TokenBucket();
        var limit = new RateLimit(1_000, TimeSpan.FromMinutes(1));

        var granted = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Drain(bucket, limit, now: 0))));

        Assert.That(granted.Sum(), Is.EqualTo(1_000));
    }

    /// <summary>In any stretch of time a bucket gives no more than it holds and what comes back; who waits as told is served.</summary>
    [FsCheck.NUnit.Property(MaxTest = 300)]
    public Property It_keeps_its_promise(PositiveInt requests, PositiveInt seconds, PositiveInt[] steps)
    {
        var limit = new RateLimit(Math.Min(requests.Get, 500), TimeSpan.FromSeconds(Math.Min(seconds.Get, 3_600)));
        var bucket = new TokenBucket();
        var times = new List<long>();
        long now = 0;
        foreach (var step in steps)
        {
            now += step.Get * limit.TokenNanoseconds / 7;
            var taken = bucket.Take(limit, now);
            if (taken.Kind == TakenKind.Exhausted)
            {
                now += taken.Wait;
                taken = bucket.Take(limit, now);
            }

            if (taken.Kind != TakenKind.Granted)
                return false.ToProperty();
            times.Add(now);
        }

        return times.Select((start, i) => (Start: start, First: i))
            .All(stretch => times.Skip(stretch.First)
                .Select((end, n) => n + 1 <= limit.Requests + ((end - stretch.Start) / limit.TokenNanoseconds))
                .All(holds => holds))
            .ToProperty();
    }

    private static int Drain(TokenBucket bucket, RateLimit limit, long now)
    {
        var count = 0;
        while (bucket.Take(limit, now).Kind == TakenKind.Granted)
            count++;
        return count;
    }
}
