using Profiles.Core.Errors;
using Profiles.Server.Tokens;
using Profiles.Server.Tokens.Keys;

namespace Profiles.Server.Tests.Tokens.Keys;

/// <summary>A token whose key is not there makes the server ask for new ones, within limits.</summary>
public class UnknownKeyTests : RefreshedKeysFixture
{
    [Test]
    public async Task Keys_that_were_never_read_are_read()
    {
        Assert.That(Validator.Check(First.Token()).Fault, Is.EqualTo(TokenFault.KeysUnavailable));
        Assert.That(await Validator.FaultOfAsync(First.Token()), Is.EqualTo(TokenFault.None));
        Assert.That(Log.Ids, Is.EqualTo([KeysRead]));
    }

    [Test]
    public async Task New_key_is_fetched_and_its_token_taken()
    {
        await Validator.FaultOfAsync(First.Token());
        Source.Document = IssuerKey.Set(First, Second);
        PassInterval();

        Assert.That(await Validator.FaultOfAsync(Second.Token()), Is.EqualTo(TokenFault.None));
        Assert.That(Source.Reads, Is.EqualTo(2));
        Assert.That(Log.Ids, Is.EqualTo([KeysRead, KeysRead]));
    }

    [Test]
    public async Task Token_of_a_known_key_is_checked_at_once_and_asks_nobody()
    {
        await Validator.FaultOfAsync(First.Token());
        PassInterval();
        Source.Gate = new TaskCompletionSource().Task;

        Assert.That(Validator.CheckAsync(First.Token()).AsTask().IsCompletedSuccessfully);
        Assert.That(Validator.CheckAsync(First.Token("{}")).AsTask().IsCompletedSuccessfully);
        Assert.That(Source.Reads, Is.EqualTo(1));
    }

    [Test]
    public async Task Token_of_a_stranger_asks_nobody()
    {
        var stranger = First.Token(TestIssuer.With(TestIssuer.Payload, "iss", "\"https://stranger.example\""));
        Assert.That(await Validator.FaultOfAsync(stranger), Is.EqualTo(TokenFault.Issuer));
        Assert.That(Source.Reads, Is.Zero);
    }

    [Test]
    public async Task Flood_of_unknown_keys_costs_one_reading_each_interval()
    {
        for (var interval = 1; interval <= 3; interval++)
        {
            var faults = await Task.WhenAll(Enumerable.Range(0, 500).Select(
                number => Validator.FaultOfAsync(new IssuerKey($"unknown-{number}").Token())));
            Assert.That(faults, Is.All.EqualTo(TokenFault.KeyUnknown));
            Assert.That(Source.Reads, Is.EqualTo(interval));
            Clock.Advance(KeySchedule.Remote.Least - TimeSpan.FromTicks(1));
            Assert.That(await Validator.FaultOfAsync(Second.Token()), Is.EqualTo(TokenFault.KeyUnknown));
            Assert.That(Source.Reads, Is.EqualTo(interval));
            Clock.Advance(TimeSpan.FromTicks(1));
        }
    }

    [Test]
    public async Task Those_who_come_while_it_is_asked_share_the_answer()
    {
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Source.Gate = answer.Task;
        var token = First.Token();
        var checks = Enumerable.Range(0, 200).Select(_ => Validator.CheckAsync(token).AsTask()).ToArray();
        Assert.That(checks.Where(check => check.IsCompleted), Is.Empty);

        answer.SetResult();
        Assert.That((await Task.WhenAll(checks)).Select(check => check.Fault), Is.All.EqualTo(TokenFault.None));
        Assert.That(Source.Reads, Is.EqualTo(1));
    }

    [Test]
    public async Task Nobody_waits_longer_than_the_bound_and_the_answer_still_counts()
    {
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Source.Gate = answer.Task;
        var check = Validator.CheckAsync(First.Token()).AsTask();
        await Clock.WaitForTimerAsync(RefreshedKeys.MaxWait, RefreshedKeys.MaxWait);

        Clock.Advance(RefreshedKeys.MaxWait - TimeSpan.FromTicks(1));
        Assert.That(check.IsCompleted, Is.False);
        Clock.Advance(TimeSpan.FromTicks(1));
        Assert.That((await check.WaitAsync(TimeSpan.FromSeconds(30))).Fault, Is.EqualTo(TokenFault.KeysUnavailable));

        answer.SetResult();
        Assert.That(await Validator.FaultOfAsync(First.Token()), Is.EqualTo(TokenFault.None));
        Assert.That(Source.Reads, Is.EqualTo(1));
    }

    [Test]
    public async Task No_more_wait_than_may()
    {
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Source.Gate = answer.Task;
        var token = First.Token();
        var waiting = Enumerable.Range(0, RefreshedKeys.MaxWaiting).Select(_ => Validator.CheckAsync(token).AsTask()).ToArray();

        var oneMore = Validator.CheckAsync(token);
        Assert.That(oneMore.IsCompleted);
        Assert.That((await oneMore).Fault, Is.EqualTo(TokenFault.KeysUnavailable));

        answer.SetResult();
        Assert.That((await Task.WhenAll(waiting)).Select(check => check.Fault), Is.All.EqualTo(TokenFault.None));
    }

    [Test]
    public async Task Whether_a_key_is_good_cannot_be_told_while_the_issuer_is_away()
    {
        await Validator.FaultOfAsync(First.Token());
        Source.Failure = new HttpRequestException("Away.");
        PassInterval();

        Assert.That(await Validator.FaultOfAsync(Second.Token()), Is.EqualTo(TokenFault.KeysUnavailable));
        Assert.That(await Validator.FaultOfAsync(Second.Token()), Is.EqualTo(TokenFault.KeysUnavailable), "within the interval");
        Assert.That(await Validator.FaultOfAsync(First.Token()), Is.EqualTo(TokenFault.None));

        Source.Failure = null;
        PassInterval();
        Assert.That(await Validator.FaultOfAsync(Second.Token()), Is.EqualTo(TokenFault.KeyUnknown));
    }

    [Test]
    public void Caller_is_told_to_try_again_then()
    {
        var failure = TokenValidator.Refused(TokenFault.KeysUnavailable);
        Assert.That(failure.Reason, Is.EqualTo(ErrorReason.IssuerUnavailable));
        Assert.That(failure.Message, Does.EndWith("Try again.").And.Not.Contain(TestIssuer.Name));
    }
}
