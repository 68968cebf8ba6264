using System.Text;
using Profiles.Transcoding.Routing;

namespace Profiles.Transcoding.Tests.Routing;

/// <summary>Which paths a template matches and what its variables take of them.</summary>
public class TemplateMatcherTests
{
    [TestCase("/v1/books", "/v1/books", "")]
    [TestCase("/v1/books", "/v1/b%6Foks", "", Description = "an escape in a literal")]
    [TestCase("/a%20b", "/a%20b", "")]
    [TestCase("/v1/{a}", "/v1/x", "a=x")]
    [TestCase("/v1/{a}", "/v1/x%2Fy", "a=x/y", Description = "one segment: a slash is decoded")]
    [TestCase("/v1/{a}", "/v1/x%252Fy", "a=x%2Fy", Description = "once, not twice")]
    [TestCase("/v1/{a}", "/v1/a+b%20c%3A", "a=a+b c:")]
    [TestCase("/v1/{a}", "/v1/%C3%A4%F0%9F%98%80", "a=ä😀")]
    [TestCase("/v1/{a}", "/v1/x:y", "a=x:y", Description = "no verb in the template")]
    [TestCase("/v1/{a=*}/{b}", "/v1/x/y", "a=x b=y")]
    [TestCase("/v1/{a=b/*}", "/v1/b/x", "a=b/x")]
    [TestCase("/v1/{a=b/*}", "/v1/b/x%2Fy%20z", "a=b/x%2Fy z", Description = "many segments: a slash stays encoded")]
    [TestCase("/v1/{a=b/*}", "/v1/b/x%2fy", "a=b/x%2fy")]
    [TestCase("/v1/{a=**}", "/v1/x/y/z", "a=x/y/z")]
    [TestCase("/v1/{a=**}", "/v1/x", "a=x")]
    [TestCase("/v1/{a=**}", "/v1/", "a=")]
    [TestCase("/v1/{a=**}", "/v1", "a=")]
    [TestCase("/v1/{a=**}", "/v1/x//y/", "a=x//y/")]
    [TestCase("/v1/{a=b/**}", "/v1/b", "a=b")]
    [TestCase("/v1/*/x", "/v1/any/x", "")]
    [TestCase("/v1/{a}:read", "/v1/x:read", "a=x")]
    [TestCase("/v1/{a}:read", "/v1/x:y:read", "a=x:y")]
    [TestCase("/v1/{a}:read", "/v1/x%3Aread:read", "a=x:read")]
    [TestCase("/v1/{a=**}:read", "/v1/x/y:read", "a=x/y")]
    [TestCase("/v1/books:read", "/v1/books:read", "")]
    public void Matches(string template, string path, string captures) => Assert.That(Match(template, path), Is.EqualTo(captures));

    [TestCase("/v1/books", "/v1/Books", Description = "letter case counts")]
    [TestCase("/v1/books", "/v1/books/")]
    [TestCase("/v1/books", "/v1//books")]
    [TestCase("/v1/books", "/v1")]
    [TestCase("/v1/books", "/v1/books/x")]
    [TestCase("/v1/books", "/v1/books:read")]
    [TestCase("/v1/{a}", "/v1/", Description = "* takes one segment that is not empty")]
    [TestCase("/v1/{a}", "/v1")]
    [TestCase("/v1/{a}", "/v1/x/y")]
    [TestCase("/v1/{a}:read", "/v1/x")]
    [TestCase("/v1/{a}:read", "/v1/x:Read")]
    [TestCase("/v1/{a}:read", "/v1/:read")]
    [TestCase("/v1/{a}:read", "/v1/x%3Aread", Description = "an encoded colon is data")]
    [TestCase("/v1/{a}:read", "/v1/x:reader")]
    [TestCase("/v1/{a}:read", "/v1/xread")]
    [TestCase("/v1/{a=b/*}", "/v1/c/x")]
    [TestCase("/v1/{a=b/**}", "/v1/c")]
    public void Does_not_match(string template, string path) => Assert.That(Match(template, path), Is.Null);

    [TestCase("/v1/{a}", "/v1/%")]
    [TestCase("/v1/{a}", "/v1/%2")]
    [TestCase("/v1/{a}", "/v1/%GG")]
    [TestCase("/v1/{a}", "/v1/%ff")]
    [TestCase("/v1/{a}", "/v1/%ED%A0%80")]
    [TestCase("/v1/{a=**}", "/v1/x/%C3")]
    public void A_broken_escape_is_no_value(string template, string path) => Assert.That(Match(template, path), Is.EqualTo("broken"));

    [TestCase("/v1/books", "/v1/*")]
    [TestCase("/v1/*", "/v1/**")]
    [TestCase("/v1/books/*", "/v1/*/x")]
    [TestCase("/v1/*:read", "/v1/*")]
    [TestCase("/v1/**:read", "/v1/**")]
    [TestCase("/v1", "/v1/**")]
    [TestCase("/v1/*/*", "/v1/*/**")]
    [TestCase("/v1/*/*", "/v1/**")]
    public void The_more_particular_one_wins(string first, string second)
    {
        var (a, b) = (TemplateParser.Parse(first), TemplateParser.Parse(second));
        Assert.That(a.ComparePrecedence(b), Is.Negative);
        Assert.That(b.ComparePrecedence(a), Is.Positive);
        Assert.That(a.ComparePrecedence(a), Is.Zero);
    }

    private static string? Match(string text, string raw)
    {
        var template = TemplateParser.Parse(text);
        var path = new RequestPath(raw);
        if (!TemplateMatcher.Matches(template, path, 0)) return null;

        var utf8 = new byte[TemplateMatcher.MaxCapture(path)];
        var captures = new List<string>();
        foreach (var variable in template.Variables)
        {
            if (!TemplateMatcher.TryCapture(template, variable, path, 0, utf8, out var length)) return "broken";
            captures.Add($"{variable.FieldPath}={Encoding.UTF8.GetString(utf8, 0, length)}");
        }

        return string.Join(' ', captures);
    }
}
