namespace Profiles.Server.Health;

/// <summary>The state of the server over plain HTTP, for probes that speak no gRPC. No token is needed.</summary>
internal static class HealthEndpoints
{
    private static readonly byte[] yes = "{\"status\":\"SERVING\"}"u8.ToArray();
    private static readonly byte[] no = "{\"status\":\"NOT_SERVING\"}"u8.ToArray();

    public static void MapHealth(this IEndpointRouteBuilder endpoints)
    {
        var readiness = endpoints.ServiceProvider.GetRequiredService<Readiness>();
        endpoints.MapMethods("/healthz/live", [HttpMethods.Get, HttpMethods.Head], context => WriteAsync(context, isFine: true));
        endpoints.MapMethods("/healthz/ready", [HttpMethods.Get, HttpMethods.Head], context => WriteAsync(context, readiness.IsReady));
        endpoints.MapGrpcService<HealthService>();
    }

    private static async Task WriteAsync(HttpContext context, bool isFine)
    {
        var (response, body) = (context.Response, isFine ? yes : no);
        response.StatusCode = isFine ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        response.ContentType = "application/json";
        response.ContentLength = body.Length;
        response.Headers.CacheControl = "no-store";
        if (HttpMethods.IsGet(context.Request.Method))
            await response.Body.WriteAsync(body, context.RequestAborted);
    }
}
