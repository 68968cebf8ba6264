using System.Buffers.Text;

namespace Profiles.Benchmarks.Load;

/// <summary>An answer of HTTP/1.1, with a length or in chunks.</summary>
internal sealed class Http1Answer
{
    private readonly byte[] buffer = new byte[128 * 1024];
    private readonly byte[] joined = new byte[128 * 1024];
    private int filled;
    private int bodyAt;
    private int bodyLength;
    private bool isChunked;

    /// <summary>Where the next bytes go.</summary>
    public Memory<byte> Room => buffer.AsMemory(filled);

    /// <summary>All bytes, for messages about failures.</summary>
    public ReadOnlySpan<byte> Everything => buffer.AsSpan(0, filled);

    /// <summary>Whether the status is 200.</summary>
    public bool IsOk => Everything.StartsWith("HTTP/1.1 200"u8);

    public ReadOnlySpan<byte> Body => isChunked ? joined.AsSpan(0, bodyLength) : buffer.AsSpan(bodyAt, bodyLength);

    public void Begin() => (filled, bodyAt, bodyLength, isChunked) = (0, 0, 0, false);

    public void Received(int count)
    {
        if (count == 0)
            throw new WrongAnswerException("The server closed a connection.");
        filled += count;
    }

    public bool IsWhole()
    {
        var all = Everything;
        if (bodyAt == 0)
        {
            var end = all.IndexOf("\r\n\r\n"u8);
            if (end < 0)
                return false;
            ReadHead(all[..(end + 2)]);
            bodyAt = end + 4;
        }

        return isChunked ? Join(all[bodyAt..]) : filled >= bodyAt + bodyLength;
    }

    private void ReadHead(ReadOnlySpan<byte> head)
    {
        var name = "\r\nContent-Length: "u8;
        var at = head.IndexOf(name);
        isChunked = at < 0 || !Utf8Parser.TryParse(head[(at + name.Length)..], out bodyLength, out _);
    }

    private bool Join(ReadOnlySpan<byte> chunks)
    {
        bodyLength = 0;
        while (Utf8Parser.TryParse(chunks, out int size, out var digits, 'x') && chunks.Length >= digits + size + 4)
        {
            if (size == 0)
                return true;
            chunks.Slice(digits + 2, size).CopyTo(joined.AsSpan(bodyLength));
            bodyLength += size;
            chunks = chunks[(digits + size + 4)..];
        }

        return false;
    }
}
