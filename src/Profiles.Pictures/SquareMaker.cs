using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Profiles.Pictures.Headers;
using Profiles.Pictures.Native;

namespace Profiles.Pictures;

/// <summary>Makes squares of one image: decoded once and whole, upright, in sRGB, as WebP without metadata.</summary>
internal static unsafe class SquareMaker
{
    private const int UnsignedBytes = 0; // VIPS_FORMAT_UCHAR
    private const int FirstTurnedOrientation = 5;
    private const string Profile = "icc-profile-data";

    // What a decoder leaves of an image has twice the pixels of the square a side, so that it looks no worse.
    private const int Reserve = 2;

    /// <summary>The squares of an image.</summary>
    /// <param name="image">The file.</param>
    /// <param name="crop">The part that is wanted; null for the middle.</param>
    /// <param name="sizes">Pixels a side, the largest first.</param>
    /// <param name="deadline">When to give up, as <see cref="Environment.TickCount64"/>.</param>
    /// <exception cref="ImageRefusedException">The image breaks a rule.</exception>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Make(ReadOnlyMemory<byte> image, ImageCrop? crop, IReadOnlyList<int> sizes, long deadline)
    {
        var header = ImageHeader.Read(image.Span);
        if (header.Format == ImageFormat.Jpeg)
            JpegHeader.CheckData(image.Span);
        using var pin = image.Pin();
        try
        {
            using var source = Vips.NewSource(pin.Pointer, (nuint)image.Length);
            using var square = Decode(source, header, crop, sizes[0], deadline);
            return Save(square, sizes);
        }
        catch (VipsException exception)
        {
            throw Environment.TickCount64 >= deadline
                ? new ImageRefusedException("takes too long to decode", exception)
                : new ImageRefusedException($"must be an intact {NameOf(header.Format)} image, yet is damaged", exception);
        }
    }

    // The largest square, in memory.
    private static ImageHandle Decode(SourceHandle source, ImageHeader header, ImageCrop? crop, int size, long deadline)
    {
        var smallest = crop is { } asked ? Math.Min(asked.Width, asked.Height) : Math.Min(header.Width, header.Height);
        using var loaded = Load(source, header.Format, Math.Max(smallest / (size * Reserve), 1));
        if (Vips.Format(loaded) != UnsignedBytes || Vips.Bands(loaded) > 4)
            throw new ImageRefusedException("must be in RGB or grey with 8 bits a channel");

        var (width, height) = Vips.Orientation(loaded) >= FirstTurnedOrientation ? (header.Height, header.Width) : (header.Width, header.Height);
        var part = (crop ?? ImageCrop.WholeOf(width, height)).CheckedIn(width, height).MiddleSquare();
        var scale = Math.Min(1.0, (double)size / part.Width);
        using var whole = Resize(loaded, Scale(width, scale), Scale(height, scale), deadline);
        using var cut = Cut(whole, part, scale);
        return Thumbnail(cut, size, size);
    }

    private static ImageHandle Load(SourceHandle source, ImageFormat format, int reduction)
    {
        using var load = new VipsOperation($"{NameOf(format).ToLowerInvariant()}load_source");
        load.With("source", source).With("access", "sequential").With("fail_on", "warning");
        // A JPEG can be halved three times as it is decoded, a WebP made any size; every pixel is still read.
        if (format == ImageFormat.Jpeg)
            load.With("shrink", reduction >= 8 ? 8 : reduction >= 4 ? 4 : reduction >= 2 ? 2 : 1);
        else if (format == ImageFormat.Webp && reduction > 1)
            load.With("scale", (1.0 / reduction).ToString("R", CultureInfo.InvariantCulture));
        return load.RunToImage();
    }

    // All of the image, not only the part that is wanted: so all of the file is decoded, and found to be whole.
    private static ImageHandle Resize(ImageHandle loaded, int width, int height, long deadline)
    {
        using var resized = Thumbnail(loaded, width, height);
        Vips.SetProgress(resized, 1);
        Vips.Connect(resized, "eval", &StopWhenLate, (nint)deadline, 0, 0);
        var whole = Vips.CopyToMemory(resized);
        if (!whole.IsInvalid)
            return whole;
        whole.Dispose();
        throw VipsException.Take();
    }

    private static ImageHandle Thumbnail(ImageHandle image, int width, int height)
    {
        using var thumbnail = new VipsOperation("thumbnail_image");
        thumbnail.With("in", image).With("width", width).With("height", height).With("size", "force");
        if (Vips.TypeOfField(image, Profile) != 0)
        {
            thumbnail.With("export_profile", "srgb");
            // For a profile that cannot be used.
            if (Vips.Bands(image) >= 3)
                thumbnail.With("import_profile", "srgb");
        }

        return thumbnail.RunToImage();
    }

    private static ImageHandle Cut(ImageHandle whole, ImageCrop part, double scale)
    {
        var side = Math.Min(Scale(part.Width, scale), Math.Min(Vips.Width(whole), Vips.Height(whole)));
        using var cut = new VipsOperation("extract_area");
        return cut
            .With("input", whole)
            .With("left", Math.Min((int)Math.Round(part.Left * scale), Vips.Width(whole) - side))
            .With("top", Math.Min((int)Math.Round(part.Top * scale), Vips.Height(whole) - side))
            .With("width", side)
            .With("height", side)
            .RunToImage();
    }

    private static List<ReadOnlyMemory<byte>> Save(ImageHandle largest, IReadOnlyList<int> sizes)
    {
        var files = new List<ReadOnlyMemory<byte>>(sizes.Count) { Save(largest) };
        foreach (var size in sizes.Skip(1))
        {
            using var smaller = Thumbnail(largest, size, size);
            files.Add(Save(smaller));
        }

        return files;
    }

    private static byte[] Save(ImageHandle image)
    {
        using var target = Vips.NewTarget();
        using var save = new VipsOperation("webpsave_target");
        save.With("in", image).With("target", target).With("Q", 82).With("strip", "true").Run();
        return target.ToArray();
    }

    private static int Scale(int length, double scale) => Math.Max((int)Math.Round(length * scale), 1);

    private static string NameOf(ImageFormat format) => format switch
    {
        ImageFormat.Jpeg => "JPEG",
        ImageFormat.Png => "PNG",
        _ => "WebP",
    };

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void StopWhenLate(nint image, nint progress, nint deadline)
    {
        if (Environment.TickCount64 >= deadline)
            Vips.Kill(image, 1);
    }
}
