using Profiles.Core.Rules;
using Profiles.Core.Tests.Support;

namespace Profiles.Core.Tests.Rules;

[TestFixture]
public class EmailRuleTests
{
    private static readonly string s_label63 = new('d', 63);

    private static readonly string s_domain255 = $"{s_label63}.{s_label63}.{s_label63}.{s_label63}";

    [TestCase("alice@example.com")]
    [TestCase("a@b")]
    [TestCase("Alice.Smith+news@Mail.Example.COM")]
    [TestCase("!#$%&'*+-/=?^_`{|}~@example.com", Description = "Every mark of an atom.")]
    [TestCase("1@2.3")]
    [TestCase("a@xn--bcher-kva.example")]
    [TestCase("a@b--c.d")]
    [TestCase("\u7528\u6237@\u4f8b\u5b50.\u5e7f\u544a", Description = "RFC 6531.")]
    [TestCase("\ud83d\ude00@example.com")]
    public void Takes_addresses(string value) => Assert.That(EmailRule.Check(value), Is.Null);

    [TestCase("", "nothing")]
    [TestCase("alice", "no at sign")]
    [TestCase("@example.com", "no local part")]
    [TestCase("alice@", "no domain")]
    [TestCase("@", "nothing but the at sign")]
    [TestCase("a@b@c", "two at signs")]
    [TestCase("a@@b", "two at signs in a row")]
    [TestCase(".a@b", "a dot first")]
    [TestCase("a.@b", "a dot last")]
    [TestCase("a..b@c", "two dots in a row")]
    [TestCase("a b@c", "a blank")]
    [TestCase(" a@b", "a blank first")]
    [TestCase("a@b ", "a blank last")]
    [TestCase("a\u00a0b@c", "a no-break space")]
    [TestCase("a@b\u3000c", "an ideographic space")]
    [TestCase("\"a b\"@c", "a quoted local part")]
    [TestCase("a(comment)@b", "a comment")]
    [TestCase("<a@b>", "angle brackets")]
    [TestCase("Alice <a@b>", "a display name")]
    [TestCase("a@b,c@d", "two addresses")]
    [TestCase("a@b;c", "a semicolon")]
    [TestCase("a:b@c", "a colon in the local part")]
    [TestCase("a\\b@c", "a backslash")]
    [TestCase("a@[127.0.0.1]", "an address literal")]
    [TestCase("a@.b", "an empty first label")]
    [TestCase("a@b.", "an empty last label")]
    [TestCase("a@b..c", "an empty label")]
    [TestCase("a@-b.c", "a label that begins with a hyphen")]
    [TestCase("a@b-.c", "a label that ends with a hyphen")]
    [TestCase("a@b_c.d", "an underscore in the domain")]
    [TestCase("a@b.c:25", "a port")]
    [TestCase("mailto:a@b", "a URL")]
    public void Refuses_all_else(string value, string why) =>
        Assert.That(EmailRule.Check(value), Is.EqualTo("must be a valid e-mail address such as alice@example.com"), why);

    [TestCase("a\n@b")]
    [TestCase("a@b\r\nBcc: c@d")]
    [TestCase("a@b\0")]
    public void Names_control_characters(string value) => Assert.That(EmailRule.Check(value), Does.Contain("control characters"));

    [TestCase(64, true)]
    [TestCase(65, false)]
    public void A_local_part_has_at_most_64_octets(int length, bool good)
    {
        Assert.That(EmailRule.Check($"{new string('a', length)}@b"), good ? Is.Null : Is.Not.Null);
        var twoOctetsEach = Texts.Repeat("\u00e9", length / 2) + new string('a', length % 2);
        Assert.That(EmailRule.Check($"{twoOctetsEach}@b"), good ? Is.Null : Is.Not.Null);
    }

    [TestCase(63, true)]
    [TestCase(64, false)]
    public void A_label_has_at_most_63_octets(int length, bool good) =>
        Assert.That(EmailRule.Check($"a@{new string('d', length)}.example"), good ? Is.Null : Is.Not.Null);

    [Test]
    public void A_domain_has_at_most_255_octets()
    {
        Assert.That(s_domain255, Has.Length.EqualTo(255));
        Assert.That(EmailRule.Check($"a@{s_domain255}"), Is.Null);
        Assert.That(EmailRule.Check($"a@d.{s_domain255[2..]}"), Is.Null, "also 255, with a label more");
        Assert.That(EmailRule.Check($"a@d.{s_domain255}"), Is.Not.Null, "257");
    }

    [Test]
    public void The_longest_address_has_320_characters()
    {
        var longest = $"{new string('a', 64)}@{s_domain255}";

        Assert.That(longest, Has.Length.EqualTo(EmailRule.MaxLength));
        Assert.That(EmailRule.Check(longest), Is.Null);
        Assert.That(EmailRule.Check($"a{longest}"), Is.EqualTo("must have at most 320 characters (code points), yet has 321"));
    }
}
