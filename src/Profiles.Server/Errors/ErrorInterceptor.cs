using Grpc.Core;
using Grpc.Core.Interceptors;
using Profiles.Core.Errors;
using Profiles.Server.Limits;

namespace Profiles.Server.Errors;

/// <summary>Turns what a service method throws into a status for its caller; nothing internal gets out.</summary>
internal sealed class ErrorInterceptor(StorageAlarm alarm, ILogger<ErrorInterceptor> logger) : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(request, context);
        }
        catch (Exception exception) when (exception is not RpcException)
        {
            throw Translate(exception, context);
        }
    }

    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            await continuation(request, responseStream, context);
        }
        catch (Exception exception) when (exception is not RpcException)
        {
            throw Translate(exception, context);
        }
    }

    public override async Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(requestStream, context);
        }
        catch (Exception exception) when (exception is not RpcException)
        {
            throw Translate(exception, context);
        }
    }

    public override async Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            await continuation(requestStream, responseStream, context);
        }
        catch (Exception exception) when (exception is not RpcException)
        {
            throw Translate(exception, context);
        }
    }

    private RpcException Translate(Exception exception, ServerCallContext context)
    {
        if (exception is ProfilesException known)
        {
            if (known.Reason == ErrorReason.StorageUnavailable)
                alarm.Report(context.Method, known.InnerException);
            if (known.RetryAfter is { } delay && context.GetHttpContext().Response is { HasStarted: false } response)
                response.Headers.RetryAfter = RetryDelay.InSeconds(delay);
            return ErrorMap.ToRpcException(ErrorMap.ToStatus(known, context.GetHttpContext().GetEndpoint()));
        }

        if (IsOver(context) && (IsEndOfCall(exception) || IsTooLate(exception, context)))
            return Ended(context);
        ServerLog.CallFailed(logger, context.Method, exception);
        return ErrorMap.ToRpcException(ErrorMap.Internal());
    }

    // A stream that its client has reset reads and writes as broken.
    private static bool IsEndOfCall(Exception exception) => exception is OperationCanceledException or IOException;

    // At the deadline the gRPC server answers by itself, before it cancels the call: headers cannot be sent any more then.
    private static bool IsTooLate(Exception exception, ServerCallContext context) =>
        exception is InvalidOperationException && context.GetHttpContext().Response.HasStarted;

    private static bool IsOver(ServerCallContext context) =>
        context.CancellationToken.IsCancellationRequested || IsPastDeadline(context);

    private static bool IsPastDeadline(ServerCallContext context) =>
        context.Deadline <= TimeProvider.System.GetUtcNow().UtcDateTime;

    private static RpcException Ended(ServerCallContext context) =>
        ErrorMap.ToRpcException(IsPastDeadline(context) ? ErrorMap.DeadlineExceeded() : ErrorMap.Cancelled());
}
