using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Profiles.Pictures.Headers;
using Profiles.Pictures.Native;

namespace Profiles.Pictures.Tests;

/// <summary>Images that tests make: PNG by hand, the other formats of it by libvips.</summary>
internal static unsafe class TestImages
{
    /// <summary>A picture with something in it everywhere: red grows to the right, green downwards.</summary>
    public static byte[] Png(int width, int height, int channels = 3) => EncodePng(width, height, channels, (x, y, channel) => channel switch
    {
        0 => (byte)(x * 255L / width),
        1 => (byte)(y * 255L / height),
        2 => (byte)((x ^ y) & 0xF0),
        _ => (byte)200,
    });

    /// <summary>A picture of one colour, which is small whatever its size.</summary>
    public static byte[] SolidPng(int width, int height) => EncodePng(width, height, 3, (_, _, _) => 90);

    /// <summary>A header that says how large the picture is, and next to no data.</summary>
    public static byte[] PngBomb(int width, int height) =>
        [.. Signature, .. Chunk("IHDR", Header(width, height, 8, 2)), .. Chunk("IDAT", Deflate([0])), .. Chunk("IEND", [])];

    /// <summary>16 bits a channel.</summary>
    public static byte[] DeepPng(int width, int height) =>
        [.. Signature, .. Chunk("IHDR", Header(width, height, 16, 2)), .. Chunk("IDAT", Deflate(new byte[height * (1 + (width * 6))])), .. Chunk("IEND", [])];

    /// <summary>A picture as JPEG, by the options of libvips.</summary>
    public static byte[] Jpeg(byte[] png, params (string Name, string Value)[] options) => Convert(png, "jpegsave_target", options);

    public static byte[] Webp(byte[] png, params (string Name, string Value)[] options) => Convert(png, "webpsave_target", options);

    /// <summary>A JPEG without colours.</summary>
    public static byte[] GreyJpeg(byte[] png, params (string Name, string Value)[] options) => Convert(png, "jpegsave_target", options, toSpace: "b-w");

    /// <summary>A JPEG in CMYK.</summary>
    public static byte[] CmykJpeg(byte[] png) => Convert(png, "jpegsave_target", [], toSpace: "cmyk");

    /// <summary>A WebP of two frames, as far as a header tells.</summary>
    public static byte[] AnimatedWebp()
    {
        byte[] canvas = [0x02, 0, 0, 0, 63, 0, 0, 63, 0, 0];
        byte[] chunks = [.. "WEBP"u8, .. WebpChunk("VP8X", canvas), .. WebpChunk("ANIM", new byte[6]), .. WebpChunk("ANMF", new byte[24])];
        return WebpChunk("RIFF", chunks);
    }

    /// <summary>A JPEG with an EXIF segment: the orientation, and where it was taken.</summary>
    public static byte[] WithExif(byte[] jpeg, ushort orientation)
    {
        var exif = Exif(orientation);
        var length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)(exif.Length + 2));
        return [.. jpeg[..2], 0xFF, 0xE1, .. length, .. exif, .. jpeg[2..]];
    }

    /// <summary>A JPEG with comments, so that it has just as many bytes.</summary>
    public static byte[] PaddedJpeg(byte[] jpeg, int length)
    {
        const int overhead = 4;
        const int most = ushort.MaxValue + 2;
        using var output = new MemoryStream(length);
        output.Write(jpeg.AsSpan(0, 2));
        for (var left = length - jpeg.Length; left > 0;)
        {
            // What is left after it must be none, or enough for another one.
            var segment = left <= most ? left : Math.Min(most, left - overhead);
            WriteNumbers(output, 2, 0xFFFE, (uint)segment - 2);
            output.Write(new byte[segment - overhead]);
            left -= segment;
        }

        output.Write(jpeg.AsSpan(2));
        return output.ToArray();
    }

    /// <summary>The pixels of a picture, three or four bytes each, and its size.</summary>
    public static (int Width, int Height, byte[] Pixels) Decode(ReadOnlyMemory<byte> file, string format)
    {
        VipsLibrary.Load(LibvipsFile.Path);
        using var pin = file.Pin();
        using var source = Vips.NewSource(pin.Pointer, (nuint)file.Length);
        using var load = new VipsOperation($"{format}load_source");
        using var image = load.With("source", source).RunToImage();
        using var target = Vips.NewTarget();
        using var save = new VipsOperation("rawsave_target");
        save.With("in", image).With("target", target).Run();
        return (Vips.Width(image), Vips.Height(image), target.ToArray());
    }

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n'];

    private static byte[] EncodePng(int width, int height, int channels, Func<int, int, int, byte> pixel)
    {
        var rows = new byte[height * (1 + (width * channels))];
        for (var y = 0; y < height; y++)
        {
            for (var i = 0; i < width * channels; i++)
                rows[(y * (1 + (width * channels))) + 1 + i] = pixel(i / channels, y, i % channels);
        }

        var colour = channels switch { 1 => 0, 2 => 4, 3 => 2, _ => 6 };
        return [.. Signature, .. Chunk("IHDR", Header(width, height, 8, colour)), .. Chunk("IDAT", Deflate(rows)), .. Chunk("IEND", [])];
    }

    private static byte[] Header(int width, int height, int depth, int colour)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = (byte)depth;
        header[9] = (byte)colour;
        return header;
    }

    public static byte[] Chunk(string type, byte[] content)
    {
        byte[] typed = [.. Encoding.ASCII.GetBytes(type), .. content];
        var frame = new byte[8];
        BinaryPrimitives.WriteInt32BigEndian(frame, content.Length);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(4), PngChecksum.Compute(typed));
        return [.. frame[..4], .. typed, .. frame[4..]];
    }

    private static byte[] WebpChunk(string type, byte[] content)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, content.Length);
        return [.. Encoding.ASCII.GetBytes(type), .. length, .. content];
    }

    public static byte[] Deflate(byte[] bytes)
    {
        using var output = new MemoryStream();
        using (var deflate = new ZLibStream(output, CompressionLevel.Fastest))
            deflate.Write(bytes);
        return output.ToArray();
    }

    private static byte[] Convert(byte[] png, string operation, (string Name, string Value)[] options, string toSpace = "srgb")
    {
        VipsLibrary.Load(LibvipsFile.Path);
        fixed (byte* bytes = png)
        {
            using var source = Vips.NewSource(bytes, (nuint)png.Length);
            using var load = new VipsOperation("pngload_source");
            using var image = load.With("source", source).RunToImage();
            using var convert = new VipsOperation("colourspace");
            using var converted = convert.With("in", image).With("space", toSpace).RunToImage();
            using var target = Vips.NewTarget();
            using var save = new VipsOperation(operation);
            save.With("in", converted).With("target", target);
            foreach (var (name, value) in options)
                save.With(name, value);
            save.Run();
            return target.ToArray();
        }
    }

    // TIFF in big-endian order: a directory with the orientation, and one with a latitude (CIPA DC-008).
    private static byte[] Exif(ushort orientation)
    {
        using var output = new MemoryStream();
        output.Write("Exif\0\0MM\0*\0\0\0\u0008"u8);
        WriteNumbers(output, 2, 2);
        WriteEntry(output, 0x0112, 3, 1, (uint)orientation << 16);
        WriteEntry(output, 0x8825, 4, 1, 38);
        WriteNumbers(output, 4, 0);
        WriteNumbers(output, 2, 2);
        WriteEntry(output, 0x0001, 2, 2, 0x4E00_0000); // "N"
        WriteEntry(output, 0x0002, 5, 3, 68);
        WriteNumbers(output, 4, 0, 47, 1, 22, 1, 8, 1);
        return output.ToArray();
    }

    private static void WriteEntry(Stream output, ushort tag, ushort type, uint count, uint value)
    {
        WriteNumbers(output, 2, tag, type);
        WriteNumbers(output, 4, count, value);
    }

    private static void WriteNumbers(Stream output, int size, params uint[] numbers)
    {
        foreach (var number in numbers)
        {
            for (var shift = (size - 1) * 8; shift >= 0; shift -= 8)
                output.WriteByte((byte)(number >> shift));
        }
    }
}
