using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Profiles.Transcoding.Binding;
using Profiles.Transcoding.Routing;

namespace Profiles.Transcoding.Calls;

/// <summary>Serves one route of a unary method.</summary>
internal sealed class UnaryHandler<TService, TRequest, TResponse>(
    TranscodingRoute route, RequestBinder binder, UnaryInvoker<TService, TRequest, TResponse> invoker, ResponseWriter writer)
    : RouteHandler(route)
    where TService : class
    where TRequest : class
    where TResponse : class
{
    protected override async Task HandleAsync(TranscodingCallContext call, CallDeadline deadline)
    {
        var context = call.HttpContext;
        writer.Demand(context.Request);
        var skipped = TranscodingMatcherPolicy.Skipped(context.GetEndpoint()!, Route);
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
            await AnswerAheadAsync(call, deadline, error, running);
        }
    }
}
