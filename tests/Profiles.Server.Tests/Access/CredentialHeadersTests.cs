using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Profiles.Server.Access.Authentication;

namespace Profiles.Server.Tests.Access;

/// <summary>A credential is read from one of several headers, and only when it is there once.</summary>
internal sealed class CredentialHeadersTests
{
    private static readonly string[] Names = ["x-api-key", "api_key"];

    [TestCase(null, null, true, null)]
    [TestCase("", null, true, null)]
    [TestCase("", "", true, null)]
    [TestCase("a", null, true, "a")]
    [TestCase(null, "a", true, "a")]
    [TestCase("a", "", true, "a")]
    [TestCase("a", "b", false, null)]
    [TestCase("a", "a", false, null)]
    public void One_value_counts(string? first, string? second, bool readable, string? expected)
    {
        var headers = new HeaderDictionary();
        if (first is not null)
            headers["X-API-Key"] = first;
        if (second is not null)
            headers["api_key"] = second;

        var read = CredentialHeaders.TryRead(headers, Names, out var value);

        Assert.That(read, Is.EqualTo(readable));
        if (readable)
            Assert.That(value, Is.EqualTo(expected));
    }

    [TestCase("a", "b", false)]
    [TestCase("a", "a", false)]
    [TestCase("a", "", true)]
    public void A_header_that_comes_twice_is_read_like_two(string first, string second, bool readable)
    {
        var headers = new HeaderDictionary { ["x-api-key"] = new StringValues([first, second]) };

        Assert.That(CredentialHeaders.TryRead(headers, Names, out _), Is.EqualTo(readable));
    }

    [Test]
    public void Nothing_but_the_named_headers_is_read()
    {
        var headers = new HeaderDictionary { ["apikey"] = "a", ["authorization"] = "a" };

        Assert.That(CredentialHeaders.TryRead(headers, Names, out var value), Is.True);
        Assert.That(value, Is.Null);
    }
}
