using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Authorization;
using Profiles.Core.Access;
using Profiles.Core.Errors;
using Profiles.Server.Access.Authentication;
using Profiles.Transcoding;

namespace Profiles.Server.Access;

/// <summary>
/// Lets a request through to its RPC only when its credential grants what the contract demands. It runs before the body is
/// read, so strangers learn nothing from validation and cost next to nothing. An RPC is open to strangers only where the host
/// marks it with <see cref="IAllowAnonymous"/>.
/// </summary>
internal sealed class AccessMiddleware(
    RequestDelegate next, AccessRules rules, Authenticator authenticator, ILogger<AccessMiddleware> logger)
{
    public Task InvokeAsync(HttpContext context)
    {
        var endpoint = context.GetEndpoint();
        return MethodOf(endpoint) is { } method && endpoint!.Metadata.GetMetadata<IAllowAnonymous>() is null
            ? DemandAsync(context, method)
            : next(context);
    }

    private async Task DemandAsync(HttpContext context, string method)
    {
        try
        {
            var caller = await authenticator.AuthenticateAsync(context, method);
            Demand(rules.Find(method), caller);
            context.Features.Set(caller);
        }
        catch (ProfilesException exception)
        {
            Log(method, exception);
            await RefusalWriter.WriteAsync(context, exception);
            return;
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client went away.
            return;
        }

        await next(context);
    }

    // Why a credential is not valid has been logged where that was found.
    private void Log(string method, ProfilesException exception)
    {
        if (exception.Reason == ErrorReason.StorageUnavailable)
            ServerLog.StorageUnavailable(logger, method, exception.InnerException);
        else if (exception.Reason != ErrorReason.CredentialInvalid)
            ServerLog.AccessRefused(logger, method, exception.Reason);
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
