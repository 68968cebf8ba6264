using System.Diagnostics;
using System.Text;

namespace Profiles.Pictures.Tests;

/// <summary>What is refused, and how it is told.</summary>
internal sealed class RefusalTests : EngineTest
{
    private static readonly TimeSpan Cheap = TimeSpan.FromMilliseconds(50);

    private static IEnumerable<TestCaseData> Others()
    {
        yield return Other("is empty", []);
        yield return Other("is text", Encoding.ASCII.GetBytes("This is no image, whatever its name."));
        yield return Other("is an SVG", Encoding.ASCII.GetBytes("<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>"));
        yield return Other("is a GIF", Encoding.ASCII.GetBytes("GIF89a\u0001\0\u0001\0"));
        yield return Other("is a HEIC", Encoding.ASCII.GetBytes("\0\0\0\u0018ftypheic\0\0\0\0mif1heic"));
        yield return Other("is an AVIF", Encoding.ASCII.GetBytes("\0\0\0\u0018ftypavif\0\0\0\0"));
        yield return Other("is a TIFF", Encoding.ASCII.GetBytes("II*\0\u0008\0\0\0"));
        yield return Other("is a PDF", Encoding.ASCII.GetBytes("%PDF-1.7\n"));
        yield return Other("is none", [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
    }

    [TestCaseSource(nameof(Others))]
    public async Task Other_formats_are_named(string what, byte[] file) =>
        Assert.That(await RefusalOfAsync(file), Does.StartWith("must be a JPEG, PNG or WebP image, yet ").And.Contain(what));

    [Test]
    public async Task Too_small_and_too_large_images_are_refused()
    {
        Assert.That(await RefusalOfAsync(TestImages.SolidPng(1, 1)), Does.Contain("at least 48 pixels a side, yet has 1×1"));
        Assert.That(await RefusalOfAsync(TestImages.PngBomb(30_000, 30_000)), Does.Contain("at most 12,000 pixels a side, yet has 30000×30000"));
        Assert.That(await RefusalOfAsync(TestImages.PngBomb(8_000, 8_000)), Does.Contain("at most 40 megapixels"));
        Assert.That(await RefusalOfAsync(new byte[ImageLimits.MaxBytes + 1]), Does.Contain("at most 10 MiB"));
    }

    [Test]
    public async Task Kinds_that_are_not_taken_are_refused()
    {
        Assert.That(await RefusalOfAsync(TestImages.DeepPng(64, 64)), Does.Contain("8 bits a channel"));
        Assert.That(await RefusalOfAsync(TestImages.CmykJpeg(TestImages.Png(64, 64))), Does.Contain("CMYK"));
        Assert.That(await RefusalOfAsync(TestImages.AnimatedWebp()), Does.Contain("animated"));
    }

    [Test]
    public async Task Bombs_cost_next_to_nothing()
    {
        byte[][] bombs = [TestImages.PngBomb(30_000, 30_000), TestImages.PngBomb(12_000, 12_000), TestImages.PngBomb(int.MaxValue, 1)];
        _ = await RefusalOfAsync(bombs[0]);
        foreach (var bomb in bombs)
        {
            var time = Stopwatch.StartNew();
            _ = await RefusalOfAsync(bomb);
            Assert.That(time.Elapsed, Is.LessThan(Cheap));
        }
    }

    [Test]
    public async Task An_image_that_ends_early_is_refused_wherever_it_ends([Values("png", "jpeg", "progressive", "webp", "lossless")] string kind)
    {
        var image = Create(kind);
        for (var length = 0; length < image.Length; length += 10)
            Assert.That(await RefusalOfAsync(image[..length]), Does.StartWith("must "), $"{length} of {image.Length}");
        Assert.That(await RefusalOfAsync(image[..^1]), Does.StartWith("must "));
    }

    [TestCase(-1, 0, 100, 100)]
    [TestCase(0, 0, 201, 200)]
    [TestCase(150, 0, 60, 60)]
    [TestCase(0, int.MaxValue, 60, 60)]
    [TestCase(0, 0, 0, 0)]
    [TestCase(0, 0, 47, 200)]
    public async Task A_crop_must_lie_in_the_image(int left, int top, int width, int height)
    {
        var refusal = await Assert.ThrowsAsync<ImageRefusedException>(() => MakeAsync(TestImages.Png(200, 200), new ImageCrop(left, top, width, height)));
        Assert.That(refusal!.IsAboutCrop);
    }

    [Test]
    public async Task Compressed_texts_are_bounded() =>
        Assert.That(await RefusalOfAsync(WithChunks("zTXt", new byte[ImageLimits.MaxCompressedMetadata + 3], 1)), Does.Contain("at most 1 MiB"));

    [TestCase("zTXt", "name\0\0")]
    [TestCase("iTXt", "name\0\u0001\0en\0name\0")]
    [TestCase("iCCP", "name\0\0")]
    public async Task What_texts_unpack_to_is_bounded(string type, string start)
    {
        var bomb = WithChunks(type, [.. Encoding.ASCII.GetBytes(start), .. TestImages.Deflate(new byte[3_000_000])], 3);
        Assert.That(await RefusalOfAsync(bomb), Does.Contain("unpack to more"));
    }

    [Test]
    public async Task A_text_that_cannot_be_unpacked_is_refused() =>
        Assert.That(await RefusalOfAsync(WithChunks("zTXt", [.. "name\0\0not packed"u8], 1)), Does.Contain("damaged"));

    [Test]
    public async Task Texts_of_a_usual_size_are_taken()
    {
        var text = Enumerable.Repeat((byte)'x', 100_000).ToArray();
        Assert.That(await MakeAsync(WithChunks("zTXt", [.. "name\0\0"u8, .. TestImages.Deflate(text)], 2)), Has.Count.EqualTo(3));
        Assert.That(await MakeAsync(WithChunks("iTXt", [.. "name\0\0\0en\0name\0"u8, .. text], 1)), Has.Count.EqualTo(3));
    }

    private static byte[] WithChunks(string type, byte[] content, int count)
    {
        var png = TestImages.Png(64, 64);
        return [.. png[..33], .. Enumerable.Repeat(TestImages.Chunk(type, content), count).SelectMany(chunk => chunk), .. png[33..]];
    }

    private static byte[] Create(string kind)
    {
        var png = TestImages.Png(160, 120);
        return kind switch
        {
            "jpeg" => TestImages.Jpeg(png),
            "progressive" => TestImages.Jpeg(png, ("interlace", "true")),
            "webp" => TestImages.Webp(png),
            "lossless" => TestImages.Webp(png, ("lossless", "true")),
            _ => png,
        };
    }

    private static TestCaseData Other(string what, byte[] file) => new TestCaseData(what, file).SetArgDisplayNames(what);
}
