using System.Collections.Frozen;
using Profiles.Core.Errors;
using Profiles.Core.Identity;
using Profiles.Core.Limits;

namespace Profiles.Core.Access;

/// <summary>Who is calling, as a valid credential says.</summary>
/// <param name="Organization">The organization whose records the caller may reach.</param>
/// <param name="Subject">
/// Whom the credential speaks for: a user or a service by its token, or the user of an API key; for an API key without a user,
/// and for an application, its own id.
/// </param>
/// <param name="Permissions">What the caller may do beyond its own record.</param>
public sealed record Caller(OrganizationId Organization, string Subject, FrozenSet<string> Permissions)
{
    /// <summary>The kind of credential.</summary>
    public CredentialKind Kind { get; init; } = CredentialKind.Token;

    /// <summary>The id of the API key or application; null for a token.</summary>
    public string? CredentialId { get; init; }

    /// <summary>Whether <see cref="Subject"/> can be a user: not so for keys without one, and for applications.</summary>
    public bool SpeaksForUser { get; init; } = true;

    /// <summary>Allowances of the credential itself; a token has none.</summary>
    public RateLimits RateLimits { get; init; } = RateLimits.None;

    /// <summary>Whether <see cref="Subject"/> is a user.</summary>
    public bool IsUser => SpeaksForUser && UserId.TryParse(Subject, out _);

    /// <summary>The caller's own record.</summary>
    /// <exception cref="ProfilesException">The subject cannot be a user (<see cref="ErrorReason.UserRequired"/>).</exception>
    public ProfileKey OwnProfile =>
        SpeaksForUser && UserId.TryParse(Subject, out var user)
            ? new ProfileKey(Organization, user)
            : throw new ProfilesException(
                ErrorReason.UserRequired, $"The call needs a credential of a user; a user id {UserId.Rule}.");

    /// <summary>The record of a user: the caller's own, or any with <paramref name="permission"/>.</summary>
    /// <exception cref="ProfilesException">It is another one's, without it (<see cref="ErrorReason.PermissionMissing"/>).</exception>
    public ProfileKey Reach(UserId user, string permission)
    {
        if (!SpeaksForUser || Subject != user.Value)
            Demand(permission);
        return new ProfileKey(Organization, user);
    }

    /// <summary>The caller as a user who changes the own record.</summary>
    public Actor AsUser => new(ActorType.User, Subject, CredentialId);

    /// <summary>The caller as a server that acts by its permissions.</summary>
    public Actor AsServer => Kind switch
    {
        CredentialKind.ApiKey => new Actor(ActorType.ApiKey, CredentialId!, CredentialId),
        CredentialKind.Application => new Actor(ActorType.Application, CredentialId!, CredentialId),
        _ => new Actor(ActorType.Server, Subject),
    };

    /// <summary>
    /// The caller as one that acts in an organization: the own one, or, with <see cref="Access.Permissions.PlatformAdmin"/>, any. In
    /// another organization than the own one no credential speaks for a user.
    /// </summary>
    /// <exception cref="ProfilesException">The caller does not reach it (<see cref="ErrorReason.OrganizationForbidden"/>).</exception>
    public Caller In(OrganizationId organization)
    {
        if (organization == Organization)
            return this;
        return Has(Access.Permissions.PlatformAdmin) ? this with { Organization = organization, SpeaksForUser = false } : throw Forbidden();
    }

    /// <summary>The failure of a caller that names an organization that it does not reach.</summary>
    public static ProfilesException Forbidden() =>
        new(ErrorReason.OrganizationForbidden, "The credential does not reach this organization.");

    /// <summary>Whether the caller has <paramref name="permission"/>, by name or through another one.</summary>
    public bool Has(string permission) =>
        Permissions.Contains(permission)
        || (Access.Permissions.OfPlatformAdmin.Contains(permission) && Permissions.Contains(Access.Permissions.PlatformAdmin));

    /// <summary>Throws unless the caller has <paramref name="permission"/>.</summary>
    /// <exception cref="ProfilesException">It has not (<see cref="ErrorReason.PermissionMissing"/>).</exception>
    public void Demand(string permission)
    {
        if (!Has(permission))
            throw new ProfilesException(ErrorReason.PermissionMissing, $"The call needs the permission {permission}.");
    }
}

/// <summary>The kinds of credential.</summary>
public enum CredentialKind
{
    /// <summary>A bearer token of a trusted issuer.</summary>
    Token,

    /// <summary>An API key.</summary>
    ApiKey,

    /// <summary>A request signed by an application.</summary>
    Application,
}
