using System.Collections.Frozen;
using Profiles.Core.Errors;
using Profiles.Core.Identity;

namespace Profiles.Core.Access;

/// <summary>Who is calling, as a valid credential says.</summary>
/// <param name="Organization">The organization whose records the caller may reach.</param>
/// <param name="Subject">The credential's subject: a user, or a service.</param>
/// <param name="Permissions">What the caller may do beyond its own record.</param>
public sealed record Caller(OrganizationId Organization, string Subject, FrozenSet<string> Permissions)
{
    /// <summary>The caller's own record.</summary>
    /// <exception cref="ProfilesException">The subject cannot be a user (<see cref="ErrorReason.UserRequired"/>).</exception>
    public ProfileKey OwnProfile =>
        UserId.TryParse(Subject, out var user)
            ? new ProfileKey(Organization, user)
            : throw new ProfilesException(
                ErrorReason.UserRequired, $"The call needs a credential of a user; a user id {UserId.Rule}.");

    /// <summary>Throws unless the caller has <paramref name="permission"/>.</summary>
    /// <exception cref="ProfilesException">It has not (<see cref="ErrorReason.PermissionMissing"/>).</exception>
    public void Demand(string permission)
    {
        if (!Permissions.Contains(permission))
            throw new ProfilesException(ErrorReason.PermissionMissing, $"The call needs the permission {permission}.");
    }
}
