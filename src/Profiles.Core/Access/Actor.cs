namespace Profiles.Core.Access;

/// <summary>Who makes a change, as the history records it.</summary>
/// <param name="Type">The kind of caller.</param>
/// <param name="Id">
/// The caller's identifier: the user, the subject of a server's token, or the id of the API key or application.
/// </param>
/// <param name="CredentialId">The id of the API key or application that was used; null for tokens and commands.</param>
public sealed record Actor(ActorType Type, string Id, string? CredentialId = null);

/// <summary>The kinds of caller. The numbers are stored with the history, and are those of the contract.</summary>
public enum ActorType
{
    /// <summary>A user, changing the own profile.</summary>
    User = 1,

    /// <summary>A backend service, acting by the permissions of its token.</summary>
    Server = 2,

    /// <summary>A backend service, acting by the permissions of an API key.</summary>
    ApiKey = 3,

    /// <summary>A backend service, acting by the permissions of a signed application.</summary>
    Application = 4,

    /// <summary>A person at the server's command line.</summary>
    Operator = 5,

    /// <summary>The service itself.</summary>
    System = 6,
}
