using Grpc.Core;
using Profiles.Server.Access;

namespace Profiles.Server.Services;

/// <summary>The etag of an answer as metadata, which REST callers see as the header <c>ETag</c>: conditional requests refer to it.</summary>
internal static class EtagHeader
{
    /// <summary>Sends it with the answer.</summary>
    /// <param name="context">The call.</param>
    /// <param name="etag">The etag, without quotes.</param>
    public static Task SendAsync(ServerCallContext context, string etag)
    {
        var value = $"\"{etag}\"";
        var http = context.GetHttpContext();
        if (http.GetEndpoint().IsRest())
            return context.WriteResponseHeadersAsync(new Metadata { { "etag", value } });

        // The gRPC server would send metadata ahead of the answer, in a frame and a write of their own.
        http.Response.Headers.ETag = value;
        return Task.CompletedTask;
    }
}
