using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Profiles.Transcoding.Errors;

namespace Profiles.Transcoding.Calls;

/// <summary>Turns whatever ended a call into its answer and its log event.</summary>
internal sealed class CallFailure(TranscodingRoute route)
{
    public async Task AnswerAsync(HttpContext context, TranscodingCallContext? call, CallDeadline? deadline, Exception error)
    {
        if (error is ClientGoneException || context.RequestAborted.IsCancellationRequested)
        {
            TranscodingLog.ClientGone(route.Settings.Logger, route.FullName);
            if (!context.Response.HasStarted) context.Response.StatusCode = HttpStatusMap.ClientClosedRequest;
            return;
        }

        var failure = Describe(error, deadline, TrailersOf(call, error));
        if (context.Response.HasStarted)
        {
            await AnswerInsideAsync(context, call?.Stream, failure);
            return;
        }

        context.Response.ContentLength = null;
        if (call?.SentHeaders is { } headers) ResponseHeaders.Append(context.Response, headers, route);
        ResponseHeaders.Append(context.Response, failure.Trailers, route);
        await ErrorResponse.WriteAsync(context, route.Settings, failure, route.FullName);
    }

    private async Task AnswerInsideAsync(HttpContext context, IErrorStream? stream, CallError failure)
    {
        if (stream is not null && await stream.TryWriteErrorAsync(ErrorResponse.Prepare(route.Settings, failure))) return;
        // Cut off, so that nobody takes what came so far for the whole.
        TranscodingLog.TooLate(route.Settings.Logger, route.FullName);
        context.Abort();
    }

    /// <summary>As gRPC does: what the method set, and what its exception brings.</summary>
    private static Metadata TrailersOf(TranscodingCallContext? call, Exception error)
    {
        var trailers = new Metadata();
        foreach (var entry in call?.ResponseTrailers ?? []) trailers.Add(entry);
        foreach (var entry in (error as RpcException)?.Trailers ?? []) trailers.Add(entry);
        return trailers;
    }

    private CallError Describe(Exception error, CallDeadline? deadline, Metadata trailers)
    {
        var timeIsUp = deadline is { TimeIsUp.IsCancellationRequested: true };
        switch (error)
        {
            case RequestFault fault:
                TranscodingLog.Refused(route.Settings.Logger, route.FullName, fault.HttpStatusCode);
                return fault.ToError(trailers);
            case RpcException { StatusCode: StatusCode.Cancelled } or OperationCanceledException when timeIsUp:
                return Failed(StatusCode.DeadlineExceeded, "The deadline of the call has passed.", trailers) with { Reason = "DEADLINE_EXCEEDED" };
            case RpcException rpc:
                return Failed(rpc, trailers);
            case OperationCanceledException:
                return Failed(StatusCode.Cancelled, "The call was cancelled.", trailers);
            case UnwritableResponseException { InnerException: { } cause }:
                TranscodingLog.Unwritable(route.Settings.Logger, route.FullName, cause);
                return new CallError(Status(StatusCode.Internal, "The response could not be written.", cause), null, trailers) { Reason = "RESPONSE_UNWRITABLE" };
            default:
                TranscodingLog.Threw(route.Settings.Logger, route.FullName, error);
                return new CallError(Status(StatusCode.Unknown, "Exception was thrown by handler.", error), null, trailers);
        }
    }

    private CallError Failed(RpcException error, Metadata trailers)
    {
        TranscodingLog.Failed(route.Settings.Logger, route.FullName, error.StatusCode, HttpStatusMap.Of((int)error.StatusCode));
        var status = RichStatus.Of(error.Status, trailers, out var malformed);
        if (malformed) TranscodingLog.BadDetails(route.Settings.Logger, route.FullName);
        return new CallError(status, null, trailers);
    }

    private CallError Failed(StatusCode code, string message, Metadata trailers)
    {
        TranscodingLog.Failed(route.Settings.Logger, route.FullName, code, HttpStatusMap.Of((int)code));
        return new CallError(new Google.Rpc.Status { Code = (int)code, Message = message }, null, trailers);
    }

    private Google.Rpc.Status Status(StatusCode code, string message, Exception error) => new()
    {
        Code = (int)code,
        Message = route.Settings.DetailedErrors ? $"{message} {error.GetType().Name}: {error.Message}" : message,
    };
}
