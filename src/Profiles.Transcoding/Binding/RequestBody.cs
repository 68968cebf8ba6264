using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Profiles.Transcoding.Errors;

namespace Profiles.Transcoding.Binding;

/// <summary>Takes the body of a request, within its limit.</summary>
internal static class RequestBody
{
    public static bool MayHaveContent(HttpContext context) =>
        context.Request.ContentLength is { } length
            ? length > 0
            : context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody ?? true;

    /// <summary>All of the body. The caller advances the reader to its end when done with the bytes.</summary>
    /// <param name="request">The request.</param>
    /// <param name="limit">The most bytes.</param>
    /// <param name="timeIsUp">Ends the reading. That the client has gone is told by the reader itself.</param>
    public static async ValueTask<ReadOnlySequence<byte>> ReadAsync(HttpRequest request, int? limit, CancellationToken timeIsUp)
    {
        if (request.ContentLength > limit) throw RequestFault.TooLarge(limit.Value);

        // Not a token for ReadAsync: a read of Kestrel's that a token ends cannot be followed by another, not even its own.
        await using var registration = timeIsUp.UnsafeRegister(static reader => ((PipeReader)reader!).CancelPendingRead(), request.BodyReader);
        try
        {
            return await ReadAllAsync(request.BodyReader, limit, timeIsUp);
        }
        catch (BadHttpRequestException error)
        {
            throw FaultOf(error, request.HttpContext);
        }
        catch (Exception error) when (error is IOException or OperationCanceledException && !timeIsUp.IsCancellationRequested)
        {
            // The connection broke. Said aloud, lest the server try to read what is left of the body.
            request.HttpContext.Abort();
            throw new ClientGoneException(error);
        }
    }

    /// <summary>What the server itself finds wrong with a body, in the form of all errors.</summary>
    public static RequestFault FaultOf(BadHttpRequestException error, HttpContext context) => error.StatusCode switch
    {
        StatusCodes.Status413PayloadTooLarge =>
            RequestFault.TooLarge(context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize ?? 0),
        StatusCodes.Status408RequestTimeout => RequestFault.TooSlow(),
        _ => RequestFault.Invalid("The request body is incomplete."),
    };

    private static async ValueTask<ReadOnlySequence<byte>> ReadAllAsync(PipeReader reader, int? limit, CancellationToken timeIsUp)
    {
        while (true)
        {
            var result = await reader.ReadAsync(CancellationToken.None);
            if (result.IsCanceled || result.Buffer.Length > limit)
            {
                reader.AdvanceTo(result.Buffer.End);
                timeIsUp.ThrowIfCancellationRequested();
                throw RequestFault.TooLarge(limit.GetValueOrDefault());
            }

            if (result.IsCompleted) return result.Buffer;
            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }
}
