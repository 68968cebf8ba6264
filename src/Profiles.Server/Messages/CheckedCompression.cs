using Grpc.Net.Compression;
using Profiles.Server.Errors;

namespace Profiles.Server.Messages;

/// <summary>
/// A format of compression that says of a message that is not in it that its sender is at fault, and unpacks no more than the call may send. The
/// gRPC server has one limit for all methods of a service, however large a message only one of them takes.
/// </summary>
internal sealed class CheckedCompression(ICompressionProvider format) : ICompressionProvider
{
    private static readonly AsyncLocal<long?> MaxBytes = new();

    public string EncodingName => format.EncodingName;

    public Stream CreateCompressionStream(Stream stream, System.IO.Compression.CompressionLevel? compressionLevel) =>
        format.CreateCompressionStream(stream, compressionLevel);

    public Stream CreateDecompressionStream(Stream stream) =>
        new Decompression(format.CreateDecompressionStream(stream), EncodingName, MaxBytes.Value ?? long.MaxValue);

    /// <summary>Limits what messages have that are unpacked from here on, in the calling async method.</summary>
    /// <param name="bytes">The most bytes of a message; null for any.</param>
    public static void LimitTo(long? bytes) => MaxBytes.Value = bytes;

    private sealed class Decompression(Stream stream, string name, long maxBytes) : Stream
    {
        private long count;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(Span<byte> buffer)
        {
            int read;
            try
            {
                read = stream.Read(buffer);
            }
            catch (InvalidDataException)
            {
                throw ErrorMap.ToRpcException(ErrorMap.BodyInvalid($"The request's message is not {name}, which grpc-encoding says it is."));
            }

            return (count += read) <= maxBytes ? read : throw ErrorMap.ToRpcException(ErrorMap.BodyTooLarge());
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                stream.Dispose();
            base.Dispose(disposing);
        }
    }
}
