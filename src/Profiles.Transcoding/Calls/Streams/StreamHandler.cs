using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Profiles.Transcoding.Binding;
using Profiles.Transcoding.Errors;
using Profiles.Transcoding.Json.Fields;
using Profiles.Transcoding.Routing;

namespace Profiles.Transcoding.Calls;

/// <summary>Serves one route of a server-streaming method.</summary>
internal sealed class StreamHandler<TService, TRequest, TResponse>(
    TranscodingRoute route,
    RequestBinder binder,
    StreamInvoker<TService, TRequest, TResponse> invoker,
    ResponseWriter writer,
    JsonField? field) : RouteHandler(route)
    where TService : class
    where TRequest : class
    where TResponse : class
{
    private static readonly JsonLinesFraming s_lines = new();
    private static readonly EventStreamFraming s_events = new();

    private readonly bool _isRaw = RawBody.Is(route.Method.OutputType, field);

    protected override async Task HandleAsync(TranscodingCallContext call, CallDeadline deadline)
    {
        var context = call.HttpContext;
        var framing = _isRaw ? null : ChooseFraming(context.Request);
        var skipped = TranscodingMatcherPolicy.Skipped(context.GetEndpoint()!, Route);
        var request = (TRequest)await binder.BindAsync(context, skipped, deadline.TimeIsUp);
        deadline.Token.ThrowIfCancellationRequested();

        if (framing is null)
        {
            await StreamAsync(call, deadline, request, new RawStream<TResponse>(call, Route.Settings, field));
            return;
        }

        await using var stream = new MessageStream<TResponse>(call, Route.Settings, writer, framing);
        await StreamAsync(call, deadline, request, stream);
    }

    private async Task StreamAsync(TranscodingCallContext call, CallDeadline deadline, TRequest request, ResponseStream<TResponse> stream)
    {
        call.Stream = stream;
        var running = invoker.InvokeAsync(request, stream, call);
        try
        {
            await running.WaitAsync(deadline.TimeIsUp);
            if (call.Status.StatusCode != StatusCode.OK) throw new RpcException(call.Status);
            await stream.EndAsync();
        }
        catch (OperationCanceledException error) when (!running.IsCompleted)
        {
            await AnswerAheadAsync(call, deadline, error, running);
        }
        catch (Exception error)
        {
            if (stream.IsAnswered) return;
            // Here, while the stream can still be written to.
            await Failure.AnswerAsync(call.HttpContext, call, deadline, error);
        }
    }

    private static StreamFraming ChooseFraming(HttpRequest request) => Accepted.Stream(request) switch
    {
        Accepted.EventStream => s_events,
        Accepted.JsonLines => s_lines,
        _ => throw RequestFault.NotAcceptable($"{Accepted.JsonLines} or {Accepted.EventStream}"),
    };
}
