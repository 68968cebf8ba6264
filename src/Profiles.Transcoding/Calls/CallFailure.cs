using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Profiles.Transcoding.Errors;

namespace Profiles.Transcoding.Calls;

/// <summary>Turns whatever ended a call into its answer and its log event.</summary>
internal sealed class CallFailure(TranscodingRoute route, ResponseWriter writer)
{
    public async Task AnswerAsync(HttpContext context, TranscodingCallContext? call, CallDeadline? deadline, Exception error)
    {
        if (error is ClientGoneException || context.RequestAborted.IsCancellationRequested)
        {
            TranscodingLog.ClientGone(route.Settings.Logger, route.FullName);
            if (!context.Response.HasStarted) context.Response.StatusCode = HttpStatusMap.ClientClosedRequest;
            return;
        }

        var failure = Describe(error, deadline);
        if (context.Response.HasStarted)
        {
            TranscodingLog.TooLate(route.Settings.Logger, route.FullName);
            context.Abort();
            return;
        }

        context.Response.ContentLength = null;
        if (call is not null) writer.CopyHeaders(call, context.Response);
        if (failure.Trailers is { } trailers) ResponseHeaders.Append(context.Response, trailers, route);
        await ErrorResponse.WriteAsync(context, route.Settings, failure, route.FullName);
    }

    private CallError Describe(Exception error, CallDeadline? deadline)
    {
        var timeIsUp = deadline is { TimeIsUp.IsCancellationRequested: true };
        switch (error)
        {
            case RequestFault fault:
                TranscodingLog.Refused(route.Settings.Logger, route.FullName, fault.HttpStatusCode ?? HttpStatusMap.Of(fault.Status.Code));
                return new CallError(fault.Status, fault.HttpStatusCode);
            case RpcException { StatusCode: StatusCode.Cancelled } or OperationCanceledException when timeIsUp:
                return Failed(StatusCode.DeadlineExceeded, "The deadline of the call has passed.");
            case RpcException rpc:
                return Failed(rpc);
            case OperationCanceledException:
                return Failed(StatusCode.Cancelled, "The call was cancelled.");
            case UnwritableResponseException { InnerException: { } cause }:
                TranscodingLog.Unwritable(route.Settings.Logger, route.FullName, cause);
                return new CallError(Status(StatusCode.Internal, "The response could not be written.", cause));
            default:
                TranscodingLog.Threw(route.Settings.Logger, route.FullName, error);
                return new CallError(Status(StatusCode.Unknown, "Exception was thrown by handler.", error));
        }
    }

    private CallError Failed(RpcException error)
    {
        TranscodingLog.Failed(route.Settings.Logger, route.FullName, error.StatusCode, HttpStatusMap.Of((int)error.StatusCode));
        var status = RichStatus.Of(error, out var malformed);
        if (malformed) TranscodingLog.BadDetails(route.Settings.Logger, route.FullName);
        return new CallError(status, null, error.Trailers);
    }

    private CallError Failed(StatusCode code, string message)
    {
        TranscodingLog.Failed(route.Settings.Logger, route.FullName, code, HttpStatusMap.Of((int)code));
        return new CallError(new Google.Rpc.Status { Code = (int)code, Message = message });
    }

    private Google.Rpc.Status Status(StatusCode code, string message, Exception error) => new()
    {
        Code = (int)code,
        Message = route.Settings.DetailedErrors ? $"{message} {error.GetType().Name}: {error.Message}" : message,
    };
}
