using System.Collections.Frozen;
using Profiles.Core.Access;
using Profiles.Core.Errors;

namespace Profiles.Core.Credentials;

/// <summary>Who creates or rotates a credential, and what it can hand on: no more than it has itself.</summary>
/// <param name="Actor">Who it is, for the audit.</param>
/// <param name="HttpRequestId">The id of the request, for the audit; null for a command.</param>
/// <param name="Permissions">The permissions that it can hand on; null for all.</param>
/// <param name="User">The user for whom it can make keys in any case: itself; null when it is none.</param>
public sealed record Grantor(Actor Actor, string? HttpRequestId, IReadOnlyCollection<string>? Permissions, string? User)
{
    private const string OtherUser =
        "Only who has the permissions profiles.read and profiles.write can make keys for other users.";

    /// <summary>Whether it can make keys that speak for any user: such a key reaches the user's record.</summary>
    public bool GrantsAnyUser => Has(Access.Permissions.ProfilesRead) && Has(Access.Permissions.ProfilesWrite);

    /// <summary>
    /// What a server's credential may do unless its maker says otherwise: of all that is about records, what the maker may do.
    /// </summary>
    /// <remarks>All of it where the maker may do nothing of it, so that it is refused rather than given an empty credential.</remarks>
    public IReadOnlyList<string> Defaults =>
        Access.Permissions.OfServers.Where(Has).ToList() is { Count: > 0 } held ? held : Access.Permissions.OfServers;

    /// <summary>A person at the server's command line, who may grant everything.</summary>
    public static Grantor Operator { get; } = new(new Actor(ActorType.Operator, "command-line"), null, Permissions: null, User: null);

    /// <summary>The service itself.</summary>
    public static Grantor System { get; } = new(new Actor(ActorType.System, "server"), null, Permissions: null, User: null);

    /// <summary>The caller of a request.</summary>
    public static Grantor Of(Caller caller, string httpRequestId) =>
        new(
            caller.AsServer,
            httpRequestId,
            caller.Has(Access.Permissions.PlatformAdmin) ? null : Held(caller),
            caller.SpeaksForUser ? caller.Subject : null);

    /// <summary>Throws unless it can hand these permissions on, to a credential that speaks for this user, if any.</summary>
    /// <exception cref="ProfilesException">It cannot (<see cref="ErrorReason.PermissionMissing"/>).</exception>
    public void Demand(IReadOnlyList<string> permissions, string? user)
    {
        if (permissions.FirstOrDefault(permission => !Has(permission)) is { } missing)
            throw new ProfilesException(ErrorReason.PermissionMissing, $"Only who has the permission {missing} can pass it on.");
        if (user is not null && user != User && !GrantsAnyUser)
            throw new ProfilesException(ErrorReason.PermissionMissing, OtherUser);
    }

    /// <summary>The failure of a rotation that would hand on what the grantor has not.</summary>
    internal static ProfilesException Exceeded() =>
        new(ErrorReason.PermissionMissing, "The credential has permissions, or a user, that the caller has not.");

    private bool Has(string permission) => Permissions?.Contains(permission) ?? true;

    private static FrozenSet<string> Held(Caller caller) =>
        Access.Permissions.All.Where(caller.Has).ToFrozenSet(StringComparer.Ordinal);
}
