using System.Net.Mime;
using Grpc.Core;

namespace Profiles.Server.Health;

/// <summary>Health over HTTP, for probes and load balancers: the code says it, the body why.</summary>
internal static class HealthEndpoints
{
    private static readonly string Methods = $"{HttpMethods.Get}, {HttpMethods.Head}";

    /// <summary><c>/healthz/live</c>: 200 as long as the process answers. A failure means: start it anew.</summary>
    public static Task LiveAsync(HttpContext context) =>
        WriteAsync(context.Response, StatusCodes.Status200OK, """{"status":"LIVE"}""");

    /// <summary><c>/healthz/ready</c>: 200, or 503 while the server should be sent no requests.</summary>
    public static Task ReadyAsync(HttpContext context) =>
        ReasonOf(context.RequestServices.GetRequiredService<Readiness>().Current.Obstacle) is { } reason
            ? WriteAsync(
                context.Response, StatusCodes.Status503ServiceUnavailable, $$"""{"status":"NOT_SERVING","reason":"{{reason}}"}""")
            : WriteAsync(context.Response, StatusCodes.Status200OK, """{"status":"SERVING"}""");

    /// <summary>Maps both, open to everybody.</summary>
    public static void MapHealthEndpoints(this IEndpointRouteBuilder endpoints)
    {
        endpoints.Map("/healthz/live", context => ReadAsync(context, LiveAsync)).AllowAnonymous();
        endpoints.Map("/healthz/ready", context => ReadAsync(context, ReadyAsync)).AllowAnonymous();
    }

    private static Task ReadAsync(HttpContext context, RequestDelegate read)
    {
        if (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
            return read(context);
        context.Response.Headers.Allow = Methods;
        return WriteAsync(
            context.Response,
            StatusCodes.Status405MethodNotAllowed,
            $$"""{"code":{{(int)StatusCode.Unimplemented}},"message":"The path knows {{Methods}} alone.","details":[]}""");
    }

    private static string? ReasonOf(Obstacle obstacle) =>
        obstacle switch
        {
            Obstacle.None => null,
            Obstacle.NotChecked => "NOT_CHECKED",
            Obstacle.DatabaseUnreachable => "DATABASE_UNREACHABLE",
            Obstacle.SchemaOutdated => "SCHEMA_OUTDATED",
            Obstacle.Draining => "DRAINING",
            _ => throw new ArgumentOutOfRangeException(nameof(obstacle), obstacle, "An obstacle without a name."),
        };

    private static Task WriteAsync(HttpResponse response, int status, string json)
    {
        response.StatusCode = status;
        response.ContentType = MediaTypeNames.Application.Json;
        response.ContentLength = json.Length;
        response.Headers.CacheControl = "no-store";
        return response.WriteAsync(json);
    }
}
