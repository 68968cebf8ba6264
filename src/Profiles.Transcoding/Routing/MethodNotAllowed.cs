using Microsoft.AspNetCore.Http;
using Profiles.Transcoding.Errors;

namespace Profiles.Transcoding.Routing;

/// <summary>Answers a path that is served, but not by this HTTP method.</summary>
internal static class MethodNotAllowed
{
    public static Endpoint Endpoint(List<TranscodingRoute> routes)
    {
        var (allow, settings) = (AllowOf(routes), routes[0].Settings);
        return new Endpoint(context => WriteAsync(context, allow, settings), EndpointMetadataCollection.Empty, "405 Method Not Allowed");
    }

    /// <summary>The methods that a path knows, all of whose routes these are.</summary>
    public static string AllowOf(List<TranscodingRoute> routes)
    {
        var methods = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var route in routes)
        {
            methods.Add(route.HttpMethod);
            if (HttpMethods.IsGet(route.HttpMethod)) methods.Add(HttpMethods.Head);
        }

        return string.Join(", ", methods);
    }

    public static Task WriteAsync(HttpContext context, string allow, Calls.TranscodingSettings settings)
    {
        context.Response.Headers.Allow = allow;
        return ErrorResponse.WriteAsync(context, settings, RequestFault.MethodNotAllowed(allow).ToError([]), method: null);
    }
}

/// <summary>The methods that the path of a preflight knows.</summary>
internal sealed record AllowedMethods(string Allow);
