using Profiles.Core.Rules;
using Profiles.Core.Tests.Support;

namespace Profiles.Core.Tests.Rules;

[TestFixture]
public class UrlRuleTests
{
    private const string Rule = "must be an absolute http or https URL";

    [TestCase("http://example.com")]
    [TestCase("https://example.com/")]
    [TestCase("HTTPS://EXAMPLE.COM/A")]
    [TestCase("https://example.com:8443/a/b.png?size=64&x=%20#top")]
    [TestCase("https://localhost/a")]
    [TestCase("https://192.0.2.1/a")]
    [TestCase("https://[2001:db8::1]/a")]
    [TestCase("https://b\u00fccher.example/b\u00fccher.png", Description = "An IRI.")]
    [TestCase("https://example.com/\ud83d\ude00")]
    [TestCase("https://example.com/a'b(c)[d]{e}|f^g", Description = "Characters that links in the wild have.")]
    public void Takes_URLs(string value) => Assert.That(UrlRule.Check(value), Is.Null);

    [TestCase("", "nothing")]
    [TestCase("example.com/a.png", "no scheme")]
    [TestCase("//example.com/a.png", "no scheme")]
    [TestCase("/a.png", "a path")]
    [TestCase("http:", "no host")]
    [TestCase("http://", "no host")]
    [TestCase("http:///a", "no host")]
    [TestCase("http://?a", "no host")]
    [TestCase("http://#a", "no host")]
    [TestCase("http:/example.com", "one slash")]
    [TestCase("http:example.com", "no slash")]
    [TestCase("ftp://example.com/a", "another scheme")]
    [TestCase("file:///etc/passwd", "another scheme")]
    [TestCase("javascript:alert(1)", "a script")]
    [TestCase("javascript://example.com/%0aalert(1)", "a script that looks like a URL")]
    [TestCase("data:image/png;base64,AA==", "the picture itself")]
    [TestCase("httpx://example.com", "a scheme that begins alike")]
    [TestCase("https ://example.com", "a blank in the scheme")]
    [TestCase(" https://example.com", "a blank first")]
    [TestCase("https://example.com ", "a blank last")]
    [TestCase("https://example.com/a b", "a blank within")]
    [TestCase("https://example.com/a\u00a0b", "a no-break space")]
    [TestCase("https://example.com\u3000", "an ideographic space")]
    [TestCase("https://example.com/\u2028", "a line separator")]
    [TestCase("https://exam\u200eple.com/", "a direction mark, which the parser would drop")]
    [TestCase("https://example.com/\u202egnp.exe", "a direction override")]
    [TestCase("https:\\\\example.com", "backslashes for slashes")]
    [TestCase("https://example.com\\@example.org", "a backslash: readers disagree on the host")]
    [TestCase("https://example.com/\"onload=\"x", "a quote ends an attribute in a page")]
    [TestCase("https://example.com/<b>", "angle brackets")]
    [TestCase("https://example.com/`", "a backtick")]
    [TestCase("https://example.com:99999/", "no such port")]
    [TestCase("https://example.com:80a/", "no number")]
    [TestCase("https://[::1", "an open bracket")]
    [TestCase("https://a..b/", "an empty label")]
    [TestCase("https://{a}/", "braces in the host")]
    public void Refuses_all_else(string value, string why) => Assert.That(UrlRule.Check(value), Is.EqualTo(Rule), why);

    [TestCase("https://example.com/\r\nSet-Cookie: a=b")]
    [TestCase("https://example.com/\t")]
    [TestCase("https://example.com/\0")]
    public void Names_control_characters(string value) => Assert.That(UrlRule.Check(value), Does.Contain("control characters"));

    [TestCase("a")]
    [TestCase("\u00e9")]
    [TestCase(Texts.Emoji)]
    public void Has_at_most_1024_code_points(string character)
    {
        const string start = "https://example.com/";
        var longest = start + Texts.Repeat(character, UrlRule.MaxLength - start.Length);

        Assert.That(UrlRule.Check(longest), Is.Null);
        Assert.That(UrlRule.Check(longest + character), Is.EqualTo("must have at most 1024 characters (code points), yet has 1025"));
    }
}
