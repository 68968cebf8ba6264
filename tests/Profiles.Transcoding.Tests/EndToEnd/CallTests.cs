using System.Net;
using System.Text.Json;

namespace Profiles.Transcoding.Tests.EndToEnd;

/// <summary>What a method sees of a REST call, and the headers that it answers with.</summary>
public class CallTests : AppFixture
{
    [Test]
    public async Task A_method_sees_the_call()
    {
        using var response = await App.SendAsync(
            "GET", "/v1/inspect", null,
            ("x-one", "1"), ("Grpc-Metadata-X-Two", "2"), ("grpc-timeout", "10S"), ("x-data-bin", "AQI"), ("x-bad-bin", "*"),
            ("Grpc-Metadata-Host", "evil"));
        var call = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        Assert.That(call.GetProperty("method").GetString(), Is.EqualTo("/transcoding.tests.v1.EchoService/Inspect"));
        Assert.That(call.GetProperty("host").GetString(), Is.EqualTo(App.Http.BaseAddress!.Authority));
        Assert.That(call.GetProperty("peer").GetString(), Does.Match(@"^ipv4:127\.0\.0\.1:\d+$"));
        Assert.That(call.GetProperty("hasDeadline").GetBoolean(), Is.True);
        var headers = call.GetProperty("headers").EnumerateObject().Select(header => $"{header.Name}={header.Value}").Order();
        Assert.That(headers, Is.EqualTo(new[] { "x-data-bin=binary", "x-one=1", "x-two=2" }));
    }

    [Test]
    public async Task Interceptors_run_in_the_order_of_gRPC()
    {
        using var response = await App.SendAsync("GET", "/v1/inspect");
        var call = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        Assert.That(call.GetProperty("interceptors").EnumerateArray().Select(name => name.GetString()), Is.EqualTo(new[] { "global", "service" }));
        Assert.That(call.TryGetProperty("hasDeadline", out _), Is.False);
    }

    [Test]
    public async Task Headers_and_trailers_are_written()
    {
        using var response = await App.SendAsync("POST", "/v1/books?requestId=r", """{"bookId":"a"}""");
        Assert.That(response.Headers.Location?.ToString(), Is.EqualTo("/v1/books/a"));
        Assert.That(response.Headers.GetValues("x-request"), Is.EqualTo(new[] { "r" }));
        Assert.That(response.Content.Headers.ContentType?.ToString(), Is.EqualTo("application/json"));
        Assert.That(response.Content.Headers.ContentLength, Is.EqualTo("""{"bookId":"a"}""".Length));
    }

    [TestCase("no%0Aline")]
    [TestCase("n%C3%A4")]
    public async Task A_header_that_HTTP_cannot_carry_is_dropped(string value)
    {
        using var response = await App.SendAsync("POST", "/v1/books?requestId=" + value, "{}");
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(response.Headers.Contains("x-request"), Is.False);
    }

    [Test]
    public async Task HEAD_answers_like_GET_without_body()
    {
        using var response = await App.SendAsync("HEAD", "/v1/books/a");
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(response.Headers.ETag?.Tag, Is.EqualTo("\"r1\""));
        Assert.That(response.Content.Headers.ContentLength, Is.EqualTo("""{"bookId":"a"}""".Length));
        Assert.That(await response.Content.ReadAsByteArrayAsync(), Is.Empty);
    }

    [TestCase("\"r1\"", 304)]
    [TestCase("W/\"r1\"", 304)]
    [TestCase("\"r0\", \"r1\"", 304)]
    [TestCase("*", 304)]
    [TestCase("\"r2\"", 200)]
    [TestCase("r1", 200, Description = "malformed: as if it were absent")]
    [TestCase("\"r1", 200)]
    [TestCase("", 200)]
    public async Task A_reader_of_the_current_version_is_told_so(string known, int status)
    {
        using var response = await App.SendAsync("GET", "/v1/books/a", null, ("If-None-Match", known));
        Assert.That((int)response.StatusCode, Is.EqualTo(status));
        Assert.That(response.Headers.ETag?.Tag, Is.EqualTo("\"r1\""));
        if (status == 304) Assert.That(await response.Content.ReadAsByteArrayAsync(), Is.Empty);
    }

    [Test]
    public async Task A_write_knows_no_304()
    {
        using var response = await App.SendAsync("POST", "/v1/books", "{}", ("If-None-Match", "*"));
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }
}
