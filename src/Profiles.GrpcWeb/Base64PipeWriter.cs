using System.Buffers;
using System.Buffers.Text;
using System.IO.Pipelines;

namespace Profiles.GrpcWeb;

/// <summary>Writes what is flushed as one piece of base64, padded at its end, so that a reader has whole bytes at each flush.</summary>
/// <param name="inner">Where it goes.</param>
/// <param name="encodes">Asked at each flush: false leaves what is flushed as it is.</param>
internal sealed class Base64PipeWriter(PipeWriter inner, Func<bool> encodes) : PipeWriter
{
    private const int MinimumSize = 256;

    private byte[] buffer = [];
    private int written;

    public override bool CanGetUnflushedBytes => true;

    public override long UnflushedBytes => written;

    public override Memory<byte> GetMemory(int sizeHint = 0)
    {
        EnsureRoom(sizeHint);
        return buffer.AsMemory(written);
    }

    public override Span<byte> GetSpan(int sizeHint = 0)
    {
        EnsureRoom(sizeHint);
        return buffer.AsSpan(written);
    }

    public override void Advance(int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes, buffer.Length - written);
        written += bytes;
    }

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        if (written > 0)
        {
            if (encodes())
                Encode();
            else
                inner.Write(buffer.AsSpan(0, written));
            Release();
        }

        return inner.FlushAsync(cancellationToken);
    }

    public override void CancelPendingFlush() => inner.CancelPendingFlush();

    public override void Complete(Exception? exception = null)
    {
        Release();
        inner.Complete(exception);
    }

    private void Encode()
    {
        var text = inner.GetSpan(Base64.GetMaxEncodedToUtf8Length(written));
        Base64.EncodeToUtf8(buffer.AsSpan(0, written), text, out _, out var length);
        inner.Advance(length);
    }

    private void EnsureRoom(int sizeHint)
    {
        var needed = Math.Max(sizeHint, 1);
        if (buffer.Length - written >= needed)
            return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(written + needed, Math.Max(MinimumSize, written * 2)));
        buffer.AsSpan(0, written).CopyTo(larger);
        Return();
        buffer = larger;
    }

    private void Release()
    {
        Return();
        buffer = [];
        written = 0;
    }

    private void Return()
    {
        if (buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(buffer);
    }
}
