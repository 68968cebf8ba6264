using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Mvc;
using Profiles.Transcoding;

namespace Profiles.Server.Hosting;

/// <summary>
/// Lets only those methods of a service take large requests that need them. The gRPC server has one limit for all methods of a service, so
/// that without this everybody could send as much to the others.
/// </summary>
internal static class LargeRequests
{
    /// <summary>Raises the limit of some methods.</summary>
    /// <param name="endpoints">The endpoints of a service.</param>
    /// <param name="bytes">The most bytes of a body, or of a message that was packed.</param>
    /// <param name="needsThem">Whether a method, by its name, needs them.</param>
    public static void AllowLargeRequests(this IEndpointConventionBuilder endpoints, int bytes, Func<string, bool> needsThem) =>
        endpoints.Add(endpoint =>
        {
            if (NameOf(endpoint) is { } name && needsThem(name))
                endpoint.Metadata.Add(new RequestSizeLimitAttribute(bytes));
        });

    private static string? NameOf(EndpointBuilder endpoint) =>
        endpoint.Metadata.OfType<TranscodingRoute>().FirstOrDefault()?.Method.Name
        ?? endpoint.Metadata.OfType<GrpcMethodMetadata>().FirstOrDefault()?.Method.Name;
}
