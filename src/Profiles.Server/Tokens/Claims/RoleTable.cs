using System.Collections.Frozen;
using System.Text.Json;

namespace Profiles.Server.Tokens.Claims;

/// <summary>
/// What an issuer's roles permit. Roles that are not in the table mean nothing. Their names are compared letter by letter.
/// </summary>
/// <param name="claim">The claim: an array of names, or one name.</param>
/// <param name="permissions">The permissions of each role.</param>
internal sealed class RoleTable(ClaimPath claim, IReadOnlyDictionary<string, string[]> permissions)
{
    private readonly FrozenDictionary<string, string[]> permissions = permissions.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Adds what a token's roles permit; false when the claim is neither an array of texts nor a text.</summary>
    public bool TryGrant(JsonElement claims, HashSet<string> granted)
    {
        if (!claim.TryFind(claims, out var roles))
            return true;
        if (roles.ValueKind != JsonValueKind.Array)
            return TryGrantRole(roles, granted);
        foreach (var role in roles.EnumerateArray())
        {
            if (!TryGrantRole(role, granted))
                return false;
        }
        return true;
    }

    private bool TryGrantRole(JsonElement role, HashSet<string> granted)
    {
        if (StrictJson.Text(role) is not { } name)
            return false;
        if (permissions.TryGetValue(name, out var permitted))
            granted.UnionWith(permitted);
        return true;
    }
}
