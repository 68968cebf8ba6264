using System.Net.Sockets;
using System.Text;

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

    [Test]
    public async Task Distinct_names_without_end_leave_nothing_behind()
    {
        for (var i = 0; i < 200; i++)
        {
            using var response = await App.SendAsync("GET", $"/v1/books?n{i}=1");
            Assert.That((int)response.StatusCode, Is.EqualTo(400));
        }
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

    private async Task<Socket> ConnectAsync()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(App.Http.BaseAddress!.Host, App.Http.BaseAddress.Port);
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
