using Profiles.Core.Access;
using Profiles.Server.Tokens;

namespace Profiles.Server.Access.Authentication;

/// <summary>Checks bearer tokens.</summary>
internal sealed class BearerAuthenticator(TokenValidator tokens, ILogger<BearerAuthenticator> logger) : IAuthenticator
{
    public ValueTask<Caller?> AuthenticateAsync(HttpRequest request, CredentialHeaders headers, string method)
    {
        if (BearerToken.Read(request.Headers) is not { } token)
            return ValueTask.FromResult<Caller?>(null);
        var fault = tokens.Check(token, out var caller);
        if (fault == TokenFault.None)
            return ValueTask.FromResult(caller);
        ServerLog.TokenRefused(logger, method, fault);
        throw TokenValidator.Refused();
    }
}
