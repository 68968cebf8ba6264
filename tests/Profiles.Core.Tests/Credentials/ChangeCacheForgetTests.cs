using Profiles.Core.Changes;

namespace Profiles.Core.Tests.Credentials;

/// <summary>What a change makes a cache forget, when the change names what was found and not the key.</summary>
[TestFixture]
public class ChangeCacheForgetTests
{
    private readonly Dictionary<string, string?> database = new(StringComparer.Ordinal) { ["a"] = "one", ["b"] = "two", ["c"] = null };
    private readonly List<string> reads = [];
    private ChangeCache<string, string> cache = null!;

    [SetUp]
    public async Task Fill()
    {
        cache = new ChangeCache<string, string>(new SteadyFeed(), ReadAsync, 10, TimeProvider.System);
        foreach (var key in database.Keys)
            await cache.GetAsync(key, default);
        reads.Clear();
    }

    [Test]
    public async Task What_fits_and_what_was_absent_is_read_again_and_the_rest_is_not()
    {
        cache.ForgetWhere(value => value == "one");

        foreach (var key in database.Keys)
            await cache.GetAsync(key, default);

        Assert.That(reads, Is.EqualTo(new[] { "a", "c" }));
    }

    [Test]
    public async Task What_is_being_read_is_not_kept()
    {
        cache.Forget("a");
        var gate = new TaskCompletionSource();
        database["a"] = "wait";
        waiting = gate.Task;
        var reading = cache.GetAsync("a", default);

        cache.ForgetWhere(_ => false);
        gate.SetResult();
        await reading;
        await cache.GetAsync("a", default);

        Assert.That(reads, Is.EqualTo(new[] { "a", "a" }));
    }

    private Task waiting = Task.CompletedTask;

    private async Task<string?> ReadAsync(string key)
    {
        lock (reads)
            reads.Add(key);
        await waiting;
        return database[key];
    }

    private sealed class SteadyFeed : IChangeFeed
    {
        public ChangeFeedState State => new(1, TimeProvider.System.GetTimestamp());

        public void Subscribe(string kind, Action<ChangeNotice> receive)
        {
            // There is no news.
        }
    }
}
