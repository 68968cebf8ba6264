using System.Collections.Frozen;
using Profiles.Core.Identity;

namespace Profiles.Server.Tokens.Claims;

/// <summary>Where an issuer's tokens say whom they speak for, and what they may say.</summary>
internal sealed record ClaimRules
{
    private static readonly ClaimPath Subject = ClaimPath.TryParse("sub")!;
    private static readonly ClaimPath Org = ClaimPath.TryParse("org")!;

    /// <summary>The rules of an issuer that the settings say no more about.</summary>
    public static ClaimRules Default { get; } = new();

    /// <summary>The organization of every token, whatever its claims say; null where a claim names it.</summary>
    public OrganizationId? FixedOrganization { get; init; }

    /// <summary>The claim that names the organization.</summary>
    public ClaimPath Organization { get; init; } = Org;

    /// <summary>The organizations that tokens may speak for; null for every one.</summary>
    public FrozenSet<OrganizationId>? Organizations { get; init; }

    /// <summary>The claim that names the user, or the service.</summary>
    public ClaimPath User { get; init; } = Subject;

    /// <summary>The claim with the names of permissions; null for those that <see cref="PermissionClaims"/> looks for.</summary>
    public ClaimPath? Permissions { get; init; }

    /// <summary>What roles permit; null where roles mean nothing.</summary>
    public RoleTable? Roles { get; init; }

    /// <summary>Whether tokens may grant <see cref="Core.Access.Permissions.PlatformAdmin"/>.</summary>
    public bool IsPlatform { get; init; }
}
