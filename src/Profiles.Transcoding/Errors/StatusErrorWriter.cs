using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Profiles.Transcoding.Calls;

namespace Profiles.Transcoding.Errors;

/// <summary>
/// Writes the google.rpc.Status itself, <c>{"code":3,"message":"…","details":[{"@type":"…"}]}</c>, or a problem document where the
/// caller asks for one.
/// </summary>
internal sealed class StatusErrorWriter : ITranscodingErrorWriter
{
    public static StatusErrorWriter Instance { get; } = new();

    public async Task WriteAsync(TranscodingErrorContext context)
    {
        var problem = Accepted.PrefersProblem(context.HttpContext.Request);
        using var body = new PooledBuffer();
        if (problem) ProblemDocument.Write(context, body);
        else context.Json.Write(context.Status, body);

        var response = context.HttpContext.Response;
        response.StatusCode = context.HttpStatusCode;
        response.ContentType = problem ? Accepted.Problem : Accepted.Json;
        response.ContentLength = body.Written.Length;
        response.Headers.Append(HeaderNames.Vary, "Accept");
        // Methods are case-sensitive (RFC 9110, section 9.1): "Head" is not HEAD, and the server waits for the body then.
        if (context.HttpContext.Request.Method != HttpMethods.Head) await response.Body.WriteAsync(body.Written);
    }
}
