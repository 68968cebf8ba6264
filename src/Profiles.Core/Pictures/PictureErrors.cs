using System.Globalization;
using Profiles.Core.Errors;

namespace Profiles.Core.Pictures;

/// <summary>The failures of pictures, each with its sentence for the caller.</summary>
internal static class PictureErrors
{
    public static ProfilesException NotFound() => new(ErrorReason.PictureNotFound, "There is no such picture.");

    public static ProfilesException OriginalNotKept() =>
        new(ErrorReason.PictureNotFound, "There is such a picture, yet the file that was sent was not kept.");

    public static ProfilesException LimitReached(PictureLimit limit)
    {
        var allowance = string.Create(CultureInfo.InvariantCulture, $"{limit.ChangesPerDay} in 24 hours");
        var next = limit.NextAllowed is { } time
            ? $"The next change is allowed at {time.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture)}."
            : "The organization allows none.";
        return new ProfilesException(ErrorReason.PictureLimitReached, $"The picture has been changed too often: {allowance} are allowed. {next}")
        {
            RetryAfter = limit.NextAllowed - limit.Time,
            Quota = new QuotaViolation($"organization:{limit.Profile.Organization}/user:{limit.Profile.User}", $"Changes of the picture: {allowance}. {next}"),
        };
    }

    public static void CheckLength(string field, ReadOnlyMemory<byte> image)
    {
        if (image.IsEmpty)
            throw ProfilesException.Invalid(field, "must be a JPEG, PNG or WebP image, yet is empty");
        if (image.Length > PictureUpload.MaxBytes)
            throw ProfilesException.Invalid(field, $"must have at most 10 MiB, yet has {image.Length} bytes");
    }
}
