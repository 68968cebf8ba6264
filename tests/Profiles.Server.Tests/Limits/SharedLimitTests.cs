using Microsoft.Extensions.Logging.Abstractions;
using Profiles.Core.Access;
using Profiles.Core.Limits;
using Profiles.Server.Limits;

namespace Profiles.Server.Tests.Limits;

/// <summary>Servers that count together, round trip by round trip.</summary>
internal sealed class SharedLimitTests
{
    private static readonly RateLimit Limit = new(1_000, TimeSpan.FromMinutes(1));
    private static readonly BucketKey Alice = new("acme", CredentialKind.Token, "alice", RateClass.Read, WindowSeconds: 60);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private SteppingClock clock = null!;
    private FakeRateLimitStore store = null!;
    private List<Instance> instances = null!;

    [SetUp]
    public void Create()
    {
        clock = new SteppingClock();
        store = new FakeRateLimitStore(clock);
        instances = [.. Enumerable.Range(0, 3).Select(_ => new Instance(store, clock))];
    }

    [TearDown]
    public void Dispose() => instances.ForEach(instance => instance.Sharing.Dispose());

    [Test]
    public void A_chunk_is_handed_out_without_asking()
    {
        Assert.That(Drain(instances[0]), Is.EqualTo(Limit.Chunk));
        Assert.That(store.Calls, Is.Zero);
    }

    [Test]
    public async Task What_one_hands_out_another_learns()
    {
        Assert.That(await DrainWholeAsync(instances[0]), Is.EqualTo(1_000));

        // Before it has asked, and after.
        Assert.That(Drain(instances[1]), Is.EqualTo(Limit.Chunk));
        await instances[1].Sharing.SettleAsync(CancellationToken.None);
        Assert.That(Drain(instances[1]), Is.Zero);
    }

    [Test]
    public async Task All_together_hand_out_a_chunk_each_too_much_at_most()
    {
        var total = 0;
        for (var round = 0; round < 100; round++)
        {
            total += instances.Sum(Drain);
            foreach (var instance in instances)
                await instance.Sharing.SettleAsync(CancellationToken.None);
        }

        Assert.That(total, Is.InRange(1_000, 1_000 + (3 * Limit.Chunk)));
    }

    [Test]
    public async Task What_was_too_much_is_paid_back()
    {
        var total = 0;
        // Three windows, in which each calls all the time.
        for (var step = 0; step < 1_800; step++)
        {
            foreach (var instance in instances)
            {
                total += Drain(instance);
                await instance.Sharing.SettleAsync(CancellationToken.None);
            }

            clock.Pass(TimeSpan.FromMilliseconds(100));
        }

        // The bucket, and what came back in three windows.
        Assert.That(total, Is.InRange(4_000 - (3 * Limit.Chunk), 4_000 + (3 * Limit.Chunk)));
    }

    [Test]
    public async Task Refusals_ask_nobody()
    {
        await DrainWholeAsync(instances[0]);
        await instances[0].Sharing.SettleAsync(CancellationToken.None);
        var calls = store.Calls;
        for (var i = 0; i < 100; i++)
            Drain(instances[0]);
        await instances[0].Sharing.SettleAsync(CancellationToken.None);

        Assert.That(store.Calls, Is.EqualTo(calls));
    }

    [Test]
    public async Task All_buckets_are_told_in_one_round_trip()
    {
        for (var i = 0; i < 50; i++)
            await instances[0].Take(Alice with { CredentialId = $"user-{i}" });
        await instances[0].Sharing.SettleAsync(CancellationToken.None);

        Assert.That(store.Calls, Is.EqualTo(1));
        Assert.That(store.Last.Select(charge => charge.Key.CredentialId).Distinct().Count(), Is.EqualTo(50));
    }

    [Test]
    public async Task Without_the_database_a_server_goes_on_alone_with_a_bucket_of_its_own()
    {
        store.Failure = new IOException("Gone.");
        Drain(instances[0]);
        await instances[0].Sharing.SettleAsync(CancellationToken.None);

        Assert.That(instances[0].Sharing.IsAlone, Is.True);
        Assert.That(Drain(instances[0]), Is.EqualTo(1_000 - Limit.Chunk));
        Assert.That((await instances[0].Take(Alice)).Kind, Is.EqualTo(TakenKind.Exhausted));
    }

    [Test]
    public async Task When_the_database_is_back_a_chunk_at_most_is_charged_for_the_time_alone()
    {
        store.Failure = new IOException("Gone.");
        for (var i = 0; i < 20; i++)
        {
            Drain(instances[0]);
            await instances[0].Sharing.SettleAsync(CancellationToken.None);
        }

        store.Failure = null;
        await instances[0].Sharing.SettleAsync(CancellationToken.None);

        Assert.That(instances[0].Sharing.IsAlone, Is.False);
        Assert.That(store.Last, Is.EqualTo(new[] { new BucketCharge(Alice, Limit.Chunk * Limit.TokenNanoseconds) }));
    }

    [Test]
    public async Task A_caller_beyond_the_chunk_waits_until_it_is_settled()
    {
        Drain(instances[0]);
        var waiting = instances[0].Take(Alice);

        Assert.That(waiting.IsCompleted, Is.False);
        await instances[0].Sharing.SettleAsync(CancellationToken.None);
        Assert.That((await waiting.WaitAsync(Patience)).Kind, Is.EqualTo(TakenKind.Granted));
    }

    [Test]
    public async Task A_caller_that_leaves_waits_no_longer()
    {
        Drain(instances[0]);
        using var leaves = new CancellationTokenSource();
        var waiting = instances[0].Limiter.TakeAsync(Alice, Limit, leaves.Token).AsTask();
        await leaves.CancelAsync();

        Assert.That(async () => await waiting.WaitAsync(Patience), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task The_service_settles_by_itself_before_callers_have_to_wait()
    {
        await instances[0].Sharing.StartAsync(CancellationToken.None);
        var granted = 0;
        for (var i = 0; i < 1_200; i++)
            granted += (await instances[0].Take(Alice).WaitAsync(Patience)).Kind == TakenKind.Granted ? 1 : 0;
        await instances[0].Sharing.StopAsync(CancellationToken.None);

        Assert.That(granted, Is.EqualTo(1_000));
        Assert.That(store.Calls, Is.LessThanOrEqualTo(1_000 * 2 / Limit.Chunk + 1));
    }

    // What is handed out without waiting.
    private static int Drain(Instance instance)
    {
        var count = 0;
        using var leaves = new CancellationTokenSource();
        while (instance.Limiter.TakeAsync(Alice, Limit, leaves.Token).AsTask()
            is { IsCompletedSuccessfully: true, Result.Kind: TakenKind.Granted })
        {
            count++;
        }

        // The one that waits.
        leaves.Cancel();
        return count;
    }

    private static async Task<int> DrainWholeAsync(Instance instance)
    {
        var count = 0;
        for (int granted; (granted = Drain(instance)) > 0; count += granted)
            await instance.Sharing.SettleAsync(CancellationToken.None);
        return count;
    }

    private sealed class Instance
    {
        public Instance(IRateLimitStore store, TimeProvider clock)
        {
            var time = new NanosecondClock(clock);
            Sharing = new BucketSharing(store, TimeProvider.System, time, NullLogger<BucketSharing>.Instance);
            Limiter = new RateLimiter(time, Sharing);
        }

        public BucketSharing Sharing { get; }

        public RateLimiter Limiter { get; }

        public Task<Taken> Take(BucketKey key) => Limiter.TakeAsync(key, Limit, CancellationToken.None).AsTask();
    }
}
