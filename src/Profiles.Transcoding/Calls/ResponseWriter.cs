using Google.Protobuf;
using Microsoft.AspNetCore.Http;
using Profiles.Transcoding.Errors;
using Profiles.Transcoding.Json.Fields;

namespace Profiles.Transcoding.Calls;

/// <summary>Writes the response of a method: from a pooled buffer, with its length.</summary>
internal sealed class ResponseWriter(TranscodingRoute route, JsonField? field)
{
    private const string JsonType = "application/json";

    /// <exception cref="UnwritableResponseException">The message has no JSON form.</exception>
    /// <exception cref="RequestFault">It is larger than the service may send.</exception>
    public async Task WriteAsync(TranscodingCallContext call, IMessage message)
    {
        using var body = new PooledBuffer();
        Format(message, body);
        if (body.Written.Length > route.Settings.MaxResponseBodySize)
            throw RequestFault.ResponseTooLarge();

        var context = call.HttpContext;
        CopyHeaders(call, context.Response);
        if (ConditionalGet.IsNotModified(context))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        context.Response.ContentType = JsonType;
        context.Response.ContentLength = body.Written.Length;
        // Methods are case-sensitive (RFC 9110, section 9.1): "Head" is not HEAD, and the server waits for the body then.
        if (context.Request.Method != HttpMethods.Head) await context.Response.Body.WriteAsync(body.Written, context.RequestAborted);
    }

    private void CopyHeaders(TranscodingCallContext call, HttpResponse response)
    {
        if (call.SentHeaders is { } headers) ResponseHeaders.Append(response, headers, route);
        ResponseHeaders.Append(response, call.ResponseTrailers, route);
    }

    private void Format(IMessage message, PooledBuffer body)
    {
        try
        {
            if (field is null) route.Settings.Json.Write(message, body);
            else route.Settings.Json.WriteField(message, field, body);
        }
        catch (Exception error) when (error is InvalidOperationException or InvalidProtocolBufferException or ArgumentException)
        {
            throw new UnwritableResponseException(error);
        }
    }
}

/// <summary>A response that JSON cannot express: a fault of the service.</summary>
internal sealed class UnwritableResponseException(Exception inner) : Exception(inner.Message, inner);
