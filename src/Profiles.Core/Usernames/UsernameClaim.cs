using Profiles.Core.Usernames.Unicode;

namespace Profiles.Core.Usernames;

/// <summary>
/// A write's wish for a username. One that breaks a rule is a wish too: it is granted to a user who has exactly this name already,
/// for rules bind a name when it is set.
/// </summary>
/// <param name="Display">The name as given.</param>
/// <param name="Forms">The forms by which it is compared; null when it breaks a rule.</param>
/// <param name="Violation">The rule that it breaks; null when there are forms.</param>
public sealed record UsernameClaim(string Display, UsernameForms? Forms, UsernameViolation? Violation)
{
    /// <summary>
    /// Whether some user can have the name, as one that was set under other rules: there is none of a text that the store cannot hold, or that
    /// no organization could allow.
    /// </summary>
    public bool CanBeHeld =>
        Violation?.Rule is not (UsernameRule.Empty or UsernameRule.NotText)
        && CodePoints.Count(Display) <= UsernameSettings.LengthLimit
        && !Display.Contains('\0', StringComparison.Ordinal);

    /// <summary>The wish for a name under the rules of an organization.</summary>
    public static UsernameClaim Of(string text, UsernameSettings settings) =>
        Username.TryParse(text, settings, out var name, out var violation)
            ? new UsernameClaim(name.Display, name.Forms, Violation: null)
            : new UsernameClaim(text, Forms: null, violation);
}
