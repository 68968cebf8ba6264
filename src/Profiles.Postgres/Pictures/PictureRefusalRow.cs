using Profiles.Core.Identity;
using Profiles.Core.Pictures;
using Profiles.Core.Storage;

namespace Profiles.Postgres.Pictures;

/// <summary>What stands against a picture, as Dapper maps it.</summary>
internal sealed class PictureRefusalRow
{
    public int Refusal { get; set; }

    public int ChangesPerDay { get; set; }

    public DateTime? NextAllowed { get; set; }

    /// <summary>The outcome of the write; null when nothing stands against the picture.</summary>
    public WriteOutcome? ToOutcome(ProfileKey profile, DateTime time) => Refusal switch
    {
        PictureConditions.TooManyChanges => new WriteOutcome(
            WriteOutcomeKind.PictureLimitReached, PictureLimit: new PictureLimit(profile, ChangesPerDay, time, NextAllowed)),
        PictureConditions.Missing => new WriteOutcome(WriteOutcomeKind.PictureMissing),
        _ => null,
    };
}
