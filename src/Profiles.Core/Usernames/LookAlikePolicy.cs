namespace Profiles.Core.Usernames;

/// <summary>
/// What an organization does about names that look like others. Each policy refuses all that the one before it does. The numbers are those of the
/// contract, and are stored.
/// </summary>
public enum LookAlikePolicy
{
    /// <summary>Nothing: names are the same if their keys are.</summary>
    Off = 1,

    /// <summary>
    /// Refuses names that mix scripts or number systems, and names that look like another name in another script
    /// (<see cref="UsernameForms.SmallLook"/> or <see cref="UsernameForms.CapitalLook"/> is equal).
    /// </summary>
    MixedScript = 2,

    /// <summary>
    /// Refuses also names that look like another one in any way (<see cref="UsernameForms.Skeleton"/> is equal), and letters that
    /// are not recommended for identifiers.
    /// </summary>
    Strict = 3,
}
