using Profiles.Core.Identity;

namespace Profiles.Core.Pictures;

/// <summary>
/// Moves the files of pictures to another place, beside running servers: a picture is served from where it was until it is whole where it
/// is to be. Interrupted, it goes on where it stopped.
/// </summary>
/// <param name="index">Knows what there is.</param>
/// <param name="places">Where files are.</param>
/// <param name="clock">Tells the time.</param>
public sealed class PictureMove(IPictureIndex index, PicturePlaces places, TimeProvider clock)
{
    private const int BatchSize = 100;

    // Who has just read where a picture is may still read it there.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Moves all pictures to a place.</summary>
    /// <returns>How many were moved, and how many could not be, since a file of theirs is missing.</returns>
    public async Task<(int Moved, int Incomplete)> MoveAsync(PicturePlace to, CancellationToken cancellationToken)
    {
        var (moved, incomplete) = (0, 0);
        PictureKey? last = null;
        while (true)
        {
            var batch = await index.ListElsewhereAsync(to, last, BatchSize, cancellationToken);
            foreach (var picture in batch)
            {
                if (await MoveAsync(picture, to, cancellationToken))
                    moved++;
                else
                    incomplete++;
            }

            if (batch.Count < BatchSize)
                return (moved, incomplete);
            last = batch[^1].Key;
        }
    }

    private async Task<bool> MoveAsync(PictureElsewhere picture, PicturePlace to, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var files = new PictureFileSet(picture.Key.Organization, OrderedId.Create(now));
        await index.AnnounceAsync(files, to, now.UtcDateTime + PictureLibrary.Grace, cancellationToken);
        foreach (var size in picture.HasOriginal ? [.. PictureSize.All, PictureFile.Original] : PictureSize.All)
        {
            var content = await places.Find(picture.Place).ReadAsync(new PictureFile(picture.Files, size), cancellationToken);
            if (content is not { } bytes)
                return false;
            await places.Find(to).WriteAsync(new PictureFile(files, size), bytes, cancellationToken);
        }

        // Set anew meanwhile, or gone: then the copies are nobody's, and the next run looks again.
        await index.ReplaceAsync(picture, files, to, now.UtcDateTime + Patience, cancellationToken);
        return true;
    }
}
