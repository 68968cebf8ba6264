namespace Profiles.Core.Pictures;

/// <summary>The squares that are made of every picture.</summary>
public static class PictureSize
{
    /// <summary>The square that is meant where none is named.</summary>
    public const int Largest = 512;

    /// <summary>All of them, in pixels a side, the largest first.</summary>
    public static readonly IReadOnlyList<int> All = [Largest, 128, 48];

    /// <summary>The type of each.</summary>
    public const string ContentType = "image/webp";
}
