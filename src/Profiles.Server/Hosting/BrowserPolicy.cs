using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Net.Http.Headers;

namespace Profiles.Server.Hosting;

/// <summary>What pages of other origins may do (CORS): all that a caller with a token may, over REST and gRPC-Web.</summary>
/// <remarks>Credentials in the sense of CORS are cookies. There are none here, so every origin may be let in without danger.</remarks>
internal static class BrowserPolicy
{
    // The longest that browsers remember.
    private static readonly TimeSpan PreflightMaxAge = TimeSpan.FromHours(2);

    public static void Configure(CorsPolicyBuilder policy, IReadOnlyList<string> origins) => policy
        .WithOrigins([.. origins])
        .WithGrpcWeb()
        .AllowAnyHeader()
        .WithMethods(HttpMethods.Get, HttpMethods.Head, HttpMethods.Put, HttpMethods.Patch, HttpMethods.Delete)
        .WithExposedHeaders(HeaderNames.ETag, HeaderNames.RetryAfter, HeaderNames.WWWAuthenticate, RequestIdMiddleware.HeaderName)
        .SetPreflightMaxAge(PreflightMaxAge);
}
