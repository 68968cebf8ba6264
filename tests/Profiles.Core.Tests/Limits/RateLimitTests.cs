using Profiles.Core.Limits;

namespace Profiles.Core.Tests.Limits;

/// <summary>The written form of allowances, and what follows from them.</summary>
internal sealed class RateLimitTests
{
    [TestCase("6000/1m", 6000, 60, "6000/1m")]
    [TestCase("1/1s", 1, 1, "1/1s")]
    [TestCase("1000000/1d", 1_000_000, 86_400, "1000000/1d")]
    [TestCase("10/90s", 10, 90, "10/90s")]
    [TestCase("10/60s", 10, 60, "10/1m")]
    [TestCase("10/24h", 10, 86_400, "10/1d")]
    [TestCase("10/2h", 10, 7_200, "10/2h")]
    public void Good_forms(string text, int requests, int seconds, string written)
    {
        Assert.That(RateLimit.TryParse(text, out var limit), Is.True);
        Assert.That(limit!.Requests, Is.EqualTo(requests));
        Assert.That(limit.Window, Is.EqualTo(TimeSpan.FromSeconds(seconds)));
        Assert.That(limit.ToString(), Is.EqualTo(written));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("6000")]
    [TestCase("/1m")]
    [TestCase("6000/")]
    [TestCase("6000/m")]
    [TestCase("6000/1")]
    [TestCase("6000/1w")]
    [TestCase("6000/1M")]
    [TestCase("0/1m")]
    [TestCase("-1/1m")]
    [TestCase("+1/1m")]
    [TestCase("1e3/1m")]
    [TestCase(" 6000/1m")]
    [TestCase("6000/1m ")]
    [TestCase("6000 / 1m")]
    [TestCase("1000001/1m")]
    [TestCase("99999999999/1m")]
    [TestCase("1/0s")]
    [TestCase("1/2d")]
    [TestCase("1/25h")]
    [TestCase("1/99999999999s")]
    [TestCase("1/2147483647d")]
    [TestCase("1/1.5s")]
    public void Bad_forms(string? text) => Assert.That(RateLimit.TryParse(text, out _), Is.False);

    [TestCase(0, 60)]
    [TestCase(1_000_001, 60)]
    [TestCase(1, 0)]
    [TestCase(1, 0.5)]
    [TestCase(1, 1.5)]
    [TestCase(1, 86_401)]
    public void Bad_values(int requests, double seconds) =>
        Assert.That(() => new RateLimit(requests, TimeSpan.FromSeconds(seconds)), Throws.InstanceOf<ArgumentOutOfRangeException>());

    // A hundredth of the bucket, or a quarter of a second's worth.
    [TestCase("6000/1m", 60)]
    [TestCase("1200/1m", 12)]
    [TestCase("100/1s", 25)]
    [TestCase("1000000/1s", 250_000)]
    [TestCase("1000000/1d", 10_000)]
    [TestCase("99/1h", 1)]
    [TestCase("1/1d", 1)]
    [TestCase("1/1s", 1)]
    [TestCase("2/1s", 1)]
    public void Chunks(string text, int chunk)
    {
        Assert.That(RateLimit.TryParse(text, out var limit), Is.True);
        Assert.That(limit!.Chunk, Is.EqualTo(chunk));
    }

    [TestCase("6000/1m", 10_000_000)]
    [TestCase("1000000/1s", 1_000)]
    [TestCase("900000/1s", 1_111)]
    [TestCase("1/1d", 86_400_000_000_000)]
    public void Tokens_come_back_evenly(string text, long nanoseconds)
    {
        Assert.That(RateLimit.TryParse(text, out var limit), Is.True);
        Assert.That(limit!.TokenNanoseconds, Is.EqualTo(nanoseconds));
    }
}
