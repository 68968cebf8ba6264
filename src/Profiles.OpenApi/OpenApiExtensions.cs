using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Profiles.OpenApi;
using Profiles.OpenApi.Serving;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Serves OpenAPI documents, and a page to read them.</summary>
public static class OpenApiExtensions
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>
    /// Serves an OpenAPI 3.1 document of all REST routes of gRPC services that are mapped, now or later. It is made when it is first
    /// asked for, and answered with an etag.
    /// </summary>
    /// <param name="endpoints">Where services are mapped.</param>
    /// <param name="path">Where the document is served, for instance <c>/openapi/v1.json</c>.</param>
    /// <param name="configure">Says what the contracts do not.</param>
    /// <returns>The endpoint's conventions, for instance to allow anonymous callers.</returns>
    public static IEndpointConventionBuilder MapOpenApiDocument(
        this IEndpointRouteBuilder endpoints, string path, Action<OpenApiOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);

        var options = new OpenApiOptions();
        configure?.Invoke(options);
        var services = endpoints.ServiceProvider;
        var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger("Profiles.OpenApi");
        var endpoint = new DocumentEndpoint(path, services.GetRequiredService<EndpointDataSource>(), options, logger);
        return endpoints.MapMethods(path, Methods, endpoint.ServeAsync).WithDisplayName($"OpenAPI {path}");
    }

    /// <summary>
    /// Serves a page (Swagger UI) that shows documents and tries calls out. All that it loads comes from this server, and its
    /// content security policy lets it talk to no other.
    /// </summary>
    /// <param name="endpoints">Where services are mapped.</param>
    /// <param name="path">Where the page is served, for instance <c>/docs</c>.</param>
    /// <param name="title">The title of the page.</param>
    /// <param name="documents">The paths of the documents, and what the page calls them.</param>
    /// <returns>The conventions of its endpoints, for instance to allow anonymous callers.</returns>
    public static IEndpointConventionBuilder MapOpenApiPage(
        this IEndpointRouteBuilder endpoints, string path, string title, params IEnumerable<(string Path, string Name)> documents)
    {
        ArgumentNullException.ThrowIfNull(endpoints);

        // Relative to the page, so that both may stand behind a proxy that puts something before their paths.
        var up = string.Concat(Enumerable.Repeat("../", path.Trim('/').Count(c => c == '/') + 1));
        var page = endpoints.MapSwaggerUI(path.Trim('/'), options =>
        {
            options.DocumentTitle = title;
            foreach (var (document, name) in documents)
                options.SwaggerEndpoint(up + document.TrimStart('/'), name);
            options.EnableDeepLinking();
            options.DisplayOperationId();
        });
        page.Add(PageHeaders.Add);
        return page;
    }
}
