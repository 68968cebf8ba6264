using Profiles.Core.Errors;

namespace Profiles.Core.Pictures;

/// <summary>Reads the files that were sent, where an organization has them kept. They are as they came: no caller gets them.</summary>
/// <param name="index">Knows which pictures there are.</param>
/// <param name="places">Where files can be.</param>
public sealed class PictureOriginals(IPictureIndex index, PicturePlaces places)
{
    /// <summary>The file that was sent for a picture.</summary>
    /// <exception cref="ProfilesException">
    /// There is no such picture, or the file was not kept (<see cref="ErrorReason.PictureNotFound"/>).
    /// </exception>
    public async Task<ReadOnlyMemory<byte>> ReadAsync(PictureKey key, CancellationToken cancellationToken)
    {
        var location = await index.FindAsync(key, PictureFile.Original, cancellationToken) ?? throw PictureErrors.NotFound();
        return location.Content
            ?? await places.Find(location.Place).ReadAsync(new PictureFile(location.Files, PictureFile.Original), cancellationToken)
            ?? throw PictureErrors.OriginalNotKept();
    }
}
