using System.Net.Sockets;
using System.Text;
using Profiles.EndToEnd.Tests.Harness;

namespace Profiles.EndToEnd.Tests.Resilience;

/// <summary>A server that is told to stop finishes what it has begun.</summary>
internal sealed class StopTests
{
    private const int StoppingEvent = 1001;

    [Test]
    public async Task A_request_that_is_running_finishes_new_ones_are_refused_and_the_write_is_kept()
    {
        using var data = new DataFolder();
        await using var server = await ServerProcess.StartAsync(data.Settings);
        using var mint = new TokenMint(await File.ReadAllTextAsync(data.IssuerKey));
        var token = mint.Mint("demo", "alice");
        using var running = new TcpClient();
        await running.ConnectAsync(server.Http.Host, server.Http.Port);
        var stream = running.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"PATCH /v1/users/me/profile HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {token}\r\n"
            + "content-type: application/json\r\ncontent-length: 17\r\nexpect: 100-continue\r\n\r\n"));
        // The server asks for the body: so the request is running.
        Assert.That(await ReadUntilAsync(stream, "\r\n\r\n"), Does.StartWith("HTTP/1.1 100"));

        server.BeginStop();
        await server.WaitForEventAsync(StoppingEvent);
        await RefusesAsync(server.Http);
        await stream.WriteAsync("{\"nickname\":\"Al\"}"u8.ToArray());

        Assert.That(await ReadUntilAsync(stream, "\"revision\":\"1\""), Does.StartWith("HTTP/1.1 200"));
        Assert.That(await server.WaitForExitAsync(), Is.Zero);
        Assert.That(server.Errors(), Is.Empty);
        await ReadsAfterRestartAsync(data, token);
    }

    private static async Task ReadsAfterRestartAsync(DataFolder data, string token)
    {
        await using var server = await ServerProcess.StartAsync(data.Settings);
        using var client = new HttpClient { BaseAddress = server.Http };
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);

        Assert.That(await client.GetStringAsync("/v1/users/me/profile"), Does.Contain("\"nickname\":\"Al\""));
        var log = Directory.GetFiles(Path.Combine(data.Path, "postgres", "log")).Select(File.ReadAllText);
        Assert.That(string.Concat(log), Does.Not.Contain("not properly shut down"), "The database was left clean.");
    }

    // The listening socket closes a moment after the event.
    private static async Task RefusesAsync(Uri address)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(address.Host, address.Port, timeout.Token);
            }
            catch (SocketException)
            {
                return;
            }
        }
    }

    private static async Task<string> ReadUntilAsync(NetworkStream stream, string end)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var text = new StringBuilder();
        var buffer = new byte[4096];
        while (!text.ToString().Contains(end, StringComparison.Ordinal))
        {
            var count = await stream.ReadAsync(buffer, timeout.Token);
            if (count == 0)
                break;
            text.Append(Encoding.UTF8.GetString(buffer, 0, count));
        }

        return text.ToString();
    }
}
