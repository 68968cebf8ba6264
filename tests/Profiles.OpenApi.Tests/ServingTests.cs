using System.IO.Compression;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Profiles.OpenApi.Tests.Support;

namespace Profiles.OpenApi.Tests;

/// <summary>The document and the page over HTTP.</summary>
internal sealed partial class ServingTests
{
    private const int MatchTimeoutMilliseconds = 1_000;

    private TestApp app = null!;

    [OneTimeSetUp]
    public async Task StartAsync() =>
        app = await TestApp.StartAsync(map: built => built.MapOpenApiPage("/docs", "Pictures & more", (TestApp.DocumentPath, "Pictures")));

    [OneTimeTearDown]
    public ValueTask StopAsync() => app.DisposeAsync();

    [Test]
    public async Task A_document_is_kept_and_asked_for_anew()
    {
        using var first = await GetAsync(TestApp.DocumentPath);
        var etag = first.Headers.ETag!.ToString();
        using var second = await GetAsync(TestApp.DocumentPath, ("If-None-Match", etag));
        using var weak = await GetAsync(TestApp.DocumentPath, ("If-None-Match", $"\"other\", W/{etag}"));
        using var any = await GetAsync(TestApp.DocumentPath, ("If-None-Match", "*"));
        using var other = await GetAsync(TestApp.DocumentPath, ("If-None-Match", "\"other\""));

        Assert.That(first.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/json"));
        Assert.That(first.Headers.CacheControl!.NoCache, Is.True);
        Assert.That(first.Headers.GetValues("X-Content-Type-Options"), Is.EqualTo((string[])["nosniff"]));
        Assert.That(
            (HttpStatusCode[])[first.StatusCode, second.StatusCode, weak.StatusCode, any.StatusCode, other.StatusCode],
            Is.EqualTo((HttpStatusCode[])[HttpStatusCode.OK, HttpStatusCode.NotModified, HttpStatusCode.NotModified, HttpStatusCode.NotModified, HttpStatusCode.OK]));
        Assert.That(await second.Content.ReadAsByteArrayAsync(), Is.Empty);
    }

    [Test]
    public async Task A_document_is_compressed_for_those_who_can_read_it()
    {
        using var plain = await GetAsync(TestApp.DocumentPath);
        using var gzip = await GetAsync(TestApp.DocumentPath, ("Accept-Encoding", "br, gzip;q=0.5"));
        using var refused = await GetAsync(TestApp.DocumentPath, ("Accept-Encoding", "gzip;q=0"));

        var bytes = await plain.Content.ReadAsByteArrayAsync();
        await using var decompressed = new GZipStream(await gzip.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        using var read = new MemoryStream();
        await decompressed.CopyToAsync(read);
        Assert.That(read.ToArray(), Is.EqualTo(bytes));
        Assert.That(gzip.Content.Headers.ContentEncoding, Is.EqualTo((string[])["gzip"]));
        Assert.That(gzip.Content.Headers.ContentLength, Is.LessThan(bytes.Length / 4));
        Assert.That(gzip.Headers.ETag, Is.Not.EqualTo(plain.Headers.ETag));
        Assert.That(refused.Content.Headers.ContentEncoding, Is.Empty);
        Assert.That(new[] { plain, gzip }.Select(response => response.Headers.Vary.ToString()), Is.All.EqualTo("Accept-Encoding"));
    }

    [Test]
    public async Task A_document_can_be_asked_about()
    {
        using var head = await app.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, TestApp.DocumentPath));

        Assert.That(head.Content.Headers.ContentLength, Is.GreaterThan(1_000));
        Assert.That(await head.Content.ReadAsByteArrayAsync(), Is.Empty);
    }

    [Test]
    public async Task A_document_is_the_same_each_time_it_is_made()
    {
        await using var again = await TestApp.StartAsync();

        Assert.That((await again.GetDocumentAsync()).Text, Is.EqualTo((await app.GetDocumentAsync()).Text));
    }

    [Test]
    public async Task The_page_is_found_at_its_short_address()
    {
        using var response = await GetAsync("/docs");

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.MovedPermanently));
        Assert.That(new Uri(new Uri(app.Http.BaseAddress!, "/docs"), response.Headers.Location!).AbsolutePath, Is.EqualTo("/docs/index.html"));
    }

    [Test]
    public async Task The_page_loads_nothing_from_elsewhere()
    {
        var page = await app.Http.GetStringAsync("/docs/index.html");
        var links = Link().Matches(page).Select(match => match.Groups["url"].Value).ToList();

        Assert.That(page, Does.Contain("<title>Pictures &amp; more</title>"));
        Assert.That(links, Has.Count.GreaterThanOrEqualTo(7));
        foreach (var link in links)
        {
            var url = new Uri(new Uri(app.Http.BaseAddress!, "/docs/index.html"), link);
            using var response = await app.Http.GetAsync(url);
            Assert.That(url.Authority, Is.EqualTo(app.Http.BaseAddress!.Authority), link);
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), link);
            Assert.That(response.Headers.GetValues("Content-Security-Policy").Single(), Does.StartWith("default-src 'none'; script-src 'self';"), link);
            Assert.That(response.Headers.GetValues("X-Content-Type-Options"), Is.EqualTo((string[])["nosniff"]), link);
        }

        Assert.That(page, Does.Not.Match("<script(?![^>]* src=)|<style| style=| on[a-z]+="), "The policy forbids what stands in the page itself.");
    }

    [Test]
    public async Task The_page_reads_the_document_and_sends_it_to_nobody()
    {
        var script = await app.Http.GetStringAsync("/docs/index.js");
        var style = await app.Http.GetStringAsync("/docs/swagger-ui.css");

        Assert.That(script, Does.Contain("../openapi/v1.json"));
        Assert.That(script, Does.Contain("configObject.validatorUrl = null"));
        Assert.That(Load().Matches(style).Select(match => match.Groups["url"].Value), Is.Not.Empty.And.All.StartsWith("data:"));
        Assert.That(style, Does.Not.Contain("@import"));
    }

    private Task<HttpResponseMessage> GetAsync(string path, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return app.Http.SendAsync(request);
    }

    [GeneratedRegex("(?:src|href)=\"(?<url>[^\"]*)\"", RegexOptions.ExplicitCapture, MatchTimeoutMilliseconds)]
    private static partial Regex Link();

    [GeneratedRegex("url\\([\"']?(?<url>[^)]{0,20})", RegexOptions.ExplicitCapture, MatchTimeoutMilliseconds)]
    private static partial Regex Load();
}
