using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;
using Microsoft.AspNetCore.Http;
using Profiles.Transcoding.Calls;

namespace Profiles.Transcoding.Errors;

/// <summary>Writes the google.rpc.Status itself: <c>{"code":3,"message":"…","details":[{"@type":"…"}]}</c>.</summary>
internal sealed class StatusErrorWriter : ITranscodingErrorWriter
{
    public static StatusErrorWriter Instance { get; } = new();

    public async Task WriteAsync(TranscodingErrorContext context)
    {
        RemoveUnknown(context.Status.Details, context);
        using var body = new PooledBuffer();
        context.Json.Write(context.Status, body);

        var response = context.HttpContext.Response;
        response.StatusCode = context.HttpStatusCode;
        response.ContentType = "application/json";
        response.ContentLength = body.Written.Length;
        // Methods are case-sensitive (RFC 9110, section 9.1): "Head" is not HEAD, and the server waits for the body then.
        if (context.HttpContext.Request.Method != HttpMethods.Head) await response.Body.WriteAsync(body.Written);
    }

    // A detail that JSON cannot express must not hide the error that it belongs to.
    private static void RemoveUnknown(RepeatedField<Any> details, TranscodingErrorContext context)
    {
        for (var i = details.Count - 1; i >= 0; i--)
        {
            using var probe = new PooledBuffer();
            try
            {
                context.Json.Write(details[i], probe);
            }
            catch (Exception error) when (error is InvalidOperationException or Google.Protobuf.InvalidProtocolBufferException)
            {
                details.RemoveAt(i);
            }
        }
    }
}
