namespace Profiles.Core.Access;

/// <summary>Who makes a change, as the history records it.</summary>
/// <param name="Type">The kind of caller.</param>
/// <param name="Id">The caller's identifier: the subject of its credential.</param>
public sealed record Actor(ActorType Type, string Id);

/// <summary>The kinds of caller. The numbers are stored with the history.</summary>
public enum ActorType
{
    /// <summary>A user, changing the own profile.</summary>
    User = 1,

    /// <summary>A backend service, acting by its permissions.</summary>
    Server = 2,
}
