using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Authorization;
using Profiles.Core.Access;
using Profiles.Core.Errors;
using Profiles.Server.Tokens;
using Profiles.Transcoding;

namespace Profiles.Server.Access;

/// <summary>
/// Lets a request through to its RPC only when its credential grants what the contract demands. It runs before the body is
/// read, so strangers learn nothing from validation and cost next to nothing. An RPC is open to strangers only where the host
/// marks it with <see cref="IAllowAnonymous"/>.
/// </summary>
internal sealed class AccessMiddleware(
    RequestDelegate next, AccessRules rules, TokenValidator tokens, ILogger<AccessMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var endpoint = context.GetEndpoint();
        if (MethodOf(endpoint) is { } method && endpoint!.Metadata.GetMetadata<IAllowAnonymous>() is null)
        {
            try
            {
                var caller = await AuthenticateAsync(context.Request, method);
                Demand(rules.Find(method), caller);
                context.Features.Set(caller);
            }
            catch (ProfilesException exception)
            {
                if (exception.Reason is not (ErrorReason.CredentialInvalid or ErrorReason.IssuerUnavailable))
                    ServerLog.AccessRefused(logger, method, exception.Reason);
                await RefusalWriter.WriteAsync(context, exception);
                return;
            }
        }

        await next(context);
    }

    private async ValueTask<Caller> AuthenticateAsync(HttpRequest request, string method)
    {
        var check = await tokens.CheckAsync(BearerToken.Read(request.Headers));
        if (check.Fault == TokenFault.None)
            return check.Caller!;
        ServerLog.TokenRefused(logger, method, check.Fault);
        throw TokenValidator.Refused(check.Fault);
    }

    private static string? MethodOf(Endpoint? endpoint) =>
        endpoint?.Metadata.GetMetadata<TranscodingRoute>()?.FullName
        ?? endpoint?.Metadata.GetMetadata<GrpcMethodMetadata>()?.Method.FullName;

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
