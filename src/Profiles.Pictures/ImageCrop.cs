using System.Runtime.InteropServices;

namespace Profiles.Pictures;

/// <summary>A part of an image as it is seen upright. Of one that is no square, the middle square is taken.</summary>
/// <param name="Left">Pixels left of it.</param>
/// <param name="Top">Pixels above it.</param>
/// <param name="Width">Its width.</param>
/// <param name="Height">Its height.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ImageCrop(int Left, int Top, int Width, int Height)
{
    /// <summary>The whole of an image.</summary>
    internal static ImageCrop WholeOf(int width, int height) => new(0, 0, width, height);

    /// <summary>The square in the middle.</summary>
    internal ImageCrop MiddleSquare()
    {
        var side = Math.Min(Width, Height);
        return new ImageCrop(Left + ((Width - side) / 2), Top + ((Height - side) / 2), side, side);
    }

    /// <summary>Checks that it lies in an image and is large enough.</summary>
    /// <exception cref="ImageRefusedException">It does not, or is not.</exception>
    internal ImageCrop CheckedIn(int width, int height)
    {
        if (Left < 0 || Top < 0 || Width < 1 || Height < 1 || Left > width - Width || Top > height - Height)
            throw new ImageRefusedException(FormattableString.Invariant($"must lie in the image, which has {width}×{height} pixels")) { IsAboutCrop = true };
        if (Width < ImageLimits.MinSide || Height < ImageLimits.MinSide)
            throw new ImageRefusedException("must have at least 48 pixels a side") { IsAboutCrop = true };
        return this;
    }
}
