using Profiles.Core.Errors;
using Profiles.Core.Usernames;

namespace Profiles.Core.Operations;

/// <summary>The failures of a wish for a username, each with its sentence for the caller.</summary>
internal static class UsernameErrors
{
    private const string Field = "profile.preferred_username";

    public static ProfilesException From(UsernameRefusal refusal) =>
        refusal.Kind switch
        {
            UsernameRefusalKind.Invalid => ProfilesException.Invalid(Field, refusal.Violation!.Description),
            UsernameRefusalKind.Taken => Refuse(ErrorReason.UsernameTaken, "is taken by another user"),
            UsernameRefusalKind.LooksTaken => Refuse(ErrorReason.UsernameTaken, "looks like a name of another user"),
            UsernameRefusalKind.Held => Refuse(ErrorReason.UsernameHeld, "was released lately and is kept for its last owner"),
            UsernameRefusalKind.Denied => Refuse(ErrorReason.UsernameDenied, "is denied, or looks like a name that is"),
            UsernameRefusalKind.TooManyRenames => new ProfilesException(
                ErrorReason.RenameLimitReached,
                "The username has been changed too often in the last 24 hours.",
                [new FieldViolation(Field, "has been changed too often in the last 24 hours")])
            {
                RetryAfter = refusal.RetryAfter,
            },
            _ => throw new ArgumentOutOfRangeException(nameof(refusal), refusal.Kind, "A refusal without a meaning."),
        };

    private static ProfilesException Refuse(ErrorReason reason, string description) =>
        new(reason, $"The username {description}.", [new FieldViolation(Field, description)]);
}
