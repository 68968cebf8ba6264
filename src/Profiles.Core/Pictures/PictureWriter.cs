using Profiles.Core.Access;
using Profiles.Core.Errors;
using Profiles.Core.Identity;
using Profiles.Core.Operations;
using Profiles.Core.Organizations;
using Profiles.Core.Patches;
using Profiles.Core.Storage;

namespace Profiles.Core.Pictures;

/// <summary>The use cases that give profiles pictures of their own.</summary>
/// <param name="library">Where pictures are kept.</param>
/// <param name="profiles">Writes profiles.</param>
public sealed class PictureWriter(PictureLibrary library, ProfileWriter profiles)
{
    // A picture that nobody had may be collected while it is being set; the next try makes it anew.
    private const int MaxAttempts = 3;

    /// <summary>Gives a profile a picture, and creates the profile where that is allowed. It takes the place of any other picture.</summary>
    /// <param name="key">Whose picture.</param>
    /// <param name="upload">The image.</param>
    /// <param name="settings">What the organization allows.</param>
    /// <param name="actor">Who does it. Of a user (<see cref="Actor"/> of type User) the changes of the last 24 hours are counted.</param>
    /// <param name="options">Conditions, and the request's ids.</param>
    /// <param name="cancellationToken">Lets the caller go.</param>
    /// <returns>The outcome; <see cref="WriteOutcomeKind.Unchanged"/> when the profile has the picture already.</returns>
    /// <exception cref="ProfilesException">
    /// Refused, and nothing was written: among the reasons are <see cref="ErrorReason.InvalidRequest"/> with the rule that the image
    /// breaks, <see cref="ErrorReason.PictureUploadOff"/>, and <see cref="ErrorReason.PictureLimitReached"/> with the time when the
    /// next change is allowed in its message, quota and <see cref="ProfilesException.RetryAfter"/>.
    /// </exception>
    public async Task<WriteOutcome> SetAsync(
        ProfileKey key, PictureUpload upload, PictureSettings settings, Actor actor, WriteOptions options,
        CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var id = await StoreAsync(key, upload, settings, actor, cancellationToken);
            try
            {
                return await profiles.WriteAsync(key, ProfilePatchBuilder.ForPicture(id), actor, options, cancellationToken);
            }
            catch (ProfilesException exception) when (exception.Reason == ErrorReason.PictureNotFound && attempt < MaxAttempts)
            {
                // Once more.
            }
        }
    }

    /// <summary>
    /// Checks and stores an image, for a write that sets other fields as well: give its id to <see cref="ProfilePatchBuilder.SetPicture"/>
    /// and write within the day. The limit is looked at here, and counted by that write.
    /// </summary>
    /// <exception cref="ProfilesException">As for <see cref="SetAsync"/>.</exception>
    public Task<PictureId> StoreAsync(
        ProfileKey key, PictureUpload upload, PictureSettings settings, Actor actor, CancellationToken cancellationToken) =>
        settings.Upload
            ? library.StoreAsync(key, upload, settings, actor, cancellationToken)
            : throw new ProfilesException(ErrorReason.PictureUploadOff, "The organization does not allow pictures to be uploaded.");

    /// <summary>Takes the picture away from a profile: its own one, or the address of one elsewhere.</summary>
    /// <returns>The outcome; <see cref="WriteOutcomeKind.Unchanged"/> when the profile has none.</returns>
    /// <exception cref="ProfilesException">There is no profile (<see cref="ErrorReason.ProfileNotFound"/>), or the write was refused.</exception>
    public Task<WriteOutcome> RemoveAsync(ProfileKey key, Actor actor, WriteOptions options, CancellationToken cancellationToken) =>
        profiles.WriteAsync(key, ProfilePatchBuilder.WithoutPicture(), actor, options with { MustExist = true }, cancellationToken);
}
