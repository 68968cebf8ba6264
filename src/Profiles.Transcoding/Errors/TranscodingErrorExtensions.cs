using Microsoft.AspNetCore.Http;

namespace Profiles.Transcoding.Errors;

/// <summary>For middleware that refuses a request before its method is called.</summary>
public static class TranscodingErrorExtensions
{
    /// <summary>Answers a request with an error, written as the route's service writes all of its errors.</summary>
    /// <param name="context">The request; its response must not have started.</param>
    /// <param name="route">The route that the request chose, from the metadata of its endpoint.</param>
    /// <param name="status">The code, a message that is safe to show, and the details.</param>
    /// <returns>A task that ends when the answer is written.</returns>
    public static Task WriteTranscodingErrorAsync(this HttpContext context, TranscodingRoute route, Google.Rpc.Status status)
    {
        ArgumentNullException.ThrowIfNull(route);
        return ErrorResponse.WriteAsync(context, route.Settings, new CallError(status, null, []), route.FullName);
    }
}
