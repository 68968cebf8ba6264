using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Profiles.Pictures.Tests;

/// <summary>
/// Images with one wrong bit. Where the format has no checksum some of them are images still, of something else: nobody can tell. All
/// that contradicts itself is refused.
/// </summary>
internal sealed class FlippedBitTests : EngineTest
{
    private const int Sample = 80;
    private const int All = 0xFF;

    // How many of a hundred flips must be refused. The rest gives an image.
    [TestCase("png", 100)]
    [TestCase("jpeg", 15)]
    [TestCase("restarts", 25)]
    [TestCase("progressive", 30)]
    [TestCase("webp", 30)]
    [TestCase("lossless", 20)]
    public async Task It_is_refused_or_gives_a_picture(string kind, int mustBeRefused)
    {
        var image = Create(kind);
        var (tried, refused) = (0, 0);
        for (var position = 0; position < image.Length; position += 1 + (image.Length / Sample))
        {
            for (var bit = 0; bit < 8; bit++, tried++)
            {
                if (await IsRefusedAsync(image, position, bit))
                    refused++;
            }
        }

        var share = 100.0 * refused / tried;
        await TestContext.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{kind}: {refused} of {tried} refused, {share:F0} %"));
        Assert.That(share, Is.GreaterThanOrEqualTo(mustBeRefused));
    }

    [TestCase("jpeg")]
    [TestCase("restarts")]
    [TestCase("progressive")]
    [TestCase("webp")]
    [TestCase("lossless")]
    public async Task One_in_the_structure_is_refused(string kind)
    {
        var image = Create(kind);
        var taken = new List<string>();
        foreach (var (position, bits, what) in kind is "webp" or "lossless" ? StructureOfWebp(image) : StructureOfJpeg(image))
        {
            for (var bit = 0; bit < 8; bit++)
            {
                if ((bits & (1 << bit)) != 0 && !await IsRefusedAsync(image, position, bit))
                    taken.Add($"{what} at {position}, bit {bit}");
            }
        }

        Assert.That(taken, Is.Empty);
    }

    private async Task<bool> IsRefusedAsync(byte[] image, int position, int bit)
    {
        var flipped = (byte[])image.Clone();
        flipped[position] ^= (byte)(1 << bit);
        try
        {
            var squares = await Engine.MakeSquaresAsync(flipped, crop: null, [48], CancellationToken.None);
            var (width, height, _) = TestImages.Decode(squares.Single(), "webp");
            Assert.That((width, height), Is.EqualTo((48, 48)));
            return false;
        }
        catch (ImageRefusedException refusal)
        {
            Assert.That(refusal.Message, Does.StartWith("must ").Or.StartWith("takes "));
            return true;
        }
    }

    // Segments with their marker and length, but for those that are only told about; and of frame and scans what can contradict the rest.
    private static IEnumerable<(int Position, int Bits, string What)> StructureOfJpeg(byte[] jpeg)
    {
        for (var position = 2; position < jpeg.Length - 2;)
        {
            var (marker, length) = (jpeg[position + 1], BinaryPrimitives.ReadUInt16BigEndian(jpeg.AsSpan(position + 2)));
            foreach (var (offset, bits) in StructureOfSegment(marker))
                yield return (position + offset, bits, string.Create(CultureInfo.InvariantCulture, $"segment {marker:X2}"));
            position += 2 + length;
            while (marker == 0xDA && (jpeg[position] != 0xFF || jpeg[position + 1] is 0x00 or (>= 0xD0 and <= 0xD7)))
                position++;
        }
    }

    // Bytes 0 and 1 are the marker, 2 and 3 the length.
    private static (int Offset, int Bits)[] StructureOfSegment(byte marker) => marker switch
    {
        >= 0xE0 and <= 0xEF => [(2, All), (3, All)],
        // The lowest bit stands for more tables. Precision, the upper bits of the size, how many components; and of each its id.
        0xC0 or 0xC2 => [(0, All), (1, 0xFE), (2, All), (3, All), (4, All), (5, All), (6, 0xE0), (7, All), (8, 0xE0), (9, All), (10, All), (13, All), (16, All)],
        // As a segment of an application it is missing, and a table before it may serve.
        0xC4 => [(0, All), (1, 0xDF), (2, All), (3, All)],
        0xDA or 0xDD => [(0, All), (1, All), (2, All), (3, All), (4, All), (5, All)],
        _ => [(0, All), (1, All), (2, All), (3, All)],
    };

    // The file's header; then type and length of the chunks that are the image.
    private static IEnumerable<(int Position, int Bits, string What)> StructureOfWebp(byte[] webp)
    {
        for (var position = 0; position < 12; position++)
            yield return (position, All, "file");
        for (var position = 12; position < webp.Length;)
        {
            var type = Encoding.ASCII.GetString(webp, position, 4);
            for (var i = 0; i < 8 && type.StartsWith("VP8", StringComparison.Ordinal); i++)
                yield return (position + i, All, $"header of {type}");
            foreach (var (offset, bits) in StructureOfChunk(type))
                yield return (position + 8 + offset, bits, type);
            var length = BinaryPrimitives.ReadInt32LittleEndian(webp.AsSpan(position + 4));
            position += 8 + length + (length % 2);
        }
    }

    private static (int Offset, int Bits)[] StructureOfChunk(string type) => type switch
    {
        // Whether it is animated, and the size of the canvas.
        "VP8X" => [(0, 0x02), (4, All), (5, All), (6, All), (7, All), (8, All), (9, All)],
        // Whether it is an image of its own, whether it is shown; the start code; and above each size how to enlarge it.
        "VP8 " => [(0, 0x19), (3, All), (4, All), (5, All), (7, 0xC0), (9, 0xC0)],
        // The signature, and the version above the size.
        "VP8L" => [(0, All), (4, 0xE0)],
        _ => [],
    };

    private static byte[] Create(string kind)
    {
        var png = TestImages.Png(96, 64);
        return kind switch
        {
            "jpeg" => TestImages.Jpeg(png, ("Q", "90")),
            "restarts" => TestImages.Jpeg(png, ("Q", "90"), ("restart_interval", "2")),
            "progressive" => TestImages.Jpeg(png, ("Q", "90"), ("interlace", "true")),
            "webp" => TestImages.Webp(png),
            "lossless" => TestImages.Webp(png, ("lossless", "true")),
            _ => png,
        };
    }
}
