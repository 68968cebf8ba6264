using Microsoft.AspNetCore.Authorization;
using Profiles.Core.Access;
using Profiles.Core.Errors;
using Profiles.Server.Access.Authentication;
using Profiles.Server.Errors;

namespace Profiles.Server.Access;

/// <summary>
/// Lets a request through to its RPC only when its credential grants what the contract demands. It runs before the body is
/// read, so strangers learn nothing from validation and cost next to nothing. An RPC is open to strangers only where its contract says
/// so, or the host marks it with <see cref="IAllowAnonymous"/>.
/// </summary>
internal sealed class AccessMiddleware(
    RequestDelegate next, AccessRules rules, Authenticator authenticator, OrganizationGate organizations, StorageAlarm alarm,
    ILogger<AccessMiddleware> logger)
{
    public Task InvokeAsync(HttpContext context)
    {
        var endpoint = context.GetEndpoint();
        return endpoint.MethodName() is not { } method || endpoint!.Metadata.GetMetadata<IAllowAnonymous>() is not null
            || rules.Find(method)?.GrantCase == V1.Access.GrantOneofCase.Everybody
            ? next(context)
            : InvokeAsync(context, method);
    }

    // Nearly always at once: then nothing of it stays in memory while the call is carried out.
    private Task InvokeAsync(HttpContext context, string method)
    {
        var admission = AdmitAsync(context, method);
        return admission.IsCompletedSuccessfully ? GoOnAsync(context, admission.Result) : WaitAsync(context, admission);
    }

    private async Task WaitAsync(HttpContext context, ValueTask<bool> admission) => await GoOnAsync(context, await admission);

    private Task GoOnAsync(HttpContext context, bool isAdmitted) => isAdmitted ? next(context) : Task.CompletedTask;

    // Whether the call goes on. If not, its answer has been written.
    private async ValueTask<bool> AdmitAsync(HttpContext context, string method)
    {
        try
        {
            await DemandAsync(context, method);
            return true;
        }
        catch (ProfilesException exception)
        {
            Note(exception, method);
            await RefusalWriter.WriteAsync(context, exception);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for an answer.
        }
        catch (Exception exception)
        {
            ServerLog.CallFailed(logger, method, exception);
            await RefusalWriter.WriteAsync(context, ErrorMap.Internal());
        }

        return false;
    }

    private async ValueTask DemandAsync(HttpContext context, string method)
    {
        var caller = OrganizationGate.Enter(
            await authenticator.AuthenticateAsync(context, method),
            context.Request.Headers,
            CredentialHeaders.Of(context.GetEndpoint()).Organization);
        Demand(rules.Find(method), caller);
        context.Features.Set(await organizations.GetAsync(caller.Organization, context.RequestAborted));
        context.Features.Set(caller);
    }

    // Why a credential is not valid has been logged where that was found.
    private void Note(ProfilesException exception, string method)
    {
        if (exception.Reason == ErrorReason.StorageUnavailable)
            alarm.Report(method, exception.InnerException);
        else if (exception.Reason is not (ErrorReason.CredentialInvalid or ErrorReason.IssuerUnavailable))
            ServerLog.AccessRefused(logger, method, exception.Reason);
    }

    private static void Demand(V1.Access? rule, Caller caller)
    {
        if (rule is null)
            throw new ProfilesException(ErrorReason.PermissionMissing, "The call is open to nobody: its contract declares no access.");
        if (rule.GrantCase == V1.Access.GrantOneofCase.Permission)
            caller.Demand(rule.Permission);
        else if (rule.GrantCase == V1.Access.GrantOneofCase.OwnRecord)
            _ = caller.OwnProfile;
        else if (rule.GrantCase == V1.Access.GrantOneofCase.OwnOrPermission && !caller.IsUser)
            caller.Demand(rule.OwnOrPermission);
    }
}
