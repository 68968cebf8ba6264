using Microsoft.AspNetCore.Authorization;
using Profiles.Core.Access;
using Profiles.Core.Errors;
using Profiles.Server.Limits;
using Profiles.Server.Tokens;

namespace Profiles.Server.Access;

/// <summary>
/// Lets a request through to its RPC only when its credential grants what the contract demands. It runs before the body is
/// read, so strangers learn nothing from validation and cost next to nothing. An RPC is open to strangers only where the host
/// marks it with <see cref="IAllowAnonymous"/>.
/// </summary>
internal sealed class AccessMiddleware(
    RequestDelegate next, AccessRules rules, TokenValidator tokens, AuthenticationThrottle throttle, ILogger<AccessMiddleware> logger)
{
    public Task InvokeAsync(HttpContext context)
    {
        var endpoint = context.GetEndpoint();
        if (endpoint.MethodName() is not { } method || endpoint!.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            return next(context);

        try
        {
            var caller = Authenticate(context, method);
            Demand(rules.Find(method), caller);
            context.Features.Set(caller);
        }
        catch (ProfilesException exception)
        {
            if (exception.Reason != ErrorReason.CredentialInvalid)
                ServerLog.AccessRefused(logger, method, exception.Reason);
            return RefusalWriter.WriteAsync(context, exception);
        }

        return next(context);
    }

    private Caller Authenticate(HttpContext context, string method)
    {
        var credential = context.Request.Headers.Authorization.ToString();
        throttle.Demand(context, credential);
        var fault = tokens.Check(BearerToken.Read(context.Request.Headers), out var caller);
        if (fault == TokenFault.None)
        {
            throttle.Succeeded(credential);
            return caller!;
        }

        throttle.Failed(context);
        ServerLog.TokenRefused(logger, method, fault);
        throw TokenValidator.Refused();
    }

    private static void Demand(V1.Access? rule, Caller caller)
    {
        if (rule is null)
            throw new ProfilesException(ErrorReason.PermissionMissing, "The call is open to nobody: its contract declares no access.");
        if (rule.GrantCase == V1.Access.GrantOneofCase.Permission)
            caller.Demand(rule.Permission);
        else if (rule.GrantCase == V1.Access.GrantOneofCase.OwnRecord)
            _ = caller.OwnProfile;
    }
}
