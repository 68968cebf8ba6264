using Microsoft.Extensions.Logging;
using Profiles.Server.Tokens;
using Profiles.Server.Tokens.Keys;

namespace Profiles.Server.Tests.Tokens.Keys;

/// <summary>Keys are read on schedule, and stay in use while that fails.</summary>
public class RefreshTests : RefreshedKeysFixture
{
    private static readonly KeySchedule Schedule = KeySchedule.Remote;

    [Test]
    public async Task Keys_are_read_at_once_and_on_schedule()
    {
        BeginRefreshing();
        for (var reads = 1; reads <= 4; reads++)
        {
            var pause = await ReadAsync(next: Schedule.Regular);
            Assert.That(Source.Reads, Is.EqualTo(reads));
            Clock.Advance(pause);
        }
    }

    [Test]
    public async Task Schedule_varies()
    {
        BeginRefreshing();
        var pauses = new HashSet<TimeSpan>();
        for (var round = 0; round < 20; round++)
        {
            var pause = await Clock.WaitForTimerAsync(TimeSpan.FromMinutes(1), TimeSpan.MaxValue);
            Assert.That(pause, Is.InRange(Schedule.Regular * 0.9, Schedule.Regular * 1.1));
            pauses.Add(pause);
            Clock.Advance(pause);
        }
        Assert.That(pauses, Has.Count.GreaterThan(15));
    }

    [Test]
    public async Task Removed_key_ends_with_the_next_reading_and_an_added_one_begins()
    {
        BeginRefreshing();
        var pause = await ReadAsync(next: Schedule.Regular);
        Assert.That(Validator.Check(First.Token()).Fault, Is.EqualTo(TokenFault.None));
        Source.Document = IssuerKey.Set(Second);
        Clock.Advance(pause);
        await ReadAsync(next: Schedule.Regular);

        Assert.That(Validator.Check(First.Token()).Fault, Is.EqualTo(TokenFault.KeyUnknown));
        Assert.That(Validator.Check(Second.Token()).Fault, Is.EqualTo(TokenFault.None));
        Assert.That(Log.Ids, Is.EqualTo([KeysRead, KeysRead]));
    }

    [Test]
    public async Task Same_document_leaves_everything_as_it_is()
    {
        BeginRefreshing();
        var pause = await ReadAsync(next: Schedule.Regular);
        var before = Keys.Current;
        Clock.Advance(pause);
        await ReadAsync(next: Schedule.Regular);

        Assert.That(Source.Reads, Is.EqualTo(2));
        Assert.That(Keys.Current, Is.SameAs(before));
        Assert.That(Log.Ids, Is.EqualTo([KeysRead]));
    }

    [Test]
    public async Task Failures_are_logged_once_and_so_is_their_end()
    {
        BeginRefreshing();
        var pause = await ReadAsync(next: Schedule.Regular);
        Source.Failure = new HttpRequestException("https://issuer.example/keys answered 503 instead of 200.");
        for (var failure = 1; failure <= 3; failure++)
        {
            Clock.Advance(pause);
            pause = await ReadAsync(next: Schedule.AfterFailure);
        }
        Source.Failure = null;
        Clock.Advance(pause);
        await ReadAsync(next: Schedule.Regular);

        Assert.That(Source.Reads, Is.EqualTo(5));
        Assert.That(Log.Ids, Is.EqualTo([KeysRead, KeysUnreadable, KeysReadAgain]));
        Assert.That(Log.Entries.ElementAt(1).Level, Is.EqualTo(LogLevel.Warning));
        Assert.That(Log.Entries.ElementAt(1).Message, Does.Contain(TestIssuer.Name).And.EndWith("answered 503 instead of 200."));
    }

    // what the issuer answers, what the log says
    [TestCase("", "The document is not a JSON object in UTF-8, without repeated members.")]
    [TestCase("<html>", "The document is not a JSON object in UTF-8, without repeated members.")]
    [TestCase("""{"keys":{}}""", "The document has no array 'keys' (a JWK Set, RFC 7517).")]
    [TestCase("""{"keys":[{"kty":"oct","k":"AA"}]}""", "The document has a broken key: number 1 has the secret member 'k'")]
    public async Task Keys_at_hand_stay_in_use_when_the_document_is_broken(string document, string problem)
    {
        await Validator.FaultOfAsync(First.Token());
        Source.Document = document;
        PassInterval();

        Assert.That(await Keys.RefreshAsync(), Is.False);
        Assert.That(await Validator.FaultOfAsync(First.Token()), Is.EqualTo(TokenFault.None));
        Assert.That(Log.Ids, Is.EqualTo([KeysRead, KeysUnreadable]));
        Assert.That(Log.Entries.Last().Message, Does.Contain(problem));
    }

    [Test]
    public async Task Issuer_may_take_all_its_keys_back()
    {
        await Validator.FaultOfAsync(First.Token());
        Source.Document = IssuerKey.Set();
        PassInterval();

        Assert.That(await Keys.RefreshAsync());
        Assert.That(await Validator.FaultOfAsync(First.Token()), Is.EqualTo(TokenFault.KeyUnknown));
        Assert.That(Log.Ids, Is.EqualTo([KeysRead, NoKeys]));
    }

    [Test]
    public async Task Reading_takes_no_longer_than_it_may()
    {
        Source.Gate = new TaskCompletionSource().Task;
        BeginRefreshing();
        await Clock.WaitForTimerAsync(RefreshedKeys.ReadTimeout, RefreshedKeys.ReadTimeout);
        Clock.Advance(RefreshedKeys.ReadTimeout);
        await ReadAsync(next: Schedule.AfterFailure);

        Assert.That(Log.Ids, Is.EqualTo([KeysUnreadable]));
        Assert.That(Log.Entries.Single().Message, Does.EndWith("There was no answer within 5 seconds."));
    }

    [Test]
    public async Task Stop_does_not_wait_for_a_reading()
    {
        Source.Gate = new TaskCompletionSource().Task;
        BeginRefreshing();
        await Clock.WaitForTimerAsync(RefreshedKeys.ReadTimeout, RefreshedKeys.ReadTimeout);
        Assert.That(await StopRefreshingAsync(), Is.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task Request_lends_a_reading_nothing_of_its_own()
    {
        var local = new AsyncLocal<string> { Value = "of the request" };
        string? seen = "not read";
        var reader = new RefreshedKeys(TestIssuer.Name, new ProbingSource(() => seen = local.Value), Clock, Log);
        await reader.RefreshAsync();
        Assert.That(seen, Is.Null);
        Assert.That(local.Value, Is.EqualTo("of the request"));
    }

    private sealed class ProbingSource(Action probe) : IKeySource
    {
        public KeySchedule Schedule => KeySchedule.Remote;

        public Task<byte[]> ReadAsync(CancellationToken cancellationToken)
        {
            probe();
            return Task.FromResult(Array.Empty<byte>());
        }
    }
}
