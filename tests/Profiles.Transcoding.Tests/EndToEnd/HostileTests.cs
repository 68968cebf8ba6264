using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Profiles.Transcoding.Tests.Support;

namespace Profiles.Transcoding.Tests.EndToEnd;

/// <summary>What no HTTP library would send, byte for byte.</summary>
public class HostileTests : AppFixture
{
    [TestCase("GET /v1/books?ids=% HTTP/1.1", "", 400)]
    [TestCase("GET /v1/books?ids=%2 HTTP/1.1", "", 400)]
    [TestCase("GET /v1/books?ids=%zz HTTP/1.1", "", 400)]
    [TestCase("GET /v1/books?%ff=1 HTTP/1.1", "", 400)]
    [TestCase("GET /v1/books?ids=%00 HTTP/1.1", "", 200)]
    [TestCase("GET /v1/books/%zz HTTP/1.1", "", 400)]
    [TestCase("GET /v1/books/%ff HTTP/1.1", "", 400)]
    [TestCase("GET /v1/books/%00 HTTP/1.1", "", 400)]
    [TestCase("GET /v1/books/%2e%2e HTTP/1.1", "", 404)]
    [TestCase("GET /v1/shelves/..%2F../books/x HTTP/1.1", "", 200)]
    [TestCase("GET http://host/v1/books/a?x=1 HTTP/1.1", "", 400)]
    [TestCase("GET http://localhost/v1/books/a%20b HTTP/1.1", "", 200)]
    [TestCase("OPTIONS * HTTP/1.1", "", 404)]
    [TestCase("GET /v1/books#ids=1 HTTP/1.1", "", 404)]
    [TestCase("get /v1/books HTTP/1.1", "", 200)]
    [TestCase("GET /v1/inspect HTTP/1.1", "x-text: n\u00c3\u00a4\r\n", 200, Description = "UTF-8 in a header")]
    [TestCase("GET /v1/inspect HTTP/1.1", "x-data-bin: \u00c3\u00a4\r\n", 200)]
    [TestCase("GET /v1/inspect HTTP/1.1", "grpc-metadata-x: \u00c3\u00a4\r\nx_y.z!: 1\r\n", 200)]
    [TestCase("GET /v1/inspect HTTP/1.1", "grpc-metadata-grpc-status: 5\r\n", 200)]
    [TestCase("POST /v1/books HTTP/1.1", "Content-Type: application/json\r\nContent-Length: 0\r\n", 200)]
    [TestCase("POST /v1/books HTTP/1.1", "Content-Type: application/json\r\nContent-Length: 99999999\r\n", 413)]
    [TestCase("POST /v1/books HTTP/1.1", "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", 200)]
    [TestCase("POST /v1/books HTTP/1.1", "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400)]
    public async Task Raw_requests_have_a_clear_answer(string line, string headers, int status) =>
        Assert.That(await SendRawAsync($"{line}\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n"), Is.EqualTo(status));

    [Test]
    public async Task A_body_that_ends_early_reaches_no_service()
    {
        using var socket = await ConnectAsync();
        await socket.SendAsync("POST /v1/books HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"title\":\"x\"}"u8.ToArray());
        socket.Shutdown(SocketShutdown.Send);
        var answer = await ReadAllAsync(socket);
        Assert.That(answer, Is.Empty.Or.StartWith("HTTP/1.1 400"));
    }

    [Test]
    public async Task A_connection_that_breaks_in_the_body_is_no_error()
    {
        var gone = App.Logs.Await(3003);
        using (var socket = await ConnectAsync())
        {
            await socket.SendAsync("POST /v1/books HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\nExpect: 100-continue\r\n\r\n"u8.ToArray());
            Assert.That(await socket.ReceiveAsync(new byte[100]), Is.Positive, "the server waits for the body");
            await socket.SendAsync("{"u8.ToArray());
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
        }

        await gone;
    }

    [Test]
    public async Task A_body_that_comes_too_slowly_meets_the_deadline()
    {
        using var socket = await ConnectAsync();
        await socket.SendAsync("POST /v1/books HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 100\r\nGrpc-Timeout: 50m\r\n\r\n{"u8.ToArray());
        var answer = new byte[12];
        await socket.ReceiveAsync(answer);
        Assert.That(Encoding.ASCII.GetString(answer), Is.EqualTo("HTTP/1.1 504"));
    }

    [Test]
    public async Task A_body_in_single_bytes_is_read()
    {
        using var socket = await ConnectAsync();
        socket.NoDelay = true;
        foreach (var b in "POST /v1/books HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 13\r\n\r\n{\"title\":\"x\"}"u8.ToArray())
            await socket.SendAsync(new[] { b });
        Assert.That(await ReadAllAsync(socket), Does.StartWith("HTTP/1.1 200").And.EndsWith("{\"title\":\"x\"}"));
    }

    [Test]
    public async Task A_body_of_many_segments_is_read()
    {
        var title = new string('x', 300_000);
        await ExpectAsync("POST", "/v1/books", $$"""{"title":"{{title}}"}""", 200, $$"""{"title":"{{title}}"}""");
    }

    [Test]
    public async Task Nesting_of_a_hundred_thousand_levels_is_refused()
    {
        var body = "{\"extra\":" + new StringBuilder().Insert(0, "{\"a\":", 100_000).Append('1').Append('}', 100_001);
        using var response = await App.SendAsync("POST", "/v1/books", body);
        Assert.That((int)response.StatusCode, Is.EqualTo(400));
    }

    [Test]
    public async Task A_million_elements_are_refused()
    {
        var body = "{\"tags\":[\"\"" + new StringBuilder().Insert(0, ",\"\"", 1_000_000) + "]}";
        using var response = await App.SendAsync("POST", "/v1/books", body);
        Assert.That((int)response.StatusCode, Is.EqualTo(400));
    }

    [TestCase(false, 400)]
    [TestCase(true, 200)]
    [CancelAfter(60_000)]
    public async Task A_million_distinct_names_leave_nothing_behind(bool ignored, int status, CancellationToken cancellationToken)
    {
        const int Requests = 1_250, Names = 800, Kept = 8 << 20;
        await using var app = await TestApp.StartAsync(options => options.IgnoreUnknownQueryParameters = ignored);
        var next = 0;
        var before = 0L;
        for (var i = 0; i < Requests; i++)
        {
            if (i == Requests / 10) before = GC.GetTotalMemory(forceFullCollection: true);
            var query = new StringBuilder();
            for (var name = 0; name < Names; name++) query.Append('n').Append(next++).Append('&');
            using var response = await app.Http.GetAsync("/v1/books?" + query, cancellationToken);
            Assert.That((int)response.StatusCode, Is.EqualTo(status));
            // The tests' own capture keeps them all.
            app.Logs.Clear();
        }

        Assert.That(GC.GetTotalMemory(forceFullCollection: true) - before, Is.LessThan(Kept));
    }

    [TestCase("application/json", "{")]
    [TestCase("multipart/form-data; boundary=b", "--b\r\ncontent-disposition: form-data; name=book\r\n\r\nx")]
    public async Task A_body_that_comes_slower_than_the_server_allows_is_refused(string type, string body)
    {
        await using var app = await TestApp.StartAsync(beforeRouting: app => app.Use((context, next) =>
        {
            context.Features.GetRequiredFeature<IHttpMinRequestBodyDataRateFeature>().MinDataRate = new MinDataRate(1000, TimeSpan.FromSeconds(1.1));
            return next();
        }));
        using var socket = await ConnectAsync(app);
        await socket.SendAsync(Encoding.ASCII.GetBytes(
            $"POST /v1/books HTTP/1.1\r\nHost: x\r\nContent-Type: {type}\r\nContent-Length: 1000\r\n\r\n{body}"));
        var answer = await ReadAllAsync(socket);
        Assert.That(answer, Does.StartWith("HTTP/1.1 408").And.EndsWith("""{"code":4,"message":"The request body came too slowly."}"""));
    }

    [Test]
    public async Task A_dotted_name_without_end_is_refused()
    {
        var name = "filter" + new StringBuilder().Insert(0, ".or", 2000) + ".title";
        using var response = await App.SendAsync("GET", $"/v1/books?{name}=x");
        Assert.That((int)response.StatusCode, Is.EqualTo(400));
    }

    private async Task<int> SendRawAsync(string request)
    {
        using var socket = await ConnectAsync();
        await socket.SendAsync(Encoding.Latin1.GetBytes(request));
        var answer = await ReadAllAsync(socket);
        Assert.That(answer, Does.StartWith("HTTP/1.1 "));
        return int.Parse(answer.AsSpan(9, 3), System.Globalization.CultureInfo.InvariantCulture);
    }

    private Task<Socket> ConnectAsync() => ConnectAsync(App);

    private static async Task<Socket> ConnectAsync(TestApp app)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(app.Http.BaseAddress!.Host, app.Http.BaseAddress.Port);
        return socket;
    }

    private static async Task<string> ReadAllAsync(Socket socket)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        var answer = new StringBuilder();
        var buffer = new byte[4096];
        try
        {
            for (int read; (read = await socket.ReceiveAsync(buffer, timeout.Token)) > 0;)
                answer.Append(Encoding.UTF8.GetString(buffer, 0, read));
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.ConnectionReset)
        {
            // The server closes without reading the rest of what it refused.
        }

        return answer.ToString();
    }
}
