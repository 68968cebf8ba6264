using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Profiles.Transcoding.Calls;

namespace Profiles.Transcoding;

/// <summary>For methods that know what HTTP says of their success.</summary>
public static class TranscodingCallExtensions
{
    /// <summary>
    /// Chooses the HTTP status of a REST answer that succeeds, for instance 201 for what was created. With 204 and 205 the
    /// message that the method returns is not sent. Over gRPC, which has no such thing, it does nothing. Headers such as <c>Location</c>, <c>ETag</c> or <c>Retry-After</c> are metadata for both: send
    /// them with <see cref="ServerCallContext.WriteResponseHeadersAsync"/> or as trailers.
    /// </summary>
    /// <param name="context">The call, as the method or an interceptor got it.</param>
    /// <param name="statusCode">200 to 299; or 307 or 308, with a <c>Location</c> that has what was asked for.</param>
    /// <exception cref="ArgumentOutOfRangeException">The status is no success.</exception>
    public static void SetHttpStatusCode(this ServerCallContext context, int statusCode)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (statusCode is not (>= 200 and <= 299 or StatusCodes.Status307TemporaryRedirect or StatusCodes.Status308PermanentRedirect))
            throw new ArgumentOutOfRangeException(nameof(statusCode), statusCode, "Must be 200 to 299, 307 or 308.");

        var http = context.GetHttpContext();
        if (http.Features.Get<IServerCallContextFeature>() is TranscodingCallContext) http.Response.StatusCode = statusCode;
    }
}
