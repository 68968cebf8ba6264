using Profiles.Core.Access;
using Profiles.Core.Errors;
using Profiles.Server.Limits;

namespace Profiles.Server.Access.Authentication;

/// <summary>
/// Tells who is calling, by whatever credential the request brings. A token and an API key can come together when they agree;
/// then the token counts. Whatever else comes together is refused.
/// </summary>
internal sealed class Authenticator(
    BearerAuthenticator tokens,
    ApiKeyAuthenticator apiKeys,
    ApplicationAuthenticator applications,
    AuthenticationThrottle throttle,
    ILogger<Authenticator> logger)
{
    /// <summary>The failure that a caller sees, whatever is wrong with its credential.</summary>
    public static ProfilesException Refused() => new(ErrorReason.CredentialInvalid, "The credential is not valid.");

    /// <summary>Who is calling.</summary>
    /// <exception cref="ProfilesException">
    /// There is no valid credential, it cannot be checked at the moment, or too many have failed.
    /// </exception>
    public async ValueTask<Caller> AuthenticateAsync(HttpContext context, string method)
    {
        var headers = CredentialHeaders.Of(context.GetEndpoint());
        var (credential, prefix) = headers.FirstOf(context.Request.Headers);
        throttle.Demand(context, credential, prefix);
        try
        {
            var caller = await CheckAsync(context.Request, headers, method);
            throttle.Succeeded(credential);
            return caller;
        }
        catch (ProfilesException exception) when (exception.Reason == ErrorReason.CredentialInvalid)
        {
            throttle.Failed(context, prefix);
            throw;
        }
    }

    private async ValueTask<Caller> CheckAsync(HttpRequest request, CredentialHeaders headers, string method)
    {
        var token = await tokens.AuthenticateAsync(request, headers, method);
        var key = await apiKeys.AuthenticateAsync(request, headers, method);
        var application = await applications.AuthenticateAsync(request, headers, method);
        return (token, key, application) switch
        {
            (null, null, null) => throw Missing(),
            (_, null, _) when headers.NeedsApiKey => throw MissingKey(headers),
            ({ } caller, null, null) => caller,
            (null, { } caller, null) => caller,
            (null, null, { } caller) => caller,
            ({ } caller, { } beside, null) when Agree(caller, beside) => caller,
            _ => throw Contradiction(method),
        };
    }

    // The key names the app that the user's client is, or speaks for the same user.
    private static bool Agree(Caller token, Caller key) =>
        token.Organization == key.Organization
        && (key.SpeaksForUser ? key.Subject == token.Subject : key.Permissions.Count == 0);

    private static ProfilesException Missing() => new(
        ErrorReason.CredentialMissing,
        "The call needs a credential: the header 'authorization: Bearer <token>', the header 'x-api-key', or an application's signature.");

    private static ProfilesException MissingKey(CredentialHeaders headers) => new(
        ErrorReason.CredentialMissing, $"The call needs an API key in the header '{headers.ApiKey[0]}'.");

    private ProfilesException Contradiction(string method)
    {
        ServerLog.CredentialsContradict(logger, method);
        return Refused();
    }
}
