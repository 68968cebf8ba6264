using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Profiles.Core.Limits;
using Profiles.Server.Limits;

namespace Profiles.Server.Tests.Limits;

/// <summary>Who is refused after how many failures.</summary>
internal sealed class FailedAuthenticationsTests
{
    private static readonly RateLimit Limit = new(3, TimeSpan.FromMinutes(1));
    private static readonly IPAddress Address = IPAddress.Parse("192.0.2.1");

    private SteppingClock clock = null!;
    private FailedAuthentications failures = null!;

    [SetUp]
    public void Create()
    {
        clock = new SteppingClock();
        failures = Failures(Limit);
    }

    [Test]
    public void An_address_is_refused_after_its_last_failure_until_one_is_forgiven()
    {
        for (var i = 0; i < 3; i++)
        {
            Assert.That(failures.Refuses(Address, null), Is.Null);
            failures.Failed(Address, null);
        }

        Assert.That(failures.Refuses(Address, null), Is.EqualTo(TimeSpan.FromSeconds(20)));
        clock.Pass(TimeSpan.FromSeconds(20));
        Assert.That(failures.Refuses(Address, null), Is.Null);
    }

    [TestCase("192.0.2.1", "192.0.2.1", true)]
    [TestCase("192.0.2.1", "192.0.2.2", false)]
    [TestCase("192.0.2.1", "::ffff:192.0.2.1", true)]
    [TestCase("::ffff:192.0.2.1", "::ffff:192.0.2.2", false)]
    [TestCase("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", true)]
    [TestCase("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [TestCase("::1", "0.0.0.1", false)]
    [TestCase("::", "0.0.0.0", false)]
    public void An_address_counts_for_itself_or_its_network(string failing, string asking, bool isRefused)
    {
        for (var i = 0; i < 3; i++)
            failures.Failed(IPAddress.Parse(failing), null);

        Assert.That(failures.Refuses(IPAddress.Parse(asking), null), isRefused ? Is.Not.Null : Is.Null);
    }

    [TestCase("192.0.2.1", "192.0.2.1")]
    [TestCase("::ffff:192.0.2.1", "192.0.2.1")]
    [TestCase("2001:db8:1:2::1", "2001:db8:1:2::/64")]
    public void A_key_is_written_as_what_it_stands_for(string address, string text) =>
        Assert.That(AddressKey.Of(IPAddress.Parse(address)).ToString(), Is.EqualTo(text));

    [Test]
    public void A_prefix_counts_from_wherever_it_comes()
    {
        for (var i = 0; i < 3; i++)
            failures.Failed(IPAddress.Parse($"192.0.2.{i}"), "pk_abcd");

        Assert.That(failures.Refuses(IPAddress.Parse("192.0.2.9"), "pk_abcd"), Is.Not.Null);
        Assert.That(failures.Refuses(IPAddress.Parse("192.0.2.9"), "pk_abce"), Is.Null);
        Assert.That(failures.Refuses(null, "pk_abcd"), Is.Not.Null);
    }

    [Test]
    public void Without_a_limit_nobody_is_refused()
    {
        var open = Failures(limit: null);
        for (var i = 0; i < 100; i++)
            open.Failed(Address, "pk_abcd");

        Assert.That(open.Refuses(Address, "pk_abcd"), Is.Null);
        Assert.That(open.Count, Is.Zero);
    }

    [Test]
    public void What_is_remembered_is_bounded()
    {
        var small = Failures(Limit, maxEntries: 50);
        for (var i = 0; i < 5_000; i++)
        {
            small.Failed(new IPAddress(i), $"prefix-{i}");
            Assert.That(small.Count, Is.LessThanOrEqualTo(100));
        }
    }

    [Test]
    public void Good_credentials_of_late_are_known_and_others_are_not()
    {
        var recent = new RecentCredentials();
        var good = Enumerable.Range(0, 100).Select(i => $"Bearer good-{i}").ToList();
        good.ForEach(recent.Remember);

        // Two of them may share a slot, and a few bits may be alike by chance.
        Assert.That(good.Count(recent.Knows), Is.GreaterThan(90));
        Assert.That(Enumerable.Range(0, 1_000).Count(i => recent.Knows($"Bearer bad-{i}")), Is.LessThan(5));
    }

    private FailedAuthentications Failures(RateLimit? limit, int maxEntries = FailedAuthentications.MaxEntries) =>
        new(limit, new NanosecondClock(clock), NullLogger<FailedAuthentications>.Instance, maxEntries);
}
