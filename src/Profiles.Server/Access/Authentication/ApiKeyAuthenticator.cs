using Profiles.Core.Access;
using Profiles.Core.Credentials.ApiKeys;
using Profiles.Core.Errors;
using Profiles.Server.Access.Directories;

namespace Profiles.Server.Access.Authentication;

/// <summary>Checks API keys.</summary>
internal sealed class ApiKeyAuthenticator(
    ApiKeyDirectory directory, ApiKeyUses uses, TimeProvider clock, ILogger<ApiKeyAuthenticator> logger) : IAuthenticator
{
    public async ValueTask<Caller?> AuthenticateAsync(HttpRequest request, CredentialHeaders headers, string method)
    {
        if (!CredentialHeaders.TryRead(request.Headers, headers.ApiKey, out var text))
            throw Refuse(method, CredentialFault.Form);
        if (text is null)
            return null;
        if (!ApiKeyText.IsPossible(text))
            throw Refuse(method, CredentialFault.Form);

        // A key that never was and one that ended are the same to look up.
        var known = await directory.FindAsync(ApiKeyHash.Of(text), request.HttpContext.RequestAborted);
        var now = clock.GetUtcNow().UtcDateTime;
        if (known is null)
            throw Refuse(method, CredentialFault.Unknown);
        if (!known.Found.IsValidAt(now))
            throw Refuse(method, known.Found.Key.RevokeTime is null ? CredentialFault.Expired : CredentialFault.Revoked);
        uses.Note(known.Found.Key, now);
        return known.Caller;
    }

    private ProfilesException Refuse(string method, CredentialFault fault)
    {
        ServerLog.ApiKeyRefused(logger, method, fault);
        return Authenticator.Refused();
    }
}
