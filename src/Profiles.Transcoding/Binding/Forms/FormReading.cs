using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Profiles.Transcoding.Errors;

namespace Profiles.Transcoding.Binding.Forms;

/// <summary>Turns what may happen while a form arrives into what its sender, or nobody, is told.</summary>
internal static class FormReading
{
    /// <param name="request">The request.</param>
    /// <param name="read">One step of the reading.</param>
    /// <param name="timeIsUp">Ends it.</param>
    public static async Task<T> GuardAsync<T>(HttpRequest request, Func<Task<T>> read, CancellationToken timeIsUp)
    {
        // Not a token for the read: a read of Kestrel's that a token ends cannot be followed by another, not even its own.
        await using var registration = timeIsUp.UnsafeRegister(static reader => ((PipeReader)reader!).CancelPendingRead(), request.BodyReader);
        try
        {
            return await read();
        }
        catch (BadHttpRequestException error)
        {
            throw RequestBody.FaultOf(error, request.HttpContext);
        }
        catch (InvalidDataException)
        {
            throw RequestFault.Invalid("The headers of a part of the form are malformed or too large.");
        }
        catch (OperationCanceledException) when (timeIsUp.IsCancellationRequested)
        {
            throw;
        }
        catch (IOException) when (!request.HttpContext.RequestAborted.IsCancellationRequested)
        {
            throw RequestFault.Invalid("The form ends before its last boundary.");
        }
        catch (Exception error) when (error is IOException or OperationCanceledException)
        {
            // The connection broke. Said aloud, lest the server try to read what is left of the body.
            request.HttpContext.Abort();
            throw new ClientGoneException(error);
        }
    }
}
