using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Profiles.GrpcWeb;

/// <summary>Shows a gRPC-Web call to the gRPC server behind as the gRPC call that it stands for, and its answer to the browser.</summary>
internal sealed class GrpcWebMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var mode = GrpcWebMediaType.OfRequest(context.Request);
        return mode == GrpcWebMode.None ? next(context) : CallAsync(context, mode);
    }

    private async Task CallAsync(HttpContext context, GrpcWebMode requestMode)
    {
        var responseMode = GrpcWebMediaType.OfResponse(context.Request, requestMode);
        DisguiseRequest(context, requestMode);
        var body = new GrpcWebResponseBody(context.Features.GetRequiredFeature<IHttpResponseBodyFeature>(), responseMode, context.Response);
        context.Features.Set<IHttpResponseBodyFeature>(body);
        context.Features.Set<IHttpResponseTrailersFeature>(body);
        context.Response.OnStarting(NameMediaType, (context.Response, responseMode));
        await next(context);
        await body.EndAsync();
    }

    private static void DisguiseRequest(HttpContext context, GrpcWebMode mode)
    {
        if (mode == GrpcWebMode.Text)
            context.Request.Body = new Base64ReadStream(context.Request.Body);
        context.Request.ContentType = GrpcWebMediaType.Grpc;
        // The length in base64 is not that of the message, and a gRPC request has none.
        context.Request.ContentLength = null;
        // The server behind refuses every other version, for it wants trailers, which gRPC-Web has in the body.
        context.Request.Protocol = HttpProtocol.Http2;
    }

    // What does not answer in gRPC, for instance a proxy in front of the methods, keeps its own type.
    private static Task NameMediaType(object state)
    {
        var (response, mode) = ((HttpResponse, GrpcWebMode))state;
        if (GrpcWebMediaType.IsGrpc(response))
            response.ContentType = GrpcWebMediaType.Name(mode);
        return Task.CompletedTask;
    }
}
