using System.Globalization;
using Profiles.Pictures.Headers;

namespace Profiles.Pictures.Tests;

/// <summary>The data of a JPEG are followed to their end: those that are right, whatever their form, and those that go on or end early.</summary>
internal sealed class JpegDataTests
{
    private static readonly int[] s_sides = [48, 49, 55, 56, 57, 63, 64, 65, 79, 80, 81];

    [Test]
    public void An_intact_one_is_taken(
        [Values("on", "off")] string subsampling, [Values(0, 1, 3, 7)] int restarts, [Values("true", "false")] string optimized)
    {
        foreach (var side in s_sides)
        {
            var png = TestImages.Png(side, 129 - side);
            (string, string)[] options =
            [
                ("subsample_mode", subsampling), ("restart_interval", restarts.ToString(CultureInfo.InvariantCulture)),
                ("optimize_coding", optimized), ("Q", side.ToString(CultureInfo.InvariantCulture)),
            ];
            Assert.That(() => JpegHeader.CheckData(TestImages.Jpeg(png, options)), Throws.Nothing, $"{side}");
            Assert.That(() => JpegHeader.CheckData(TestImages.GreyJpeg(png, options)), Throws.Nothing, $"grey {side}");
            Assert.That(() => JpegHeader.CheckData(TestImages.Jpeg(png, [.. options, ("interlace", "true")])), Throws.Nothing, $"progressive {side}");
        }
    }

    [Test]
    public void Bytes_that_fill_up_before_a_marker_are_taken()
    {
        var image = Image();
        Assert.That(() => JpegHeader.CheckData([.. image[..^2], 0xFF, 0xFF, .. image[^2..]]), Throws.Nothing);
    }

    [Test]
    public void What_stands_after_the_end_is_taken()
    {
        Assert.That(() => JpegHeader.CheckData([.. Image(), 1, 2, 3]), Throws.Nothing);
    }

    [TestCase(0x00)]
    [TestCase(0x5A)]
    public void A_byte_more_is_refused(byte more)
    {
        var image = Image();
        Assert.That(() => JpegHeader.CheckData([.. image[..^2], more, .. image[^2..]]), Throws.TypeOf<ImageRefusedException>());
    }

    [Test]
    public void A_byte_less_is_refused()
    {
        var image = Image();
        Assert.That(() => JpegHeader.CheckData([.. image[..^3], .. image[^2..]]), Throws.TypeOf<ImageRefusedException>());
    }

    [Test]
    public void Restarts_that_changed_places_are_refused()
    {
        var image = TestImages.Jpeg(TestImages.Png(64, 64), ("restart_interval", "1"));
        var (first, second) = (image.AsSpan().IndexOf((byte[])[0xFF, 0xD0]), image.AsSpan().IndexOf((byte[])[0xFF, 0xD1]));
        (image[first + 1], image[second + 1]) = (0xD1, 0xD0);
        Assert.That(() => JpegHeader.CheckData(image), Throws.TypeOf<ImageRefusedException>());
    }

    private static byte[] Image() => TestImages.Jpeg(TestImages.Png(64, 64), ("Q", "90"));
}
