using System.Buffers;
using System.Buffers.Text;
using Grpc.Core;

namespace Profiles.GrpcWeb;

/// <summary>
/// Reads base64 as it arrives. A body may be several pieces one after the other, each padded at its end, as a client makes
/// them that encodes each message by itself.
/// </summary>
internal sealed class Base64ReadStream(Stream inner) : Stream
{
    private const int GroupLength = 4;
    private const int BufferLength = 4096;

    // Undecoded text, then what was decoded of it and waits to be read: decoding is in place.
    private readonly byte[] text = new byte[BufferLength];
    private int textLength;
    private byte[] decoded = [];
    private int decodedStart;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty)
            return 0;
        while (decodedStart == decoded.Length)
        {
            var count = await inner.ReadAsync(text.AsMemory(textLength), cancellationToken);
            if (count == 0)
                return textLength == 0 ? 0 : throw Malformed();
            textLength += count;
            Decode();
        }

        var length = Math.Min(buffer.Length, decoded.Length - decodedStart);
        decoded.AsSpan(decodedStart, length).CopyTo(buffer.Span);
        decodedStart += length;
        return length;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("A request is read asynchronously.");

    public override void Flush()
    {
        // Nothing is written.
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>Decodes the whole groups of four characters; the rest waits for more.</summary>
    private void Decode()
    {
        var whole = textLength / GroupLength * GroupLength;
        var bytes = new byte[whole / GroupLength * 3];
        var length = 0;
        for (var start = 0; start < whole;)
        {
            var end = EndOfPiece(start, whole);
            if (Base64.DecodeFromUtf8(text.AsSpan(start, end - start), bytes.AsSpan(length), out var read, out var written) != OperationStatus.Done
                || read != end - start)
            {
                throw Malformed();
            }

            length += written;
            start = end;
        }

        text.AsSpan(whole, textLength - whole).CopyTo(text);
        textLength -= whole;
        (decoded, decodedStart) = (bytes[..length], 0);
    }

    /// <summary>The end of the group that holds the next padding, or of all groups.</summary>
    private int EndOfPiece(int start, int whole)
    {
        var padding = text.AsSpan(start, whole - start).IndexOf((byte)'=');
        return padding < 0 ? whole : start + ((padding / GroupLength) + 1) * GroupLength;
    }

    private static RpcException Malformed() =>
        new(new Status(StatusCode.InvalidArgument, "The request body is not base64, which application/grpc-web-text is."));
}
