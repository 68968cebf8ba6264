using System.Collections.Concurrent;
using FsCheck;
using FsCheck.Fluent;
using Profiles.Core.Errors;
using Profiles.Core.Identity;
using Profiles.Postgres.Gathering;

namespace Profiles.Postgres.Tests.Gathering;

/// <summary>What is carried out together, in which order, and what becomes of each call.</summary>
public class GathererTests
{
    private static readonly OrganizationId s_acme = OrganizationId.Parse("acme");
    private static readonly OrganizationId s_beta = OrganizationId.Parse("beta");
    private static readonly GatherLimits s_limits = new(BatchSize: 4, BatchesOfOrganization: 1, Batches: 2, Waiting: 100);

    private ManualBatches batches = null!;
    private ManualTime clock = null!;
    private Gatherer<string, string> gatherer = null!;

    [SetUp]
    public void Start() => Start(s_limits);

    [TearDown]
    public void Stop() => gatherer.Dispose();

    [Test]
    public void A_call_that_finds_nothing_under_way_begins_at_once_and_alone()
    {
        _ = RunAsync("a");

        Assert.That(batches.Begun.Single().Calls, Is.EqualTo(new[] { "a" }));
    }

    [Test]
    public async Task Calls_that_wait_go_together_in_their_order_and_each_gets_its_own_result()
    {
        var calls = "abcdefg".Select(letter => RunAsync(letter.ToString())).ToList();

        await EndAsync(3);

        Assert.That(batches.Begun.Select(batch => string.Concat(batch.Calls)), Is.EqualTo(new[] { "a", "bcde", "fg" }));
        Assert.That(string.Concat(await Task.WhenAll(calls)), Is.EqualTo("abcdefg"));
    }

    [Test]
    public async Task Calls_with_one_key_are_in_one_batch_each_in_their_order()
    {
        foreach (var call in new[] { "k1", "x1", "k2", "y1", "k3", "x2" })
            _ = RunAsync(call, key: call[..1]);

        await EndAsync(3);

        Assert.That(batches.Begun.Select(batch => string.Join(' ', batch.Calls)), Is.EqualTo(new[] { "k1", "x1 y1 k2", "x2 k3" }));
    }

    [Test]
    public async Task Organizations_take_turns()
    {
        foreach (var call in "abcdefghij")
            _ = RunAsync(call.ToString());
        _ = RunAsync("1", organization: s_beta);
        _ = RunAsync("2", organization: s_beta);

        Assert.That(batches.Begun.Select(batch => batch.Organization), Is.EqualTo(new[] { s_acme, s_beta }), "Others do not wait for acme.");
        batches.Begun[0].End();
        Assert.That(string.Concat((await batches.WaitAsync(3)).Calls), Is.EqualTo("bcde"));
        batches.Begun[1].End();
        Assert.That((await batches.WaitAsync(4)).Organization, Is.EqualTo(s_beta));
    }

    [Test]
    public async Task Another_batch_begins_beside_one_that_is_under_way_when_it_is_as_large()
    {
        Start(s_limits with { BatchesOfOrganization = 2 });
        foreach (var call in "abcd")
            _ = RunAsync(call.ToString());
        Assert.That(batches.Begun.Select(batch => string.Concat(batch.Calls)), Is.EqualTo(new[] { "a", "b" }));

        batches.Begun[0].End();
        await batches.WaitAsync(3);
        batches.Begun[1].End();
        _ = RunAsync("e");
        Assert.That(string.Concat(batches.Begun[^1].Calls), Is.EqualTo("cd"));
        _ = RunAsync("f");

        Assert.That(string.Concat((await batches.WaitAsync(4)).Calls), Is.EqualTo("ef"));
    }

    [Test]
    public void A_batch_that_takes_long_holds_up_nobody()
    {
        Start(s_limits with { Batches = 6 });
        _ = RunAsync("a");
        _ = RunAsync("b");
        Assert.That(batches.Begun, Has.Count.EqualTo(1));

        clock.Advance(GatherLimits.Long);
        Assert.That(string.Concat(batches.Begun[1].Calls), Is.EqualTo("b"), "Though nobody comes.");

        _ = RunAsync("c");
        clock.Advance(GatherLimits.Long / 2);
        _ = RunAsync("d");
        Assert.That(batches.Begun, Has.Count.EqualTo(2));
        clock.Advance(GatherLimits.Long / 2);
        Assert.That(string.Concat(batches.Begun[2].Calls), Is.EqualTo("cd"));
    }

    [Test]
    public void Batches_that_take_long_leave_connections_for_other_organizations()
    {
        Start(s_limits with { Batches = 4 });
        foreach (var call in "abc")
        {
            _ = RunAsync(call.ToString());
            clock.Advance(GatherLimits.Long);
        }

        _ = RunAsync("1", organization: s_beta);

        Assert.That(batches.Begun.Select(batch => string.Concat(batch.Calls)), Is.EqualTo(new[] { "a", "b", "1" }));
    }

    [Test]
    public async Task Who_gives_up_while_waiting_is_not_carried_out_and_the_next_with_the_key_is()
    {
        using var caller = new CancellationTokenSource();
        _ = RunAsync("a");
        var given = RunAsync("k1", key: "k", cancellationToken: caller.Token);
        _ = RunAsync("k2", key: "k");

        await caller.CancelAsync();
        batches.Begun[0].End();

        await Assert.CatchAsync<OperationCanceledException>(() => given);
        Assert.That((await batches.WaitAsync(2)).Calls, Is.EqualTo(new[] { "k2" }));
    }

    [Test]
    public async Task Who_gives_up_later_is_let_go_and_the_others_get_their_results()
    {
        using var caller = new CancellationTokenSource();
        _ = RunAsync("a");
        var given = RunAsync("b", cancellationToken: caller.Token);
        var other = RunAsync("c");
        batches.Begun[0].End();
        var second = await batches.WaitAsync(2);

        await caller.CancelAsync();
        await Assert.CatchAsync<OperationCanceledException>(() => given);
        second.End();

        Assert.That(await other, Is.EqualTo("c"));
    }

    [Test]
    public async Task A_batch_does_not_go_on_in_the_context_of_the_caller_that_started_it()
    {
        var requestId = new AsyncLocal<string?> { Value = "1" };
        var seen = new TaskCompletionSource<string?>();
        using var real = new Gatherer<string, string>(
            async (_, calls) =>
            {
                await Task.Yield();
                seen.SetResult(requestId.Value);
                return calls;
            },
            s_limits,
            clock);

        await real.RunAsync(s_acme, key: null, "a", default);

        Assert.That(await seen.Task, Is.Null);
        Assert.That(requestId.Value, Is.EqualTo("1"));
    }

    [Test]
    public async Task A_call_that_makes_the_statements_fail_fails_alone()
    {
        using var picky = new Gatherer<string, string>(
            (_, calls) => calls.Contains("poison")
                ? Task.FromException<IReadOnlyList<string>>(new InvalidOperationException("poison"))
                : batches.CarryOutAsync(s_acme, calls),
            s_limits,
            clock);
        var first = picky.RunAsync(s_acme, null, "a", default);
        var calls = new[] { "b", "c", "poison", "d" }.Select(call => picky.RunAsync(s_acme, null, call, default)).ToList();

        await EndAsync(3);

        Assert.That(await first, Is.EqualTo("a"));
        Assert.That(batches.Begun.Select(batch => string.Concat(batch.Calls)), Is.EqualTo(new[] { "a", "bc", "d" }));
        await Assert.ThrowsAsync<InvalidOperationException>(() => calls[2]);
        Assert.That(await Task.WhenAll(calls[0], calls[1], calls[3]), Is.EqualTo(new[] { "b", "c", "d" }));
    }

    [Test]
    public async Task What_a_caller_does_next_holds_up_no_other_of_its_batch()
    {
        using var picky = new Gatherer<string, string>(
            (_, calls) => calls.Count > 1
                ? Task.FromException<IReadOnlyList<string>>(new InvalidOperationException("one of them"))
                : batches.CarryOutAsync(s_acme, calls),
            s_limits,
            clock);
        _ = picky.RunAsync(s_acme, null, "a", default);
        var (busy, other) = (picky.RunAsync(s_acme, null, "b", default), picky.RunAsync(s_acme, null, "c", default));
        using var isFree = new ManualResetEventSlim();
        var next = busy.ContinueWith(
            _ => isFree.Wait(ManualBatches.Patience), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

        batches.Begun[0].End();
        var second = await batches.WaitAsync(2);
        var ended = Task.Run(second.End);
        (await batches.WaitAsync(3)).End();

        Assert.That(await other, Is.EqualTo("c"));
        isFree.Set();

        Assert.That(await next, Is.True);
        await ended;
    }

    [Test]
    public async Task Without_the_database_all_calls_of_a_batch_fail_and_none_is_tried_again()
    {
        _ = RunAsync("a");
        var calls = "bcd".Select(call => RunAsync(call.ToString())).ToList();
        batches.Begun[0].End();

        (await batches.WaitAsync(2)).Fail(new ProfilesException(ErrorReason.StorageUnavailable, "Gone.", new IOException()));

        foreach (var call in calls)
            await Assert.ThrowsAsync<ProfilesException>(() => call);
        Assert.That(batches.Begun, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Beyond_the_queue_calls_wait_in_front_of_it()
    {
        Start(s_limits with { Waiting = 2 });
        using var caller = new CancellationTokenSource();
        _ = RunAsync("a");
        _ = RunAsync("b");
        _ = RunAsync("c");
        var given = RunAsync("d", cancellationToken: caller.Token);
        var last = RunAsync("e");

        await caller.CancelAsync();
        await EndAsync(3);

        await Assert.CatchAsync<OperationCanceledException>(() => given);
        Assert.That(await last, Is.EqualTo("e"));
        Assert.That(batches.Begun.Select(batch => string.Concat(batch.Calls)), Is.EqualTo(new[] { "a", "bc", "e" }));
    }

    /// <summary>Callers at random: every call is carried out once, and calls of one key one after the other, as they came.</summary>
    [FsCheck.NUnit.Property(MaxTest = 50)]
    public Property Each_call_is_carried_out_once_and_those_of_a_key_in_order() => Prop.ForAll(
        Gen.Choose(0, 4).ListOf(200).ToArbitrary(),
        keys =>
        {
            var carriedOut = new ConcurrentQueue<string>();
            using var real = new Gatherer<string, string>(
                async (_, calls) =>
                {
                    Assert.That(calls.Select(call => call.Split(' ')[0]), Is.Unique);
                    await Task.Yield();
                    foreach (var call in calls)
                        carriedOut.Enqueue(call);
                    return calls;
                },
                GatherLimits.Default with { BatchSize = 3 },
                TimeProvider.System);
            var sent = keys.Select((key, i) => $"{key} {i}").ToList();
            var results = Task.WhenAll(sent.Select(call => real.RunAsync(call[0] < '2' ? s_acme : s_beta, call[..1], call, default)))
                .GetAwaiter().GetResult();

            Assert.That(results, Is.EqualTo(sent));
            foreach (var key in sent.GroupBy(call => call[0]))
                Assert.That(carriedOut.Where(call => call[0] == key.Key), Is.EqualTo(key));
            Assert.That(carriedOut, Is.EquivalentTo(sent));
        });

    // Ends the first batches, each when it has begun.
    private async Task EndAsync(int count)
    {
        for (var i = 1; i <= count; i++)
            (await batches.WaitAsync(i)).End();
    }

    private void Start(GatherLimits limits)
    {
        gatherer?.Dispose();
        (batches, clock) = (new ManualBatches(), new ManualTime());
        gatherer = new Gatherer<string, string>(batches.CarryOutAsync, limits, clock);
    }

    private Task<string> RunAsync(
        string call, string? key = null, OrganizationId? organization = null, CancellationToken cancellationToken = default) =>
        gatherer.RunAsync(organization ?? s_acme, key, call, cancellationToken);
}
