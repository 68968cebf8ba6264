using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Profiles.Transcoding.Json;

namespace Profiles.Transcoding;

/// <summary>Writes the answer to a REST request that failed. One instance serves all requests at once.</summary>
public interface ITranscodingErrorWriter
{
    /// <summary>Writes status, headers and body. The response has not started, and the caller completes it.</summary>
    /// <param name="context">The error and the request.</param>
    /// <returns>A task that ends when the answer is written.</returns>
    Task WriteAsync(TranscodingErrorContext context);
}

/// <summary>A failed REST request, for <see cref="ITranscodingErrorWriter"/>.</summary>
public sealed class TranscodingErrorContext
{
    internal TranscodingErrorContext(HttpContext httpContext, Google.Rpc.Status status, int httpStatusCode, ProtoJson json)
    {
        HttpContext = httpContext;
        Status = status;
        HttpStatusCode = httpStatusCode;
        Json = json;
    }

    /// <summary>The request and its response. Headers that the service set, and <c>Allow</c> on 405, are on the response already.</summary>
    public HttpContext HttpContext { get; }

    /// <summary>The code, a message that is safe to show, and the details.</summary>
    public Google.Rpc.Status Status { get; }

    /// <summary>The HTTP status that fits: from the mapper of the options, or the usual one of the code.</summary>
    public int HttpStatusCode { get; }

    /// <summary>The gRPC method, for instance <c>/package.Service/Method</c>; <see langword="null"/> where none was found.</summary>
    public string? Method { get; internal init; }

    /// <summary>
    /// What the transcoder itself found wrong, for instance <c>BODY_INVALID</c>, also without an <c>ErrorDomain</c>;
    /// <see langword="null"/> where the service or other middleware refused.
    /// </summary>
    public string? Reason { get; internal init; }

    /// <summary>The trailers of the call, as sent by the service; empty where the method was not called.</summary>
    public Metadata Trailers { get; internal init; } = [];

    /// <summary>Writes messages as the options of the service say, with a registry that knows the error details.</summary>
    public ProtoJson Json { get; }
}
