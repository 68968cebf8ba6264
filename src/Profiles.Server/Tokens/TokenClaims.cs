using System.Text.Json;
using Profiles.Core.Access;
using Profiles.Core.Identity;

namespace Profiles.Server.Tokens;

/// <summary>
/// Whom a token speaks for: the claims <c>sub</c> (RFC 7519, section 4.1.2) and <c>org</c>, the organization, and those of
/// <see cref="PermissionClaims"/>; and for which audience.
/// </summary>
internal static class TokenClaims
{
    /// <summary>The most characters in a subject, as OpenID Connect Core, section 2, has it.</summary>
    public const int MaxSubjectLength = 255;

    /// <summary>Reads the caller from a payload whose signature was checked.</summary>
    public static TokenFault ReadCaller(JsonElement claims, out Caller? caller)
    {
        caller = null;
        if (StrictJson.Text(claims, "sub") is not { } subject || !IsSubject(subject))
            return TokenFault.Subject;
        if (!OrganizationId.TryParse(StrictJson.Text(claims, "org"), out var organization))
            return TokenFault.Organization;
        if (PermissionClaims.Read(claims) is not { } permissions)
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
}
