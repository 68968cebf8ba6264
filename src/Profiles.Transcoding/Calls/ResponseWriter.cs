using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.AspNetCore.Http;
using Profiles.Transcoding.Errors;
using Profiles.Transcoding.Json.Fields;

namespace Profiles.Transcoding.Calls;

/// <summary>Writes the response of a method: from a pooled buffer, with its length.</summary>
internal sealed class ResponseWriter
{
    private readonly TranscodingRoute _route;
    private readonly JsonField? _field;
    private readonly bool _isRaw;
    private readonly bool _isNothing;

    /// <param name="route">The route.</param>
    /// <param name="field">The field that stands for all of the response; null for none.</param>
    public ResponseWriter(TranscodingRoute route, JsonField? field)
    {
        _route = route;
        _field = field;
        _isRaw = RawBody.Is(route.Method.OutputType, field);
        _isNothing = route.Settings.Options.NoContentForEmpty && field is null
            && route.Method.OutputType.FullName == Empty.Descriptor.FullName;
    }

    /// <exception cref="RequestFault">The caller accepts no form that the response has.</exception>
    public void Demand(HttpRequest request)
    {
        if (!_isRaw && !_isNothing && !Accepted.AllowsJson(request)) throw RequestFault.NotAcceptable(Accepted.Json);
    }

    /// <exception cref="UnwritableResponseException">The message has no JSON form.</exception>
    /// <exception cref="RequestFault">It is larger than the service may send.</exception>
    public async Task WriteAsync(TranscodingCallContext call, IMessage message)
    {
        var response = call.HttpContext.Response;
        if (_isNothing && response.StatusCode == StatusCodes.Status200OK) response.StatusCode = StatusCodes.Status204NoContent;
        if (HasNoBody(response.StatusCode))
        {
            call.AppendHeaders();
            return;
        }

        if (_isRaw)
        {
            var raw = RawBody.Of(message, _field);
            RawBody.SetHeaders(response, raw.ContentType);
            await WriteAsync(call, raw.Data.Memory);
            return;
        }

        using var body = new PooledBuffer();
        Format(message, body);
        response.ContentType = _route.Settings.Options.JsonContentType;
        await WriteAsync(call, body.Written);
    }

    /// <summary>Whether an answer of this status has no body, whatever the method returned.</summary>
    public static bool HasNoBody(int statusCode) => statusCode is StatusCodes.Status204NoContent or StatusCodes.Status205ResetContent;

    /// <exception cref="UnwritableResponseException">The message has no JSON form.</exception>
    public void Format(IMessage message, PooledBuffer body)
    {
        try
        {
            if (_field is null) _route.Settings.Json.Write(message, body);
            else _route.Settings.Json.WriteField(message, _field, body);
        }
        catch (Exception error) when (error is InvalidOperationException or InvalidProtocolBufferException or ArgumentException)
        {
            throw new UnwritableResponseException(error);
        }
    }

    private async Task WriteAsync(TranscodingCallContext call, ReadOnlyMemory<byte> body)
    {
        if (body.Length > _route.Settings.MaxResponseBodySize) throw RequestFault.ResponseTooLarge();

        var context = call.HttpContext;
        call.AppendHeaders();
        if (ConditionalGet.IsNotModified(context))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            context.Response.ContentType = null;
            return;
        }

        context.Response.ContentLength = body.Length;
        // Methods are case-sensitive (RFC 9110, section 9.1): "Head" is not HEAD, and the server waits for the body then.
        if (context.Request.Method != HttpMethods.Head) await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }
}

/// <summary>A response that cannot be sent: a fault of the service.</summary>
internal sealed class UnwritableResponseException(Exception inner) : Exception(inner.Message, inner);
