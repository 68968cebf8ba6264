using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Profiles.Fuzz.Server;

/// <summary>One HTTP/1.1 exchange on a connection of its own. Nothing is put right on the way.</summary>
internal static class RawExchange
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    /// <summary>Sends the request and reads the answer to its end.</summary>
    public static async Task<(int Status, string Body)> SendAsync(
        int port, ReadOnlyMemory<byte> line, ReadOnlyMemory<byte> contentType, ReadOnlyMemory<byte> body)
    {
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(IPAddress.Loopback, port).WaitAsync(s_patience);
        var stream = client.GetStream();
        byte[] request =
        [
            .. OneLine(line), .. " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"u8,
            .. contentType.IsEmpty ? [] : (byte[])[.. "Content-Type: "u8, .. OneLine(contentType), .. "\r\n"u8],
            .. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n\r\n")), .. body.Span,
        ];

        using var answer = new MemoryStream();
        try
        {
            await stream.WriteAsync(request).AsTask().WaitAsync(s_patience);
            await stream.CopyToAsync(answer).WaitAsync(s_patience);
        }
        catch (IOException) when (answer.Length > 0)
        {
            // The server answered and closed before it had read all of a body that it does not want.
        }

        return Parse(Encoding.Latin1.GetString(answer.GetBuffer(), 0, (int)answer.Length));
    }

    // The input is one line by definition: it must not write headers of its own.
    private static byte[] OneLine(ReadOnlyMemory<byte> text) => [.. text.ToArray().Where(b => b is not ((byte)'\r' or (byte)'\n'))];

    private static (int Status, string Body) Parse(string answer)
    {
        const string version = "HTTP/1.1 ";
        if (!answer.StartsWith(version, StringComparison.Ordinal)) throw new InvalidOperationException("That is no answer: " + answer);

        var end = answer.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var body = answer[(end + 4)..];
        var chunked = answer.AsSpan(0, end).Contains("Transfer-Encoding", StringComparison.OrdinalIgnoreCase);
        return (int.Parse(answer.AsSpan(version.Length, 3), CultureInfo.InvariantCulture), chunked ? "" : Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(body)));
    }
}
