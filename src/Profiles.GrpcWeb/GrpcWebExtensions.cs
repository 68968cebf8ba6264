using Microsoft.AspNetCore.Cors.Infrastructure;
using Profiles.GrpcWeb;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Serves gRPC methods to browsers.</summary>
public static class GrpcWebExtensions
{
    /// <summary>
    /// Answers gRPC-Web calls (<c>application/grpc-web</c>, <c>application/grpc-web-text</c>) to the gRPC services of the
    /// application, over HTTP/1.1 and HTTP/2. Must come before <c>UseRouting</c>. Requests of other types pass untouched.
    /// </summary>
    /// <param name="app">The application.</param>
    /// <returns>The same application.</returns>
    public static IApplicationBuilder UseGrpcWeb(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        return app.UseMiddleware<GrpcWebMiddleware>();
    }

    /// <summary>
    /// Lets scripts of the policy's origins send what gRPC-Web clients send, and read the status of a call that has no
    /// messages, which stands in headers.
    /// </summary>
    /// <param name="policy">The policy.</param>
    /// <returns>The same policy.</returns>
    public static CorsPolicyBuilder WithGrpcWeb(this CorsPolicyBuilder policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return policy
            .WithMethods("POST")
            .WithHeaders("content-type", "authorization", "grpc-timeout", "x-grpc-web", "x-user-agent")
            .WithExposedHeaders("grpc-status", "grpc-message", "grpc-status-details-bin");
    }
}
