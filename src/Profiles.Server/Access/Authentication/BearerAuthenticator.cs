using Profiles.Core.Access;
using Profiles.Server.Tokens;

namespace Profiles.Server.Access.Authentication;

/// <summary>Checks bearer tokens.</summary>
internal sealed class BearerAuthenticator(TokenValidator tokens, ILogger<BearerAuthenticator> logger) : IAuthenticator
{
    public async ValueTask<Caller?> AuthenticateAsync(HttpRequest request, CredentialHeaders headers, string method)
    {
        if (BearerToken.Read(request.Headers) is not { } token)
            return null;
        // At once, but for a token of a key that is not known yet.
        var check = await tokens.CheckAsync(token);
        if (check.Fault == TokenFault.None)
            return check.Caller;
        ServerLog.TokenRefused(logger, method, check.Fault);
        throw TokenValidator.Refused(check.Fault);
    }
}
