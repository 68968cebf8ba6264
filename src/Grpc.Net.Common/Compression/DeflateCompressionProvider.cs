using System.IO.Compression;

namespace Grpc.Net.Compression;

/// <summary>Compresses messages in the zlib format (RFC 1950), which is what HTTP calls <c>deflate</c> (RFC 9110, 8.4.1.2).</summary>
public sealed class DeflateCompressionProvider : ICompressionProvider
{
    private readonly CompressionLevel _defaultLevel;

    /// <summary>Creates a provider.</summary>
    /// <param name="defaultCompressionLevel">How hard to try where a caller does not say.</param>
    public DeflateCompressionProvider(CompressionLevel defaultCompressionLevel) => _defaultLevel = defaultCompressionLevel;

    /// <summary><c>deflate</c>.</summary>
    public string EncodingName => "deflate";

    /// <inheritdoc/>
    public Stream CreateCompressionStream(Stream stream, CompressionLevel? compressionLevel) =>
        new ZLibStream(stream, compressionLevel ?? _defaultLevel, leaveOpen: true);

    /// <inheritdoc/>
    public Stream CreateDecompressionStream(Stream stream) => new ZLibStream(stream, CompressionMode.Decompress, leaveOpen: true);
}
