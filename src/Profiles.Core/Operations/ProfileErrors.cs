using Profiles.Core.Errors;
using Profiles.Core.Pictures;
using Profiles.Core.Rules;
using Profiles.Core.Storage;

namespace Profiles.Core.Operations;

/// <summary>The failures of profile operations, each with its sentence for the caller.</summary>
internal static class ProfileErrors
{
    public static ProfilesException NotFound() => new(ErrorReason.ProfileNotFound, "There is no such profile.");

    public static ProfilesException From(WriteOutcome outcome) =>
        outcome switch
        {
            { Refusal: { } refusal } => UsernameErrors.From(refusal),
            { PictureLimit: { } limit } => PictureErrors.LimitReached(limit),
            _ => From(outcome.Kind),
        };

    private static ProfilesException From(WriteOutcomeKind outcome) =>
        outcome switch
        {
            WriteOutcomeKind.NotFound => NotFound(),
            WriteOutcomeKind.PictureMissing => PictureErrors.NotFound(),
            WriteOutcomeKind.StaleRevision => new ProfilesException(
                ErrorReason.StaleEtag, "The profile has changed since the etag was issued. Read it again and retry."),
            WriteOutcomeKind.EmailKept => new ProfilesException(
                ErrorReason.EmailKept,
                "The e-mail address can be changed only by a call that proves the new one.",
                [new FieldViolation("profile.email", "can be changed only by a call that proves the new one")]),
            WriteOutcomeKind.TooManyAttributes => ProfilesException.Invalid(
                "profile.attributes", $"must have at most {AttributeRules.MaxCount} entries, those already stored included"),
            WriteOutcomeKind.RequestIdReused => new ProfilesException(
                ErrorReason.RequestIdReused,
                "The request_id was used before with other content or for another user.",
                [new FieldViolation("request_id", "was used before with other content or for another user")]),
            WriteOutcomeKind.OutcomeErased => new ProfilesException(
                ErrorReason.OutcomeErased, "The request was carried out before, and the profile has been deleted since."),
            WriteOutcomeKind.Unavailable => new ProfilesException(
                ErrorReason.StorageUnavailable, "The database could not carry the write out in time. Try again."),
            _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "Not a failure."),
        };
}
