using System.Text.Json;
using FsCheck;
using Profiles.Server.Tokens.Claims;

namespace Profiles.Server.Tests.Tokens.Claims;

/// <summary>The three forms of a claim's path.</summary>
public class ClaimPathTests
{
    private const string Claims = """
        {
          "org": "plain",
          "realm_access": { "roles": "nested", "deep": { "er": "deeper" }, "a.b": "dot below" },
          "realm_access.roles": "literal",
          "https://example.com/roles": "url",
          "https://example.com/claims": { "org": "below url" },
          "urn:example:org": "urn",
          "a/b": "slash",
          "a~b": "tilde",
          "~1": "tilde one",
          " x": "space",
          "list": [ { "a": "in a list" } ],
          "text": "no object",
          "none": null
        }
        """;

    [TestCase("org", "plain")]
    [TestCase("realm_access.roles", "nested")]
    [TestCase("realm_access.deep.er", "deeper")]
    [TestCase("https://example.com/roles", "url")]
    [TestCase("urn:example:org", "urn")]
    [TestCase(" x", "space")]
    [TestCase("/org", "plain")]
    [TestCase("/realm_access/roles", "nested")]
    [TestCase("/realm_access.roles", "literal")]
    [TestCase("/realm_access/a.b", "dot below")]
    [TestCase("/https:~1~1example.com~1claims/org", "below url")]
    [TestCase("/a~1b", "slash")]
    [TestCase("/a~0b", "tilde")]
    [TestCase("/~01", "tilde one")]
    public void Claim_is_found(string path, string value) => Assert.That(Find(path), Is.EqualTo(value));

    [TestCase("Org")]
    [TestCase("x")]
    [TestCase("roles")]
    [TestCase("realm_access.a.b")]
    [TestCase("https://example.com/claims.org")]
    [TestCase("https://example.com")]
    [TestCase("text.a")]
    [TestCase("none.a")]
    [TestCase("list.a")]
    [TestCase("list.0")]
    [TestCase("/list/0/a")]
    public void Claim_is_not_there(string path) => Assert.That(Find(path), Is.Null);

    [TestCase("")]
    [TestCase(".")]
    [TestCase("a.")]
    [TestCase(".a")]
    [TestCase("a..b")]
    [TestCase("/")]
    [TestCase("/a/")]
    [TestCase("//a")]
    [TestCase("/a~")]
    [TestCase("/a~2b")]
    [TestCase("/~~1")]
    [TestCase("a\nb")]
    [TestCase("a.b.c.d.e.f.g.h.i")]
    public void Text_that_is_no_path_is_refused(string path) => Assert.That(ClaimPath.TryParse(path), Is.Null);

    [Test]
    public void Path_has_at_most_255_characters()
    {
        Assert.That(ClaimPath.TryParse(new string('a', 255)), Is.Not.Null);
        Assert.That(ClaimPath.TryParse(new string('a', 256)), Is.Null);
    }

    [Test]
    public void Path_may_be_as_deep_as_a_token() => Assert.That(ClaimPath.TryParse("a.b.c.d.e.f.g.h"), Is.Not.Null);

    /// <summary>Whatever a claim is called, a JSON Pointer names it.</summary>
    [FsCheck.NUnit.Property(MaxTest = 500)]
    public bool Every_name_has_a_pointer(NonEmptyString outer, NonEmptyString inner)
    {
        string[] names = [Plain(outer.Get), Plain(inner.Get)];
        var pointer = string.Concat(names.Select(name =>
            $"/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}"));
        var claims = new Dictionary<string, object> { [names[0]] = new Dictionary<string, string> { [names[1]] = "found" } };
        return ClaimPath.TryParse(pointer)!.TryFind(JsonSerializer.SerializeToElement(claims), out var value)
            && value.GetString() == "found";
    }

    private static string? Find(string path)
    {
        using var claims = JsonDocument.Parse(Claims);
        return ClaimPath.TryParse(path)!.TryFind(claims.RootElement, out var value) ? value.ToString() : null;
    }

    // Within what a path may hold at all.
    private static string Plain(string name)
    {
        var plain = new string([.. name.Where(letter => !char.IsControl(letter) && !char.IsSurrogate(letter)).Take(40)]);
        return plain.Length == 0 ? "~/" : plain;
    }
}
