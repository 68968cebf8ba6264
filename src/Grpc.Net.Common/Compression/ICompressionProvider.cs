using System.IO.Compression;

namespace Grpc.Net.Compression;

/// <summary>A way to compress messages, known to both sides by its name.</summary>
public interface ICompressionProvider
{
    /// <summary>Its name in the <c>grpc-encoding</c> and <c>grpc-accept-encoding</c> headers, such as <c>gzip</c>.</summary>
    string EncodingName { get; }

    /// <summary>Makes a stream that compresses what is written to it.</summary>
    /// <param name="stream">Where the compressed bytes go.</param>
    /// <param name="compressionLevel">How hard to try; null means the provider's own choice.</param>
    /// <returns>The stream; to dispose it ends the compressed data.</returns>
    Stream CreateCompressionStream(Stream stream, CompressionLevel? compressionLevel);

    /// <summary>Makes a stream that can be read for the original bytes. How many there may be is for the reader to limit.</summary>
    /// <param name="stream">Where the compressed bytes come from.</param>
    /// <returns>The stream.</returns>
    Stream CreateDecompressionStream(Stream stream);
}
