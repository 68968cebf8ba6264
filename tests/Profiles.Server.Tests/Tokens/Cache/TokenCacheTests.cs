using Profiles.Server.Tests.Tokens.Keys;
using Profiles.Server.Tokens;
using Profiles.Server.Tokens.Cache;
using Profiles.Server.Tokens.Claims;
using Profiles.Server.Tokens.Keys;
using static Profiles.Server.Tests.Tokens.TestIssuer;

namespace Profiles.Server.Tests.Tokens.Cache;

/// <summary>A token is verified once, and is worth no more by that.</summary>
public class TokenCacheTests
{
    private FakeClock clock = null!;
    private CountingKey key = null!;
    private TokenValidator validator = null!;

    [SetUp]
    public void Make_validator()
    {
        (clock, key) = (new FakeClock(), new CountingKey());
        validator = new TokenValidator([Trust(Name, [key])], clock);
    }

    [Test]
    public void Token_is_verified_once()
    {
        var token = Es256();
        var first = validator.Validate(token);
        Assert.That(validator.Validate(token), Is.SameAs(first));
        Assert.That(validator.Validate(new string(token)), Is.SameAs(first));
        Assert.That(key.Count, Is.EqualTo(1));
    }

    [Test]
    public void Token_that_differs_anywhere_is_another_one()
    {
        var token = Es256();
        validator.Validate(token);
        foreach (var position in Enumerable.Range(0, token.Length).Where(position => token[position] != 'A'))
        {
            var changed = $"{token[..position]}A{token[(position + 1)..]}";
            Assert.That(validator.Check(changed, out _), Is.Not.EqualTo(TokenFault.None));
        }
        // The same bytes in a text of other characters.
        Assert.That(validator.Check(string.Concat(token.Select(letter => (char)(letter | 0x100))), out _), Is.Not.EqualTo(TokenFault.None));
    }

    [Test]
    public void Bad_token_is_not_kept()
    {
        var forged = Es256(key: OtherEcKey);
        Assert.That(validator.Check(forged, out _), Is.EqualTo(TokenFault.Signature));
        Assert.That(validator.Check(forged, out _), Is.EqualTo(TokenFault.Signature));
        Assert.That(key.Count, Is.EqualTo(2));
    }

    [Test]
    public void Kept_token_expires_to_the_moment()
    {
        var token = WithClaim("exp", $"{Seconds(300)}.5");
        validator.Validate(token);

        clock.Advance(TimeSpan.FromSeconds(360.499));
        Assert.That(validator.Check(token, out _), Is.EqualTo(TokenFault.None));
        clock.Advance(TimeSpan.FromSeconds(0.001));
        Assert.That(validator.Check(token, out var caller), Is.EqualTo(TokenFault.Expired));
        Assert.That(caller, Is.Null);
        Assert.That(key.Count, Is.EqualTo(1));
    }

    [TestCase("nbf")]
    [TestCase("iat")]
    public void Kept_token_is_not_valid_when_the_clock_is_set_back_before_its_start(string claim)
    {
        var token = WithClaim(claim, $"{Seconds(60)}");
        validator.Validate(token);
        clock.Now -= TimeSpan.FromSeconds(1);
        Assert.That(validator.Check(token, out _), Is.EqualTo(TokenFault.NotYetValid));
        clock.Now += TimeSpan.FromSeconds(1);
        Assert.That(validator.Check(token, out _), Is.EqualTo(TokenFault.None));
    }

    [Test]
    public async Task Removed_key_ends_its_kept_tokens_and_they_return_with_it()
    {
        var (issuerKey, source) = (new IssuerKey("a"), new FakeSource());
        var keys = new RefreshedKeys(Name, source, clock, new LogRecorder());
        validator = new TokenValidator([new(Name, "profiles", keys, ClaimRules.Default)], clock);
        source.Document = IssuerKey.Set(issuerKey);
        var token = issuerKey.Token();
        Assert.That(await validator.FaultOfAsync(token), Is.EqualTo(TokenFault.None));

        foreach (var (set, fault) in new[] { (IssuerKey.Set(new IssuerKey("b")), TokenFault.KeyUnknown), (IssuerKey.Set(issuerKey), TokenFault.None) })
        {
            source.Document = set;
            clock.Advance(KeySchedule.Remote.Least);
            Assert.That(await keys.RefreshAsync());
            Assert.That(validator.Check(token, out _), Is.EqualTo(fault));
        }
    }

    [Test]
    public async Task Another_key_of_the_same_name_ends_kept_tokens()
    {
        var (before, after) = (new IssuerKey("a"), new IssuerKey("a"));
        var source = new FakeSource { Document = IssuerKey.Set(before) };
        var keys = new RefreshedKeys(Name, source, clock, new LogRecorder());
        validator = new TokenValidator([new(Name, "profiles", keys, ClaimRules.Default)], clock);
        var token = before.Token();
        Assert.That(await validator.FaultOfAsync(token), Is.EqualTo(TokenFault.None));

        source.Document = IssuerKey.Set(after);
        clock.Advance(KeySchedule.Remote.Least);
        Assert.That(await keys.RefreshAsync());
        Assert.That(validator.Check(token, out _), Is.EqualTo(TokenFault.Signature));
    }

    [Test]
    public void Cache_is_bounded_and_keeps_what_is_used()
    {
        var cache = new TokenCache();
        var kept = new VerifiedToken(Trust(Name, []), new JsonWebKeySet([]), default, null!);
        var used = new TokenDigest(0, 0);
        cache.Add(used, kept);
        for (var number = 1; number <= 5 * TokenCache.Capacity; number++)
        {
            cache.Add(new TokenDigest((UInt128)number, 1), kept);
            Assert.That(cache.Find(used), Is.SameAs(kept));
            Assert.That(cache.Count, Is.LessThanOrEqualTo(TokenCache.Capacity));
        }
        Assert.That(cache.Find(new TokenDigest(1, 1)), Is.Null);
        Assert.That(cache.Find(new TokenDigest(5 * TokenCache.Capacity, 1)), Is.SameAs(kept));
    }

    [Test]
    public void Same_token_twice_takes_one_place()
    {
        var cache = new TokenCache();
        var kept = new VerifiedToken(Trust(Name, []), new JsonWebKeySet([]), default, null!);
        for (var round = 0; round < TokenCache.Capacity; round++)
            cache.Add(new TokenDigest(7, 7), kept);
        Assert.That(cache.Count, Is.EqualTo(1));
    }

    [Test]
    public void Cache_is_right_in_many_threads()
    {
        var cache = new TokenCache();
        var tokens = Enumerable.Range(0, 3 * TokenCache.Capacity)
            .Select(number => new VerifiedToken(Trust($"{number}", []), new JsonWebKeySet([]), default, null!)).ToArray();
        var wrong = 0;
        Parallel.For(0, 8, thread =>
        {
            for (var step = 0; step < tokens.Length; step++)
            {
                var number = (step + (thread * 997)) % tokens.Length;
                var digest = new TokenDigest((UInt128)number, 0);
                if (cache.Find(digest) is { } found && found != tokens[number])
                    Interlocked.Increment(ref wrong);
                cache.Add(digest, tokens[number]);
            }
        });
        Assert.That(wrong, Is.Zero);
        Assert.That(cache.Count, Is.LessThanOrEqualTo(TokenCache.Capacity));
    }
}
