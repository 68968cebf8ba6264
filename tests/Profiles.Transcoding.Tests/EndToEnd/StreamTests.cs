using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Profiles.Transcoding.Tests.Services;
using Profiles.Transcoding.Tests.Support;

namespace Profiles.Transcoding.Tests.EndToEnd;

/// <summary>Server-streaming methods: lines of JSON, server-sent events, downloads.</summary>
public class StreamTests : AppFixture
{
    private const int ClientGone = 3003;
    private const int Threw = 3002;
    private const int TooLate = 3010;

    private protected override Task<TestApp> StartAsync() => TestApp.StartAsync(
        options => options.EventHeartbeat = TimeSpan.FromMilliseconds(20), map: app => app.MapGrpcService<StreamService>());

    [TestCase(null)]
    [TestCase("*/*")]
    [TestCase("application/json")]
    [TestCase("application/x-ndjson")]
    [TestCase("application/*;q=0.5")]
    [TestCase("text/event-stream;q=0.5, application/x-ndjson")]
    [TestCase("application/problem+json")]
    public async Task Messages_are_lines_of_JSON(string? accept)
    {
        using var response = await GetAsync("/v1/count?to=2", accept);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(response.Content.Headers.ContentType?.ToString(), Is.EqualTo("application/x-ndjson"));
        Assert.That(response.Headers.GetValues("x-count"), Is.EqualTo(new[] { "2" }));
        Assert.That(response.Headers.Vary, Is.EqualTo(new[] { "Accept" }), "A cache must not give lines to who wants events.");
        Assert.That(
            await response.Content.ReadAsStringAsync(),
            Is.EqualTo("{\"number\":1,\"text\":\"line\\nend\"}\n{\"number\":2,\"text\":\"line\\nend\"}\n"));
    }

    [TestCase("text/event-stream")]
    [TestCase("text/event-stream, application/json")]
    public async Task Messages_are_events_for_who_asks(string accept)
    {
        using var response = await GetAsync("/v1/count?to=2", accept);
        Assert.That(response.Content.Headers.ContentType?.ToString(), Is.EqualTo("text/event-stream"));
        Assert.That(response.Headers.CacheControl?.NoCache, Is.True);
        Assert.That(response.Headers.GetValues("x-accel-buffering"), Is.EqualTo(new[] { "no" }));
        Assert.That(
            await response.Content.ReadAsStringAsync(),
            Is.EqualTo("""
                id: 1
                data: {"number":1,"text":"line\nend"}

                id: 2
                data: {"number":2,"text":"line\nend"}

                event: end
                data: {}


                """.ReplaceLineEndings("\n")));
    }

    [TestCase("application/x-ndjson", "")]
    [TestCase("text/event-stream", "event: end\ndata: {}\n\n")]
    public async Task A_stream_may_be_empty(string accept, string expected)
    {
        using var response = await GetAsync("/v1/count", accept);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(response.Content.Headers.ContentType?.ToString(), Is.EqualTo(accept));
        Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo(expected));
    }

    [Test]
    public async Task One_field_may_stand_for_each_message()
    {
        using var response = await GetAsync("/v1/count/numbers?to=3", null);
        Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo("1\n2\n3\n"));
    }

    [Test]
    public async Task An_error_before_the_first_message_is_an_answer_of_its_own([Values("application/x-ndjson", "text/event-stream")] string accept)
    {
        using var response = await GetAsync("/v1/count?then=fail", accept);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.InternalServerError));
        Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo("""{"code":15,"message":"half of it"}"""));
    }

    [TestCase("application/x-ndjson", "{\"number\":1,\"text\":\"line\\nend\"}\n{\"error\":{\"code\":15,\"message\":\"half of it\"}}\n")]
    [TestCase("text/event-stream", "id: 1\ndata: {\"number\":1,\"text\":\"line\\nend\"}\n\nevent: error\ndata: {\"code\":15,\"message\":\"half of it\"}\n\n")]
    public async Task An_error_after_it_ends_the_stream(string accept, string expected)
    {
        using var response = await GetAsync("/v1/count?to=1&then=fail", accept);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo(expected));
    }

    [Test]
    public async Task What_an_exception_says_stays_here()
    {
        using var response = await GetAsync("/v1/count?to=1&then=throw", null);
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("\"error\":{\"code\":2").And.Not.Contain("secret"));
        App.Logs.AssertOne(Threw, LogLevel.Error);
        App.Logs.Clear();
    }

    [Test]
    public async Task Two_writes_at_once_are_the_method_s_mistake()
    {
        using var response = await GetAsync("/v1/count?to=1&then=twice", null);
        var lines = (await response.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        foreach (var line in lines) Assert.That(() => System.Text.Json.JsonDocument.Parse(line), Throws.Nothing);
        App.Logs.Clear();
    }

    [TestCase("text/html")]
    [TestCase("application/json;q=0")]
    [TestCase("application/xml, text/plain")]
    public async Task Another_form_is_not_acceptable(string accept)
    {
        using var response = await GetAsync("/v1/count?to=1", accept);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotAcceptable));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("which the header Accept does not take"));
    }

    [Test]
    public async Task A_silent_stream_of_events_is_kept_open()
    {
        using var response = await GetAsync("/v1/count?then=wait", "text/event-stream", HttpCompletionOption.ResponseHeadersRead);
        await using var stream = await response.Content.ReadAsStreamAsync();
        var bytes = new byte[6];
        await stream.ReadExactlyAsync(bytes).AsTask().WaitAsync(TimeSpan.FromSeconds(10));
        Assert.That(Encoding.ASCII.GetString(bytes), Is.EqualTo(":\n\n:\n\n"));
    }

    [Test]
    public async Task Each_message_is_sent_when_it_is_written([Values("application/x-ndjson", "text/event-stream")] string accept)
    {
        using var response = await GetAsync("/v1/count?to=1&then=wait", accept, HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        var first = await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(10));
        Assert.That(first, Does.Contain("1"));
    }

    [Test]
    public async Task A_reader_who_leaves_ends_the_method()
    {
        var gone = App.Logs.Await(ClientGone);
        App.Gate.Reset();
        var left = App.Gate.Left;
        var response = await GetAsync("/v1/count?to=1&then=wait", null, HttpCompletionOption.ResponseHeadersRead);
        await App.Gate.Entered;
        response.Dispose();
        await gone;
        await left;
    }

    [Test]
    public async Task A_deadline_ends_the_stream()
    {
        using var response = await App.SendAsync("GET", "/v1/count?to=1&then=wait", null, ("grpc-timeout", "200m"));
        var lines = (await response.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(lines, Has.Length.EqualTo(2));
        Assert.That(lines[1], Does.StartWith("{\"error\":{\"code\":4,"));
    }

    [Test]
    public async Task HEAD_begins_and_ends_a_stream()
    {
        using var response = await App.SendAsync("HEAD", "/v1/count?to=5");
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(response.Content.Headers.ContentType?.ToString(), Is.EqualTo("application/x-ndjson"));
        Assert.That(await response.Content.ReadAsByteArrayAsync(), Is.Empty);
    }

    [Test]
    public async Task A_download_is_its_parts_one_after_the_other()
    {
        using var response = await GetAsync("/v1/downloads/image%2Fpng?parts=AQI&parts=&parts=Aw", "image/*");
        Assert.That(response.Content.Headers.ContentType?.ToString(), Is.EqualTo("image/png"));
        Assert.That(response.Headers.GetValues("x-content-type-options"), Is.EqualTo(new[] { "nosniff" }));
        Assert.That(await response.Content.ReadAsByteArrayAsync(), Is.EqualTo(new byte[] { 1, 2, 3 }));
    }

    [Test]
    public void A_download_that_fails_is_cut()
    {
        Assert.That(() => GetAsync("/v1/downloads/image%2Fpng?parts=AQI&then=fail", null), Throws.InstanceOf<HttpRequestException>());
        App.Logs.AssertOne(TooLate, LogLevel.Error);
        App.Logs.Clear();
    }

    [Test]
    public async Task A_download_that_the_reader_has_is_not_sent()
    {
        using var response = await App.SendAsync("GET", "/v1/downloads/image%2Fpng?parts=AQI&then=etag", null, ("if-none-match", "\"d1\""));
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotModified));
        Assert.That(response.Headers.ETag?.Tag, Is.EqualTo("\"d1\""));
    }

    [TestCase("/v1/files/image%2Fpng?parts=AQI", "image/png", new byte[] { 1, 2 })]
    [TestCase("/v1/files/text%2Fplain%3B%20charset%3Dutf-8?parts=AQI", "text/plain; charset=utf-8", new byte[] { 1, 2 })]
    [TestCase("/v1/files/none?parts=AQI", "application/octet-stream", new byte[] { 1, 2 })]
    [TestCase("/v1/files/image%2Fpng", "image/png", new byte[0])]
    [TestCase("/v1/bodies/image%2Fpng?parts=AQI", "image/png", new byte[] { 1, 2 })]
    [TestCase("/v1/bodies/image%2Fpng?then=nothing", "application/octet-stream", new byte[0])]
    public async Task A_raw_body_is_sent_as_it_is(string path, string type, byte[] expected)
    {
        using var response = await GetAsync(path, "image/png");
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(response.Content.Headers.ContentType?.ToString(), Is.EqualTo(type));
        Assert.That(response.Content.Headers.ContentLength, Is.EqualTo(expected.Length));
        Assert.That(await response.Content.ReadAsByteArrayAsync(), Is.EqualTo(expected));
    }

    [TestCase("/v1/files/image%0D%0Ax-evil:1?parts=AQI")]
    [TestCase("/v1/files/nonsense?parts=AQI")]
    [TestCase("/v1/downloads/nonsense?parts=AQI")]
    public async Task A_type_that_is_none_is_the_service_s_mistake(string path)
    {
        using var response = await GetAsync(path, null);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.InternalServerError));
        Assert.That(response.Headers.Contains("x-evil"), Is.False);
        App.Logs.AssertOne(3005, LogLevel.Error);
        App.Logs.Clear();
    }

    private Task<HttpResponseMessage> GetAsync(
        string path, string? accept, HttpCompletionOption completion = HttpCompletionOption.ResponseContentRead)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (accept is not null) request.Headers.TryAddWithoutValidation("accept", accept);
        return App.Http.SendAsync(request, completion);
    }
}
