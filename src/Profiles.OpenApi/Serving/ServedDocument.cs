using System.Buffers.Text;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Profiles.OpenApi.Serving;

/// <summary>A document as it is sent: plain and compressed, each with its etag.</summary>
internal sealed class ServedDocument
{
    private ServedDocument(byte[] content, string? encoding)
    {
        Content = content;
        Encoding = encoding;
        Etag = new EntityTagHeaderValue($"\"{Base64Url.EncodeToString(SHA256.HashData(content).AsSpan(0, 16))}\"");
    }

    public byte[] Content { get; }

    /// <summary>The content encoding; null for none.</summary>
    public string? Encoding { get; }

    public EntityTagHeaderValue Etag { get; }

    public static ServedDocument Plain(byte[] json) => new(json, encoding: null);

    public static ServedDocument Gzip(byte[] json)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.SmallestSize))
            gzip.Write(json);
        return new ServedDocument(compressed.ToArray(), "gzip");
    }
}
