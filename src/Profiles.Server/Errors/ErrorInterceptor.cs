using Grpc.Core;
using Grpc.Core.Interceptors;
using Profiles.Core.Errors;

namespace Profiles.Server.Errors;

/// <summary>Turns what a service method throws into a status for its caller; nothing internal gets out.</summary>
internal sealed class ErrorInterceptor(ILogger<ErrorInterceptor> logger) : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(request, context);
        }
        catch (ProfilesException exception)
        {
            if (exception.Reason == ErrorReason.StorageUnavailable)
                ServerLog.StorageUnavailable(logger, context.Method, exception.InnerException);
            throw ErrorMap.ToRpcException(ErrorMap.ToStatus(exception));
        }
        catch (OperationCanceledException) when (context.CancellationToken.IsCancellationRequested)
        {
            var late = context.Deadline <= TimeProvider.System.GetUtcNow().UtcDateTime;
            throw late
                ? new RpcException(new Status(StatusCode.DeadlineExceeded, "The deadline of the call has passed."))
                : new RpcException(new Status(StatusCode.Cancelled, "The call was cancelled."));
        }
        catch (Exception exception) when (exception is not RpcException)
        {
            ServerLog.CallFailed(logger, context.Method, exception);
            throw ErrorMap.ToRpcException(ErrorMap.Internal());
        }
    }
}
