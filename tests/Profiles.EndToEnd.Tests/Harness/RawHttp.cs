using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Profiles.EndToEnd.Tests.Harness;

/// <summary>HTTP/1.1 by hand, for requests that HttpClient refuses to send. One connection a request.</summary>
internal static class RawHttp
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Sends bytes and reads the answer until the server closes the connection.</summary>
    /// <param name="server">Where REST is served.</param>
    /// <param name="request">All that is sent.</param>
    /// <param name="endsSending">Whether the sending side is closed after it.</param>
    public static async Task<RawAnswer> SendAsync(Uri server, byte[] request, bool endsSending = false)
    {
        using var timeout = new CancellationTokenSource(Patience);
        using var client = new TcpClient();
        await client.ConnectAsync(server.Host, server.Port, timeout.Token);
        var stream = client.GetStream();
        try
        {
            await stream.WriteAsync(request, timeout.Token);
            if (endsSending)
                client.Client.Shutdown(SocketShutdown.Send);
        }
        catch (IOException)
        {
            // It has answered already and listens no more.
        }

        return RawAnswer.Parse(await ReadToEndAsync(stream, timeout.Token));
    }

    /// <summary>The head of a request with a token, closing the connection after it.</summary>
    public static string Head(string method, string target, string token, params string[] headers)
    {
        var head = new StringBuilder($"{method} {target} HTTP/1.1\r\nHost: profiles\r\nConnection: close\r\n");
        if (token.Length > 0)
            head.Append("Authorization: Bearer ").Append(token).Append("\r\n");
        foreach (var header in headers)
            head.Append(header).Append("\r\n");
        return head.Append("\r\n").ToString();
    }

    /// <summary>A whole request with a body, in JSON unless a header says otherwise.</summary>
    public static byte[] Request(string method, string target, string token, byte[] body, params string[] headers) =>
    [
        .. Encoding.UTF8.GetBytes(Head(method, target, token, [.. TypeOf(headers), $"Content-Length: {body.Length}", .. headers])),
        .. body,
    ];

    private static string[] TypeOf(string[] headers) =>
        headers.Any(header => header.StartsWith("Content-Type:", StringComparison.OrdinalIgnoreCase)) ? [] : ["Content-Type: application/json"];

    private static async Task<byte[]> ReadToEndAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        using var received = new MemoryStream();
        try
        {
            await stream.CopyToAsync(received, cancellationToken);
        }
        catch (IOException)
        {
            // Closed hard, as what we had not sent yet was not read: what came before it counts.
        }

        return received.ToArray();
    }
}

/// <summary>An answer as it came: status 0 when there was none.</summary>
internal sealed record RawAnswer(int Status, IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>The body as JSON, or null.</summary>
    public JsonNode? Json => Body.StartsWith('{') ? JsonNode.Parse(Body) : null;

    /// <summary>The reason of the error's ErrorInfo detail, or null.</summary>
    public string? Reason => Json?["details"]?[0]?["reason"]?.GetValue<string>();

    public static RawAnswer Parse(byte[] bytes)
    {
        var text = Encoding.UTF8.GetString(bytes);
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
            return new RawAnswer(0, new Dictionary<string, string>(), text);

        var lines = text[..end].Split("\r\n");
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in lines.Skip(1))
            headers[line[..line.IndexOf(':', StringComparison.Ordinal)]] = line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
        var status = int.Parse(lines[0].Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
        return new RawAnswer(status, headers, text[(end + 4)..]);
    }
}
