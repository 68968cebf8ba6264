using System.Buffers.Binary;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Profiles.Wire.Tests.GrpcWeb;

/// <summary>One gRPC-Web call over a socket of its own, whose body is sent in the pieces that the test wants.</summary>
internal static class RawCall
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <param name="address">The server.</param>
    /// <param name="path">The method.</param>
    /// <param name="contentType">The media type of the body.</param>
    /// <param name="pieces">The body; each piece is sent by itself.</param>
    public static async Task<RawAnswer> SendAsync(Uri address, string path, string contentType, params byte[][] pieces)
    {
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(address.Host, address.Port).WaitAsync(Patience);
        await using var stream = client.GetStream();
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"POST {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: {contentType}\r\ncontent-length: {pieces.Sum(piece => piece.Length)}\r\n\r\n");
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head));
        foreach (var piece in pieces.Where(piece => piece.Length > 0))
        {
            await stream.WriteAsync(piece);
            await stream.FlushAsync();
        }

        using var answer = new MemoryStream();
        await stream.CopyToAsync(answer).WaitAsync(Patience);
        return RawAnswer.Parse(answer.ToArray());
    }

    public static byte[] Frame(byte[] message, byte flag = 0)
    {
        var frame = new byte[5 + message.Length];
        frame[0] = flag;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), message.Length);
        message.CopyTo(frame, 5);
        return frame;
    }
}

/// <summary>An HTTP/1.1 answer, its chunks kept apart.</summary>
internal sealed record RawAnswer(int Status, IReadOnlyDictionary<string, string> Headers, IReadOnlyList<byte[]> Chunks)
{
    public byte[] Body => [.. Chunks.SelectMany(chunk => chunk)];

    public static RawAnswer Parse(byte[] answer)
    {
        var text = Encoding.Latin1.GetString(answer);
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var lines = text[..end].Split("\r\n");
        var headers = lines.Skip(1).ToDictionary(
            line => line[..line.IndexOf(':', StringComparison.Ordinal)],
            line => line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim(),
            StringComparer.OrdinalIgnoreCase);
        var body = answer[(end + 4)..];
        return new RawAnswer(
            int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture),
            headers,
            headers.ContainsKey("transfer-encoding") ? ReadChunks(body) : [body]);
    }

    private static List<byte[]> ReadChunks(byte[] body)
    {
        var chunks = new List<byte[]>();
        for (var start = 0; ;)
        {
            var line = Array.IndexOf(body, (byte)'\r', start);
            var length = int.Parse(Encoding.ASCII.GetString(body, start, line - start), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (length == 0)
                return chunks;
            chunks.Add(body[(line + 2)..(line + 2 + length)]);
            start = line + 2 + length + 2;
        }
    }
}
