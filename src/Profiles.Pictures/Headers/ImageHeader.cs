using System.Globalization;

namespace Profiles.Pictures.Headers;

/// <summary>
/// What an image says of itself, read without decoding a pixel and without native code: what is too large, incomplete or of another
/// format is refused before it costs anything.
/// </summary>
/// <param name="Format">Its format, by its content.</param>
/// <param name="Width">Pixels a row, as stored: an orientation may turn it.</param>
/// <param name="Height">Rows.</param>
internal sealed record ImageHeader(ImageFormat Format, int Width, int Height)
{
    private const string Expected = "must be a JPEG, PNG or WebP image";

    /// <summary>Reads and checks a file.</summary>
    /// <exception cref="ImageRefusedException">It breaks a rule.</exception>
    public static ImageHeader Read(ReadOnlySpan<byte> file)
    {
        if (file.IsEmpty)
            throw new ImageRefusedException($"{Expected}, yet is empty");
        if (file.Length > ImageLimits.MaxBytes)
            throw new ImageRefusedException($"must have at most 10 MiB, yet has {file.Length.ToString(CultureInfo.InvariantCulture)} bytes");
        if (JpegHeader.Begins(file))
            return JpegHeader.Read(file);
        if (PngHeader.Begins(file))
            return PngHeader.Read(file);
        if (WebpHeader.Begins(file))
            return WebpHeader.Read(file);
        throw new ImageRefusedException($"{Expected}, yet {OtherContent.Describe(file)}");
    }

    /// <summary>Checks the size.</summary>
    /// <exception cref="ImageRefusedException">It is too large or too small.</exception>
    public ImageHeader Checked()
    {
        var size = string.Create(CultureInfo.InvariantCulture, $"{Width}×{Height}");
        if (Width > ImageLimits.MaxSide || Height > ImageLimits.MaxSide)
            throw new ImageRefusedException($"must have at most 12,000 pixels a side, yet has {size}");
        if ((long)Width * Height > ImageLimits.MaxPixels)
            throw new ImageRefusedException($"must have at most 40 megapixels, yet has {size}");
        if (Width < ImageLimits.MinSide || Height < ImageLimits.MinSide)
            throw new ImageRefusedException($"must have at least 48 pixels a side, yet has {size}");
        return this;
    }

    /// <summary>The failure of a file whose end is missing.</summary>
    public static ImageRefusedException Truncated(string format) => new($"must be a whole {format} image, yet ends early");

    /// <summary>The failure of a file that cannot be understood.</summary>
    public static ImageRefusedException Corrupt(string format) => new($"must be an intact {format} image, yet is damaged");
}
