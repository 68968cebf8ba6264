using System.Security.Cryptography;
using Profiles.Server.Tokens;

namespace Profiles.Server.Tests.Tokens;

public class TokenConcurrencyTests
{
    private const int Threads = 16;
    private const int Rounds = 150;

    [Test]
    public async Task Many_threads_get_right_answers_from_one_validator()
    {
        var validator = TestIssuer.Validator();
        // Good tokens come once each, since the second time they are known.
        (string Token, TokenFault Fault)[] cases =
        [
            (TestIssuer.Es256(key: TestIssuer.OtherEcKey), TokenFault.Signature),
            (TestIssuer.WithClaim("exp", "0"), TokenFault.Expired),
            (TestIssuer.Rs256(padding: RSASignaturePadding.Pss), TokenFault.Signature),
            .. Enumerable.Range(0, Threads * Rounds).Select(number => (Numbered(number), TokenFault.None)),
        ];
        using var start = new Barrier(Threads);

        int WrongAnswers(int thread)
        {
            start.SignalAndWait();
            return Enumerable.Range(thread * Rounds, Rounds).SelectMany(number => new[] { cases[number % 3], cases[3 + number] })
                .Count(expected => validator.Check(expected.Token, out _) != expected.Fault);
        }

        var wrong = await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread =>
            Task.Factory.StartNew(() => WrongAnswers(thread), default, TaskCreationOptions.LongRunning, TaskScheduler.Default)))
            .WaitAsync(TimeSpan.FromSeconds(60));
        Assert.That(wrong, Is.All.Zero);
    }

    private static string Numbered(int number)
    {
        var payload = TestIssuer.With(TestIssuer.Payload, "jti", $"{number}");
        return number % 2 == 0 ? TestIssuer.Es256(payload: payload) : TestIssuer.Rs256(payload: payload);
    }
}
