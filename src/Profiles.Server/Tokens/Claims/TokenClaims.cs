using System.Collections.Frozen;
using System.Text.Json;
using Profiles.Core.Access;
using Profiles.Core.Identity;

namespace Profiles.Server.Tokens.Claims;

/// <summary>Whom a token speaks for, and for which audience.</summary>
internal static class TokenClaims
{
    /// <summary>The most characters in a subject, as OpenID Connect Core, section 2, has it.</summary>
    public const int MaxSubjectLength = 255;

    /// <summary>Reads the caller from a payload whose signature was checked.</summary>
    public static TokenFault ReadCaller(JsonElement claims, ClaimRules rules, out Caller? caller)
    {
        caller = null;
        if (!rules.User.TryFind(claims, out var user) || StrictJson.Text(user) is not { } subject || !IsSubject(subject))
            return TokenFault.Subject;
        if (ReadOrganization(claims, rules) is not { } organization)
            return TokenFault.Organization;
        if (rules.Organizations?.Contains(organization) == false)
            return TokenFault.OrganizationNotAllowed;
        if (ReadPermissions(claims, rules) is not { } permissions)
            return TokenFault.Permissions;
        caller = new Caller(organization, subject, permissions);
        return TokenFault.None;
    }

    /// <summary>Whether <c>aud</c>, one text or an array of them (RFC 7519, section 4.1.3), names the audience.</summary>
    public static bool IsFor(JsonElement claims, string audience)
    {
        if (!claims.TryGetProperty("aud", out var value))
            return false;
        if (value.ValueKind != JsonValueKind.Array)
            return StrictJson.Text(value) == audience;

        var found = false;
        foreach (var element in value.EnumerateArray())
        {
            if (StrictJson.Text(element) is not { } name)
                return false;
            found |= name == audience;
        }
        return found;
    }

    private static bool IsSubject(string subject)
    {
        foreach (var letter in subject)
        {
            if (char.IsControl(letter))
                return false;
        }
        return subject.Length is > 0 and <= MaxSubjectLength;
    }

    private static OrganizationId? ReadOrganization(JsonElement claims, ClaimRules rules)
    {
        if (rules.FixedOrganization is { } organization)
            return organization;
        return rules.Organization.TryFind(claims, out var value) && OrganizationId.TryParse(StrictJson.Text(value), out organization)
            ? organization
            : null;
    }

    private static FrozenSet<string>? ReadPermissions(JsonElement claims, ClaimRules rules)
    {
        if (PermissionClaims.Read(claims, rules.Permissions) is not { } named)
            return null;
        var granted = new HashSet<string>(named, StringComparer.Ordinal);
        if (rules.Roles?.TryGrant(claims, granted) == false)
            return null;
        if (!rules.IsPlatform)
            granted.Remove(Permissions.PlatformAdmin);
        return granted.ToFrozenSet(StringComparer.Ordinal);
    }
}
