using System.Collections.Frozen;

namespace Profiles.Core.Access;

/// <summary>The permissions that a credential can carry.</summary>
public static class Permissions
{
    /// <summary>Read every profile of the organization, and its history.</summary>
    public const string ProfilesRead = "profiles.read";

    /// <summary>Set and delete every profile of the organization.</summary>
    public const string ProfilesWrite = "profiles.write";

    /// <summary>Read the denylist of usernames.</summary>
    public const string UsernamesRead = "usernames.read";

    /// <summary>Change the denylist of usernames, and rename users who have a name on it.</summary>
    public const string UsernamesWrite = "usernames.write";

    /// <summary>Read the organization's own settings.</summary>
    public const string OrganizationRead = "organization.read";

    /// <summary>Change the organization's own settings.</summary>
    public const string OrganizationWrite = "organization.write";

    /// <summary>Read what is known of the organization's credentials.</summary>
    public const string CredentialsRead = "credentials.read";

    /// <summary>Create, rotate and revoke credentials of the organization, with no more permissions than one's own.</summary>
    public const string CredentialsWrite = "credentials.write";

    /// <summary>Read what was done to the organization and its credentials.</summary>
    public const string AuditRead = "audit.read";

    /// <summary>
    /// Manage all organizations: create, list and delete them, and have each permission of <see cref="OfPlatformAdmin"/> in
    /// any of them. It opens no profile by itself.
    /// </summary>
    public const string PlatformAdmin = "platform.admin";

    /// <summary>What <see cref="PlatformAdmin"/> includes.</summary>
    public static readonly FrozenSet<string> OfPlatformAdmin =
        new[] { OrganizationRead, OrganizationWrite, CredentialsRead, CredentialsWrite, AuditRead }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>What a server's credential has unless its maker says otherwise: all that is about records.</summary>
    public static readonly IReadOnlyList<string> OfServers = [ProfilesRead, ProfilesWrite, UsernamesRead, UsernamesWrite];

    /// <summary>Every permission there is.</summary>
    public static readonly FrozenSet<string> All =
        OfPlatformAdmin.Concat(OfServers).Append(PlatformAdmin).ToFrozenSet(StringComparer.Ordinal);
}
