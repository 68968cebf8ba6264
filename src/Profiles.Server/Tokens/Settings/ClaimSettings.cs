using System.Collections.Frozen;
using Profiles.Core.Access;
using Profiles.Core.Identity;
using Profiles.Server.Tokens.Claims;

namespace Profiles.Server.Tokens.Settings;

/// <summary>Reads where an issuer's tokens say whom they speak for, and what they may say.</summary>
internal static class ClaimSettings
{
    private const string Organization = "Organization";
    private const string Organizations = "Organizations";
    private const string Claims = "Claims";
    private const string User = "User";
    private const string PermissionsClaim = "Permissions";
    private const string Roles = "Roles";
    private const string Platform = "Platform";

    /// <summary>The settings' names.</summary>
    public static readonly string[] Names = [Organization, Organizations, Claims, Roles, Platform];

    /// <summary>Reads the settings.</summary>
    /// <exception cref="TokenSetupException">A setting is wrong; the message names it.</exception>
    public static ClaimRules Read(SettingSection section)
    {
        var claims = section.Section(Claims);
        claims.Allow(Organization, User, PermissionsClaim, Roles);
        if (section.Has(Organization) && claims.Has(Organization))
            throw claims.Wrong(Organization, "is set, and so is the organization of all tokens; set one of them");
        var isPlatform = section.Switch(Platform);
        return new ClaimRules
        {
            FixedOrganization = ReadOrganization(section),
            Organization = ReadPath(claims, Organization) ?? ClaimRules.Default.Organization,
            Organizations = ReadOrganizations(section),
            User = ReadPath(claims, User) ?? ClaimRules.Default.User,
            Permissions = ReadPath(claims, PermissionsClaim),
            Roles = ReadRoles(section, ReadPath(claims, Roles), isPlatform),
            IsPlatform = isPlatform,
        };
    }

    private static ClaimPath? ReadPath(SettingSection claims, string name) =>
        claims.Text(name) is { } text ? ClaimPath.TryParse(text) ?? throw claims.Wrong(name, ClaimPath.Rule) : null;

    private static OrganizationId? ReadOrganization(SettingSection section)
    {
        if (section.Text(Organization) is not { } text)
            return null;
        return OrganizationId.TryParse(text, out var organization)
            ? organization
            : throw section.Wrong(Organization, $"must have 1–{OrganizationId.MaxLength} characters of A–Z a–z 0–9 . _ -");
    }

    private static FrozenSet<OrganizationId>? ReadOrganizations(SettingSection section)
    {
        if (!section.IsNamed(Organizations))
            return null;
        if (section.Has(Organization))
            throw section.Wrong(Organizations, $"is set, and so is {Organization}; set one of them");
        // An empty list that let everybody in would be a trap.
        var names = section.Text(Organizations)?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        var allowed = names.Where(name => OrganizationId.TryParse(name, out _)).Select(OrganizationId.Parse).ToFrozenSet();
        return allowed.Count > 0 && allowed.Count == names.Length
            ? allowed
            : throw section.Wrong(Organizations, "must name organizations, each once, separated by spaces");
    }

    private static RoleTable? ReadRoles(SettingSection section, ClaimPath? claim, bool isPlatform)
    {
        var table = section.Section(Roles).Entries().ToDictionary(
            role => role.Key, role => ReadRole(section, role.Key, role.Value, isPlatform), StringComparer.Ordinal);
        if (table.Count > 0)
            return new RoleTable(claim ?? ClaimPath.TryParse("roles")!, table);
        return claim is null
            ? null
            : throw section.Wrong($"{Claims}:{Roles}", $"is set, but {Roles} is not: no role would mean anything");
    }

    private static string[] ReadRole(SettingSection section, string role, string text, bool isPlatform)
    {
        var permissions = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (permissions.Length == 0 || !Array.TrueForAll(permissions, Permissions.All.Contains))
        {
            throw section.Wrong(
                $"{Roles}:{role}",
                $"must name permissions, separated by spaces; there are {string.Join(", ", Permissions.All.Order(StringComparer.Ordinal))}");
        }
        return isPlatform || !permissions.Contains(Permissions.PlatformAdmin)
            ? permissions
            : throw section.Wrong($"{Roles}:{role}", $"has {Permissions.PlatformAdmin}, which takes the setting {Platform}=on");
    }
}
