using Microsoft.AspNetCore.Http;
using Profiles.Transcoding.Routing;

namespace Profiles.Transcoding.Calls;

/// <summary>Serves one route of a method: what all kinds of methods have in common.</summary>
internal abstract class RouteHandler(TranscodingRoute route)
{
    protected TranscodingRoute Route => route;

    protected CallFailure Failure { get; } = new(route);

    public async Task HandleAsync(HttpContext context)
    {
        if (route.Fit(HttpMethods.GetCanonicalizedValue(context.Request.Method)) is null)
        {
            // A preflight that no CORS middleware answered.
            await MethodNotAllowed.WriteAsync(context, context.Features.Get<AllowedMethods>()?.Allow ?? route.HttpMethod, route.Settings);
            return;
        }

        TranscodingCallContext? call = null;
        CallDeadline? deadline = null;
        try
        {
            HeaderLimit.Check(context.Request.Headers, route.Settings.Options.MaxRequestHeadersSize);
            deadline = CallDeadline.Start(context, route.Settings.Clock);
            call = new TranscodingCallContext(context, route, deadline);
            await HandleAsync(call, deadline);
        }
        catch (Exception error)
        {
            await Failure.AnswerAsync(context, call, deadline, error);
        }
        finally
        {
            deadline?.Dispose();
        }
    }

    /// <summary>Binds the request, calls the method, writes what it answers.</summary>
    protected abstract Task HandleAsync(TranscodingCallContext call, CallDeadline deadline);

    /// <summary>Answers although the method is still running, and waits for it.</summary>
    protected async Task AnswerAheadAsync(TranscodingCallContext call, CallDeadline deadline, Exception error, Task running)
    {
        try
        {
            await Failure.AnswerAsync(call.HttpContext, call, deadline, error);
            await call.HttpContext.Response.CompleteAsync();
        }
        finally
        {
            await FinishLateAsync(running);
        }
    }

    // The answer is out, yet the method still uses the request and its services: it is waited for.
    private async Task FinishLateAsync(Task running)
    {
        try
        {
            await running;
        }
        catch (Exception error) when (error is OperationCanceledException or Grpc.Core.RpcException)
        {
            // What a method does that minds its cancellation.
        }
        catch (Exception error)
        {
            TranscodingLog.ThrewLate(route.Settings.Logger, route.FullName, error);
        }
    }
}
