using Profiles.Core.Pictures;
using Profiles.Core.Records;
using Profiles.Core.Usernames;

namespace Profiles.Core.Storage;

/// <summary>What became of a write.</summary>
/// <param name="Kind">What became of it.</param>
/// <param name="Record">
/// The record afterwards. After a deletion its values are empty and its revision is that of the deletion. Null when the
/// write was refused.
/// </param>
/// <param name="Refusal">Why the username was refused; only with <see cref="WriteOutcomeKind.UsernameRefused"/>.</param>
/// <param name="PictureLimit">Which limit was reached; only with <see cref="WriteOutcomeKind.PictureLimitReached"/>.</param>
public sealed record WriteOutcome(
    WriteOutcomeKind Kind, ProfileRecord? Record = null, UsernameRefusal? Refusal = null, PictureLimit? PictureLimit = null);

/// <summary>The ways a write can end.</summary>
public enum WriteOutcomeKind
{
    /// <summary>The record is as the write asked, and has a new revision.</summary>
    Written,

    /// <summary>The record already was as the write asked; nothing was written.</summary>
    Unchanged,

    /// <summary>There is no record, and the write may not create one.</summary>
    NotFound,

    /// <summary>The record has not the revision that the write asks for.</summary>
    StaleRevision,

    /// <summary>The record has another e-mail address, which the write may not change.</summary>
    EmailKept,

    /// <summary>The record would have too many attributes.</summary>
    TooManyAttributes,

    /// <summary>The request id was used before with other content, or for another user.</summary>
    RequestIdReused,

    /// <summary>The request id was used before, and its outcome was erased by a deletion.</summary>
    OutcomeErased,

    /// <summary>The user does not get the username.</summary>
    UsernameRefused,

    /// <summary>The user has changed the picture too often.</summary>
    PictureLimitReached,

    /// <summary>There is no such picture.</summary>
    PictureMissing,

    /// <summary>Nothing is known of this write, while others of the same call are carried out: it may be sent again.</summary>
    Unavailable,
}
