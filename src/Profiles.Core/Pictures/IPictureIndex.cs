using Profiles.Core.Errors;
using Profiles.Core.Identity;

namespace Profiles.Core.Pictures;

/// <summary>
/// Knows which pictures there are, and where their files are. Every method is one round trip to the database; one that cannot be
/// reached is <see cref="ErrorReason.StorageUnavailable"/>.
/// </summary>
/// <remarks>
/// Files are announced before they are written and claimed by the picture afterwards. Those that nobody claims are removed, so that
/// a crash at any moment leaves nothing behind for ever.
/// </remarks>
public interface IPictureIndex
{
    /// <summary>Whether a user may set a picture, and whether it is there already: then it stays for a day at least. Announces files.</summary>
    Task<PictureAdmission> AdmitAsync(PictureAnnouncement announcement, CancellationToken cancellationToken);

    /// <summary>Makes files that are written the picture's; if it has others meanwhile, those announced stay nobody's.</summary>
    Task AddAsync(PictureKey key, PictureFileSet files, PicturePlace place, bool hasOriginal, DateTime time, CancellationToken cancellationToken);

    /// <summary>Where a picture is, with the content of the square if it is in the database; null when there is none.</summary>
    Task<PictureLocation?> FindAsync(PictureKey key, int size, CancellationToken cancellationToken);

    /// <summary>
    /// Gives up pictures that no profile has had since <paramref name="time"/>, a thousand at most; returns how many. Their files are due at
    /// <paramref name="due"/>. One round trip, and one for each organization.
    /// </summary>
    Task<int> GiveUpAsync(DateTime time, DateTime due, CancellationToken cancellationToken);

    /// <summary>Up to <paramref name="limit"/> sets of files that are nobody's and whose time has come.</summary>
    Task<IReadOnlyList<AbandonedFiles>> ListAbandonedAsync(DateTime time, int limit, CancellationToken cancellationToken);

    /// <summary>Forgets files that were removed.</summary>
    Task ForgetAsync(PictureFileSet files, CancellationToken cancellationToken);

    /// <summary>Up to <paramref name="limit"/> pictures whose files are not in <paramref name="place"/>, after <paramref name="after"/>.</summary>
    Task<IReadOnlyList<PictureElsewhere>> ListElsewhereAsync(
        PicturePlace place, PictureKey? after, int limit, CancellationToken cancellationToken);

    /// <summary>Announces files, to be removed at <paramref name="due"/> unless they are claimed.</summary>
    Task AnnounceAsync(PictureFileSet files, PicturePlace place, DateTime due, CancellationToken cancellationToken);

    /// <summary>
    /// Gives a picture other files, and has those before removed at <paramref name="due"/>; false when it has not these any more.
    /// </summary>
    Task<bool> ReplaceAsync(
        PictureElsewhere before, PictureFileSet files, PicturePlace place, DateTime due, CancellationToken cancellationToken);
}

/// <summary>A wish to set a picture.</summary>
/// <param name="Profile">Whose.</param>
/// <param name="Picture">Which.</param>
/// <param name="IsLimited">Whether the changes of the last 24 hours count.</param>
/// <param name="Files">The files that will be written if the picture is not there.</param>
/// <param name="Place">Where.</param>
/// <param name="Time">The time.</param>
/// <param name="Due">When the files are removed unless they are claimed.</param>
public sealed record PictureAnnouncement(
    ProfileKey Profile, PictureId Picture, bool IsLimited, PictureFileSet Files, PicturePlace Place, DateTime Time, DateTime Due);

/// <summary>What is known before an image is looked at.</summary>
/// <param name="Exists">Whether the picture is there already.</param>
/// <param name="Limit">What stands against it; null for nothing.</param>
public sealed record PictureAdmission(bool Exists, PictureLimit? Limit);

/// <summary>The changes of pictures of a user are used up.</summary>
/// <param name="Profile">Whose.</param>
/// <param name="ChangesPerDay">How many there are in 24 hours.</param>
/// <param name="Time">When that was found, in UTC.</param>
/// <param name="NextAllowed">When the next one is allowed, in UTC; null for never.</param>
public sealed record PictureLimit(ProfileKey Profile, int ChangesPerDay, DateTime Time, DateTime? NextAllowed);

/// <summary>Where a picture is.</summary>
/// <param name="Files">Its files.</param>
/// <param name="Place">Where they are.</param>
/// <param name="Content">The square that was asked for, if it is in the database.</param>
public sealed record PictureLocation(PictureFileSet Files, PicturePlace Place, ReadOnlyMemory<byte>? Content);

/// <summary>Files that no picture has.</summary>
/// <param name="Files">The files.</param>
/// <param name="Place">Where they are.</param>
public sealed record AbandonedFiles(PictureFileSet Files, PicturePlace Place);

/// <summary>A picture whose files are to be moved.</summary>
/// <param name="Key">The picture.</param>
/// <param name="Files">Its files.</param>
/// <param name="Place">Where they are.</param>
/// <param name="HasOriginal">Whether the file that was sent is among them.</param>
public sealed record PictureElsewhere(PictureKey Key, PictureFileSet Files, PicturePlace Place, bool HasOriginal);
