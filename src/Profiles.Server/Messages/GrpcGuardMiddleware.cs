using Microsoft.AspNetCore.Http.Features;
using Profiles.Server.Errors;
using Profiles.Transcoding;

namespace Profiles.Server.Messages;

/// <summary>
/// Stands before the gRPC server. What a client can send that the server would take, and log, for a fault of its own is left out
/// or refused here; and what the server refuses by itself gets the details that all errors have.
/// </summary>
internal sealed class GrpcGuardMiddleware(RequestDelegate next)
{
    private const string Encoding = "grpc-encoding";

    public Task InvokeAsync(HttpContext context)
    {
        if (HttpMethods.IsPost(context.Request.Method) && context.GetEndpoint()?.Metadata.GetMetadata<TranscodingRoute>() is null)
            Guard(context);
        return context.Request.Headers.ContainsKey(Encoding) ? UnpackAsync(context) : next(context);
    }

    // A message is not larger unpacked than a body may be that is not packed.
    private async Task UnpackAsync(HttpContext context)
    {
        CheckedCompression.LimitTo(context.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize);
        await next(context);
    }

    private static void Guard(HttpContext context)
    {
        MetadataHeaders.LeaveOutOthers(context.Request.Headers);
        context.Features.Set<IRequestBodyPipeFeature>(new CheckedFrames(context.Request.BodyReader));
        context.Response.OnStarting(RefusalDetails.AddAsync, context);
    }
}
