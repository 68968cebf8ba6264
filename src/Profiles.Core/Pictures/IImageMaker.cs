using Profiles.Core.Errors;

namespace Profiles.Core.Pictures;

/// <summary>Checks images and makes pictures of them.</summary>
public interface IImageMaker
{
    /// <summary>
    /// Makes the squares of <see cref="PictureSize.All"/>, in that order: upright, in sRGB, without metadata, each of
    /// <see cref="PictureSize.ContentType"/>.
    /// </summary>
    /// <exception cref="ProfilesException">
    /// The image, or the crop, breaks a rule (<see cref="ErrorReason.InvalidRequest"/>); too many are being made at the moment
    /// (<see cref="ErrorReason.Overloaded"/>); or the server has no library for images (<see cref="ErrorReason.ImageLibraryMissing"/>).
    /// </exception>
    Task<IReadOnlyList<ReadOnlyMemory<byte>>> MakeAsync(PictureUpload upload, CancellationToken cancellationToken);
}
