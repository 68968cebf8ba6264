using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Profiles.Transcoding.Binding;
using Profiles.Transcoding.Routing;

namespace Profiles.Transcoding.Calls;

/// <summary>Serves one route of a unary method: binds the request, calls the method, writes what it answers.</summary>
internal sealed class UnaryHandler<TService, TRequest, TResponse>(
    TranscodingRoute route, RequestBinder binder, UnaryInvoker<TService, TRequest, TResponse> invoker, ResponseWriter writer)
    where TService : class
    where TRequest : class
    where TResponse : class
{
    private readonly CallFailure _failure = new(route);

    public async Task HandleAsync(HttpContext context)
    {
        if (route.Fit(HttpMethods.GetCanonicalizedValue(context.Request.Method)) is null)
        {
            // A preflight that no CORS middleware answered.
            await MethodNotAllowed.WriteAsync(context, route.HttpMethod, route.Settings);
            return;
        }

        TranscodingCallContext? call = null;
        CallDeadline? deadline = null;
        try
        {
            deadline = CallDeadline.Start(context, route.Settings.Clock);
            call = new TranscodingCallContext(context, route, deadline);
            await HandleAsync(call, deadline);
        }
        catch (Exception error)
        {
            await _failure.AnswerAsync(context, call, deadline, error);
        }
        finally
        {
            deadline?.Dispose();
        }
    }

    private async Task HandleAsync(TranscodingCallContext call, CallDeadline deadline)
    {
        var context = call.HttpContext;
        var skipped = TranscodingMatcherPolicy.Skipped(context.GetEndpoint()!, route);
        var request = (TRequest)await binder.BindAsync(context, skipped, deadline.TimeIsUp);
        deadline.Token.ThrowIfCancellationRequested();

        var running = invoker.InvokeAsync(request, call);
        try
        {
            var response = await running.WaitAsync(deadline.TimeIsUp);
            if (call.Status.StatusCode != StatusCode.OK) throw new RpcException(call.Status);
            await writer.WriteAsync(call, response as IMessage ?? throw new InvalidOperationException("The method returned no message."));
        }
        catch (OperationCanceledException error) when (!running.IsCompleted)
        {
            try
            {
                await _failure.AnswerAsync(context, call, deadline, error);
                await context.Response.CompleteAsync();
            }
            finally
            {
                await FinishLateAsync(running);
            }
        }
    }

    // The answer is out, yet the method still uses the request and its services: it is waited for.
    private async Task FinishLateAsync(Task running)
    {
        try
        {
            await running;
        }
        catch (Exception error) when (error is OperationCanceledException or RpcException)
        {
            // What a method does that minds its cancellation.
        }
        catch (Exception error)
        {
            TranscodingLog.ThrewLate(route.Settings.Logger, route.FullName, error);
        }
    }
}
