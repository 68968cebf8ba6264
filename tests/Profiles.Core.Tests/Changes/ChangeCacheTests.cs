using Profiles.Core.Changes;
using Profiles.Core.Tests.Support;

namespace Profiles.Core.Tests.Changes;

/// <summary>What the cache gives out, by what the feed is known to have told.</summary>
public class ChangeCacheTests
{
    private const int Capacity = 20;

    private static readonly TimeSpan NearlyASecond = TimeSpan.FromMilliseconds(890);
    private static readonly TimeSpan ASecond = TimeSpan.FromSeconds(1);

    private SteppingClock clock = null!;
    private FakeFeed feed = null!;
    private Source source = null!;
    private ChangeCache<string, string> cache = null!;

    [SetUp]
    public void Create()
    {
        clock = new SteppingClock();
        feed = new FakeFeed(clock);
        source = new Source();
        cache = new ChangeCache<string, string>(feed, source.ReadAsync, Capacity, clock);
    }

    [Test]
    public async Task As_long_as_the_feed_is_heard_an_entry_is_read_once()
    {
        feed.Connect();
        await GetAsync("a");
        for (var i = 0; i < 100; i++)
        {
            clock.Step(NearlyASecond);
            feed.Confirm();
            await GetAsync("a");
        }

        Assert.That(source.Count("a"), Is.EqualTo(1));
    }

    [Test]
    public async Task Without_a_feed_an_entry_is_read_again_when_it_is_a_second_old_and_not_before()
    {
        await GetAsync("a");
        clock.Step(NearlyASecond);
        await GetAsync("a");
        Assert.That(source.Count("a"), Is.EqualTo(1));

        source.Values["a"] = "new";
        clock.Step(ASecond - NearlyASecond);

        Assert.That(await GetAsync("a"), Is.EqualTo("new"));
        Assert.That(source.Count("a"), Is.EqualTo(2));
    }

    [Test]
    public async Task An_entry_is_good_for_a_second_after_the_last_confirmation()
    {
        feed.Connect();
        await GetAsync("a");
        clock.Step(TimeSpan.FromHours(1));
        feed.Confirm();
        clock.Step(NearlyASecond);
        await GetAsync("a");
        Assert.That(source.Count("a"), Is.EqualTo(1));

        clock.Step(ASecond - NearlyASecond);
        await GetAsync("a");

        Assert.That(source.Count("a"), Is.EqualTo(2));
    }

    [Test]
    public async Task A_new_session_vouches_for_nothing_that_was_read_before_it()
    {
        feed.Connect();
        await GetAsync("a");
        clock.Step(ASecond);
        source.Values["a"] = "missed";
        feed.Connect();

        Assert.That(await GetAsync("a"), Is.EqualTo("missed"));
    }

    [Test]
    public async Task What_is_told_to_have_changed_is_read_again()
    {
        feed.Connect();
        await GetAsync("a");
        await GetAsync("b");
        source.Values["a"] = "new";

        cache.Forget("a");

        Assert.That(await GetAsync("a"), Is.EqualTo("new"));
        await GetAsync("b");
        Assert.That(source.Count("b"), Is.EqualTo(1));
    }

    [Test]
    public async Task What_changed_while_it_was_read_is_not_kept()
    {
        feed.Connect();
        var held = source.Hold("a");
        var first = GetAsync("a");
        await source.Reading;
        cache.Forget("a");
        held.SetResult("old");
        await first;

        source.Values["a"] = "new";

        Assert.That(await GetAsync("a"), Is.EqualTo("new"));
    }

    [Test]
    public async Task Who_comes_after_the_change_does_not_get_what_was_read_before_it()
    {
        feed.Connect();
        var held = source.Hold("a");
        var first = GetAsync("a");
        await source.Reading;
        cache.Forget("a");
        var late = GetAsync("a");
        source.Values["a"] = "new";
        held.SetResult("old");

        Assert.That(await first, Is.EqualTo("old"));
        Assert.That(await late, Is.EqualTo("new"));
    }

    [Test]
    public async Task Who_comes_to_a_reading_that_takes_long_does_not_get_what_is_too_old_by_then()
    {
        var held = source.Hold("a");
        var first = GetAsync("a");
        await source.Reading;
        clock.Step(ASecond);
        var late = GetAsync("a");
        source.Values["a"] = "new";
        held.SetResult("old");

        Assert.That(await first, Is.EqualTo("old"));
        Assert.That(await late, Is.EqualTo("new"));
    }

    [Test]
    public async Task Many_who_ask_at_once_have_it_read_once()
    {
        var held = source.Hold("a");
        var all = Enumerable.Range(0, 50).Select(_ => GetAsync("a")).ToList();
        await source.Reading;
        held.SetResult("value");

        Assert.That(await Task.WhenAll(all), Has.All.EqualTo("value"));
        Assert.That(source.Count("a"), Is.EqualTo(1));
    }

    [Test]
    public async Task One_who_leaves_takes_the_reading_from_nobody()
    {
        var held = source.Hold("a");
        using var leaving = new CancellationTokenSource();
        var left = cache.GetAsync("a", leaving.Token).AsTask();
        var stays = GetAsync("a");
        await source.Reading;

        await leaving.CancelAsync();
        held.SetResult("value");

        Assert.That(async () => await left, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(await stays, Is.EqualTo("value"));
    }

    [Test]
    public async Task A_failure_reaches_all_who_wait_and_is_not_kept()
    {
        var held = source.Hold("a");
        var all = Enumerable.Range(0, 3).Select(_ => GetAsync("a")).ToList();
        await source.Reading;
        held.SetException(new IOException());

        foreach (var one in all)
            Assert.That(async () => await one, Throws.InstanceOf<IOException>());
        Assert.That(await GetAsync("a"), Is.EqualTo("a"));
    }

    [Test]
    public async Task What_is_not_there_is_remembered_until_it_is_told_to_be_there()
    {
        feed.Connect();
        source.Values["a"] = null;
        Assert.That(await GetAsync("a"), Is.Null);
        Assert.That(await GetAsync("a"), Is.Null);
        Assert.That(source.Count("a"), Is.EqualTo(1));

        source.Values["a"] = "made";
        cache.Forget("a");

        Assert.That(await GetAsync("a"), Is.EqualTo("made"));
    }

    [Test]
    public async Task However_many_are_asked_for_that_are_not_there_those_that_are_stay()
    {
        feed.Connect();
        await GetAsync("a");
        for (var i = 0; i < 10 * Capacity; i++)
        {
            source.Values[$"none-{i}"] = null;
            await GetAsync($"none-{i}");
        }

        await GetAsync("a");

        Assert.That(source.Count("a"), Is.EqualTo(1));
    }

    [Test]
    public async Task When_it_is_full_it_forgets_what_was_not_used_for_longest()
    {
        feed.Connect();
        for (var i = 0; i < 5 * Capacity; i++)
        {
            clock.Step(TimeSpan.FromTicks(1));
            await GetAsync($"key-{i}");
            await GetAsync("often");
        }

        await GetAsync("key-0");

        Assert.That(source.Count("often"), Is.EqualTo(1));
        Assert.That(source.Count("key-0"), Is.EqualTo(2));
    }

    private Task<string?> GetAsync(string key) => cache.GetAsync(key, CancellationToken.None).AsTask();

    private sealed class FakeFeed(TimeProvider clock) : IChangeFeed
    {
        public ChangeFeedState State { get; private set; } = ChangeFeedState.None;

        public void Connect() => State = new ChangeFeedState(State.Session + 1, clock.GetTimestamp());

        public void Confirm() => State = State with { ConfirmedAt = clock.GetTimestamp() };

        public void Subscribe(string kind, Action<ChangeNotice> receive) => throw new NotSupportedException();
    }

    /// <summary>A database: the value of a key is the key, unless a test gives it another one.</summary>
    private sealed class Source
    {
        private readonly Dictionary<string, int> counts = new(StringComparer.Ordinal);
        private readonly Dictionary<string, TaskCompletionSource<string?>> held = new(StringComparer.Ordinal);
        private readonly TaskCompletionSource reading = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Dictionary<string, string?> Values { get; } = new(StringComparer.Ordinal);

        public TaskCompletionSource<string?> Hold(string key) =>
            held[key] = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Completes when a key that is held is being read.</summary>
        public Task Reading => reading.Task;

        public int Count(string key) => counts.GetValueOrDefault(key);

        public Task<string?> ReadAsync(string key)
        {
            lock (counts)
                counts[key] = Count(key) + 1;
            if (!held.Remove(key, out var answer))
                return Task.FromResult(Values.TryGetValue(key, out var value) ? value : key);
            reading.TrySetResult();
            return answer.Task;
        }
    }
}
