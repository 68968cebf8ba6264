using System.Text;

namespace Profiles.Pictures.Tests;

/// <summary>What comes of a good image.</summary>
internal sealed class SquareTests : EngineTest
{
    [Test]
    public async Task Every_format_gives_squares_of_every_size(
        [Values("png", "jpeg", "progressive", "webp", "lossless")] string kind, [Values(48, 100, 700, 2100)] int side)
    {
        var png = TestImages.Png(side, side + 20);
        var image = kind switch
        {
            "jpeg" => TestImages.Jpeg(png),
            "progressive" => TestImages.Jpeg(png, ("interlace", "true")),
            "webp" => TestImages.Webp(png),
            "lossless" => TestImages.Webp(png, ("lossless", "true")),
            _ => png,
        };

        var squares = await MakeAsync(image);

        var decoded = squares.Select(square => TestImages.Decode(square, "webp")).ToList();
        Assert.That(decoded.Select(square => (square.Width, square.Height)), Is.EqualTo(new[] { (512, 512), (128, 128), (48, 48) }));
    }

    [Test]
    public async Task The_middle_is_taken_unless_something_else_is_said()
    {
        var image = TestImages.Png(1600, 400);

        var (middle, left) = (await MakeAsync(image), await MakeAsync(image, new ImageCrop(0, 0, 400, 400)));

        // Red grows to the right: 600–1000 of 1600 in the middle, 0–400 at the left.
        Assert.That(RedAt(middle[0], 256), Is.EqualTo(127).Within(8));
        Assert.That(RedAt(left[0], 256), Is.EqualTo(32).Within(8));
    }

    [Test]
    public async Task Of_a_crop_that_is_no_square_the_middle_is_taken()
    {
        var image = TestImages.Png(1600, 400);

        var squares = await MakeAsync(image, new ImageCrop(800, 100, 800, 200));

        Assert.That(RedAt(squares[0], 256), Is.EqualTo(191).Within(8));
    }

    [Test]
    public async Task A_turned_image_is_made_upright()
    {
        // Stored 600 wide and 300 high; to be seen, it is turned to the right by a quarter: what was left is on top.
        var image = TestImages.WithExif(TestImages.Jpeg(TestImages.Png(600, 300), ("Q", "95")), orientation: 6);

        var top = await MakeAsync(image, new ImageCrop(0, 0, 300, 300));
        var bottom = await MakeAsync(image, new ImageCrop(0, 300, 300, 300));

        Assert.That(RedAt(top[0], 256), Is.EqualTo(64).Within(10));
        Assert.That(RedAt(bottom[0], 256), Is.EqualTo(191).Within(10));
    }

    [Test]
    public async Task Nothing_of_the_metadata_is_left()
    {
        var image = TestImages.WithExif(TestImages.Jpeg(TestImages.Png(600, 300)), orientation: 1);
        Assert.That(Encoding.Latin1.GetString(image), Does.Contain("Exif"), "The test image has no metadata.");

        var squares = await MakeAsync(image);

        foreach (var square in squares)
        {
            var text = Encoding.Latin1.GetString(square.Span);
            Assert.That(text, Does.Not.Contain("Exif").And.Not.Contain("EXIF").And.Not.Contain("ICCP").And.Not.Contain("XMP"));
            // A plain file has one chunk, which is the image.
            Assert.That(text.Substring(12, 4), Is.EqualTo("VP8 ").Or.EqualTo("VP8L"));
        }
    }

    [Test]
    public async Task Transparency_is_kept()
    {
        var squares = await MakeAsync(TestImages.Png(200, 200, channels: 4));

        var (width, height, pixels) = TestImages.Decode(squares[0], "webp");
        Assert.That(pixels, Has.Length.EqualTo(width * height * 4));
        Assert.That(pixels[3], Is.EqualTo(200).Within(2));
    }

    [Test]
    public async Task A_grey_image_stays_grey()
    {
        var squares = await MakeAsync(TestImages.Png(200, 200, channels: 1));

        var (_, _, pixels) = TestImages.Decode(squares[0], "webp");
        Assert.That(Math.Abs(pixels[600] - pixels[601]), Is.LessThanOrEqualTo(3));
    }

    [Test]
    public async Task The_same_image_gives_the_same_bytes()
    {
        var image = TestImages.Jpeg(TestImages.Png(900, 700));

        var (first, second) = (await MakeAsync(image), await MakeAsync(image));

        for (var i = 0; i < Sizes.Count; i++)
            Assert.That(first[i].ToArray(), Is.EqualTo(second[i].ToArray()));
    }

    private static byte RedAt(ReadOnlyMemory<byte> square, int x)
    {
        var (width, _, pixels) = TestImages.Decode(square, "webp");
        var channels = pixels.Length / (width * width);
        return pixels[((width / 2 * width) + x) * channels];
    }
}
