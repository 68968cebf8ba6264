namespace Profiles.Core.Usernames;

/// <summary>Why a user does not get a name.</summary>
/// <param name="Kind">Why.</param>
/// <param name="Violation">The rule that the name breaks; only with <see cref="UsernameRefusalKind.Invalid"/>.</param>
/// <param name="RetryAfter">When the same wish may succeed, as far as it is known.</param>
public sealed record UsernameRefusal(
    UsernameRefusalKind Kind, UsernameViolation? Violation = null, TimeSpan? RetryAfter = null);

/// <summary>The reasons. The statements of the database have the numbers.</summary>
public enum UsernameRefusalKind
{
    /// <summary>Another user has it.</summary>
    Taken = 1,

    /// <summary>It looks like a name that another user has, or that is kept for another one.</summary>
    LooksTaken = 2,

    /// <summary>It was released a short while ago, and is kept for its last owner.</summary>
    Held = 3,

    /// <summary>It, or a name that it looks like, is on the denylist.</summary>
    Denied = 4,

    /// <summary>The user has changed the name too often today.</summary>
    TooManyRenames = 5,

    /// <summary>It breaks a rule of the organization.</summary>
    Invalid = 6,
}
