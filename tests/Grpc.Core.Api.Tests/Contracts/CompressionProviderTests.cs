using System.IO.Compression;
using Grpc.Net.Compression;

namespace Grpc.Core.Api.Tests.Contracts;

[TestFixture]
public class CompressionProviderTests
{
    private static readonly ICompressionProvider[] s_providers =
        [new GzipCompressionProvider(CompressionLevel.Optimal), new DeflateCompressionProvider(CompressionLevel.Optimal)];

    [Test]
    public void Providers_have_the_names_of_the_protocol() =>
        Assert.That(s_providers.Select(provider => provider.EncodingName), Is.EqualTo(new[] { "gzip", "deflate" }));

    [Test]
    public void Gzip_is_RFC_1952() =>
        Assert.That(Compressed(s_providers[0], [1], null).Take(2), Is.EqualTo(new byte[] { 0x1f, 0x8b }));

    [Test]
    public void Deflate_is_RFC_1950_and_not_the_bare_RFC_1951()
    {
        var header = Compressed(s_providers[1], [1], null);

        Assert.That(header[0] & 0x0f, Is.EqualTo(8), "The method is deflate.");
        Assert.That(((header[0] << 8) | header[1]) % 31, Is.Zero, "The header has its check bits.");
    }

    [FsCheck.NUnit.Property(MaxTest = 100)]
    public void What_is_compressed_comes_back(byte[] data, bool fastest)
    {
        foreach (var provider in s_providers)
            Assert.That(Decompressed(provider, Compressed(provider, data, fastest ? CompressionLevel.Fastest : null)), Is.EqualTo(data));
    }

    [Test]
    public void The_level_of_a_call_beats_that_of_the_provider([ValueSource(nameof(s_providers))] ICompressionProvider provider)
    {
        var data = new byte[10_000];

        Assert.That(Compressed(provider, data, null), Has.Length.LessThan(1_000));
        Assert.That(Compressed(provider, data, CompressionLevel.NoCompression), Has.Length.GreaterThan(10_000));
    }

    private static byte[] Compressed(ICompressionProvider provider, byte[] data, CompressionLevel? level)
    {
        using var target = new MemoryStream();
        using (var stream = provider.CreateCompressionStream(target, level))
            stream.Write(data);

        return target.ToArray();
    }

    private static byte[] Decompressed(ICompressionProvider provider, byte[] data)
    {
        using var source = new MemoryStream(data);
        using var stream = provider.CreateDecompressionStream(source);
        using var target = new MemoryStream();
        stream.CopyTo(target);
        return target.ToArray();
    }
}
