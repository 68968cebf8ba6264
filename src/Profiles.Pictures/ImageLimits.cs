namespace Profiles.Pictures;

/// <summary>What an image may be at most, and must be at least.</summary>
public static class ImageLimits
{
    /// <summary>The most bytes of a file.</summary>
    public const int MaxBytes = 10 * 1024 * 1024;

    /// <summary>The most pixels a side.</summary>
    public const int MaxSide = 12_000;

    /// <summary>The most pixels in all.</summary>
    public const int MaxPixels = 40_000_000;

    /// <summary>The fewest pixels a side, of the part that is wanted too.</summary>
    public const int MinSide = 48;

    /// <summary>The most scans of a progressive JPEG. Programs write about ten; each costs a walk over the whole image.</summary>
    public const int MaxScans = 64;

    /// <summary>The most bytes of compressed texts and profiles in a PNG.</summary>
    public const int MaxCompressedMetadata = 1024 * 1024;

    /// <summary>The most bytes that they unpack to.</summary>
    public const int MaxUnpackedMetadata = 8 * 1024 * 1024;
}
