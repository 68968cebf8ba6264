using Microsoft.Net.Http.Headers;
using Profiles.Core.Errors;

namespace Profiles.Server.Access.Authentication;

/// <summary>Reads <c>Authorization: Bearer …</c> (RFC 6750, section 2.1).</summary>
internal static class BearerToken
{
    private const string Scheme = "Bearer ";

    /// <summary>The token; null when there is no such header.</summary>
    /// <exception cref="ProfilesException">The header is not of this form.</exception>
    public static string? Read(IHeaderDictionary headers)
    {
        if (!headers.TryGetValue(HeaderNames.Authorization, out var values) || values.Count == 0)
            return null;

        if (values is not [{ } value] || !value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            throw new ProfilesException(
                ErrorReason.CredentialInvalid, "The header 'authorization' must appear once, as 'Bearer <token>'.");
        }

        return value[Scheme.Length..].Trim(' ');
    }
}
