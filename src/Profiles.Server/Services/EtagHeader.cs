using Grpc.Core;

namespace Profiles.Server.Services;

/// <summary>The etag of an answer as its header <c>ETag</c>, which gRPC callers see as metadata: conditional requests refer to it.</summary>
internal static class EtagHeader
{
    /// <summary>Puts it on the answer. As metadata of the call it would go ahead of the answer, in a frame and a write of its own.</summary>
    /// <param name="context">The call.</param>
    /// <param name="etag">The etag, without quotes.</param>
    public static void Set(ServerCallContext context, string etag) =>
        context.GetHttpContext().Response.Headers.ETag = $"\"{etag}\"";
}
