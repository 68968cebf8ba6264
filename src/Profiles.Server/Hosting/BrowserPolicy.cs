using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Net.Http.Headers;
using Profiles.Server.Limits;

namespace Profiles.Server.Hosting;

/// <summary>What pages of other origins may do (CORS): all that a caller with a token may, over REST and gRPC-Web.</summary>
/// <remarks>Credentials in the sense of CORS are cookies. There are none here, so every origin may be let in without danger.</remarks>
internal static class BrowserPolicy
{
    public static void Configure(CorsPolicyBuilder policy, IReadOnlyList<string> origins, TimeSpan maxAge) => policy
        .WithOrigins([.. origins])
        .WithGrpcWeb()
        .AllowAnyHeader()
        .WithMethods(HttpMethods.Get, HttpMethods.Head, HttpMethods.Put, HttpMethods.Patch, HttpMethods.Delete)
        .WithExposedHeaders(
            HeaderNames.ETag,
            HeaderNames.RetryAfter,
            HeaderNames.WWWAuthenticate,
            RateLimitHeaders.Policy,
            RateLimitHeaders.Limit,
            RequestIdMiddleware.HeaderName)
        .SetPreflightMaxAge(maxAge);
}
