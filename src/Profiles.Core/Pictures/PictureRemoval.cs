namespace Profiles.Core.Pictures;

/// <summary>Removes what nobody has any more. Several servers may be at it: each step can be done again.</summary>
/// <param name="index">Knows what there is.</param>
/// <param name="places">Where files are.</param>
/// <param name="clock">Tells the time.</param>
public sealed class PictureRemoval(IPictureIndex index, PicturePlaces places, TimeProvider clock)
{
    private const int BatchSize = 100;

    // Who has just read where a picture is may still read it.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Removes what is due.</summary>
    /// <returns>How many pictures were given up, and how many sets of files were removed.</returns>
    public async Task<(int Pictures, int Files)> RemoveAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var pictures = await index.GiveUpAsync(now - PictureLibrary.Grace, now + Patience, cancellationToken);
        var files = 0;
        while (true)
        {
            var due = await index.ListAbandonedAsync(now, BatchSize, cancellationToken);
            foreach (var abandoned in due)
            {
                await places.Find(abandoned.Place).DeleteAsync(abandoned.Files, cancellationToken);
                await index.ForgetAsync(abandoned.Files, cancellationToken);
            }

            files += due.Count;
            if (due.Count < BatchSize)
                return (pictures, files);
        }
    }
}
