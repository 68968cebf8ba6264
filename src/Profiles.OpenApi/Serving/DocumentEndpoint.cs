using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;
using Profiles.OpenApi.Document;

namespace Profiles.OpenApi.Serving;

/// <summary>Serves a document, which is made when it is first asked for: by then everything is mapped.</summary>
internal sealed class DocumentEndpoint
{
    private static readonly JsonSerializerOptions Format = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    private readonly Lazy<(ServedDocument Plain, ServedDocument Gzip)> document;

    public DocumentEndpoint(string path, EndpointDataSource endpoints, OpenApiOptions options, ILogger logger)
    {
        document = new(() =>
        {
            var made = new DocumentBuilder(options, logger).Build(endpoints.Endpoints);
            var json = JsonSerializer.SerializeToUtf8Bytes(made, Format);
            OpenApiLog.Made(logger, path, Operations(made), json.Length);
            return (ServedDocument.Plain(json), ServedDocument.Gzip(json));
        });
    }

    public Task ServeAsync(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        var served = AcceptsGzip(request) ? document.Value.Gzip : document.Value.Plain;
        response.GetTypedHeaders().ETag = served.Etag;
        response.Headers.Vary = HeaderNames.AcceptEncoding;
        // It may be kept, and is asked for anew each time: the next version of the server has another one.
        response.Headers.CacheControl = "no-cache";
        if (IsKnown(request, served.Etag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        response.ContentType = "application/json";
        response.ContentLength = served.Content.Length;
        response.Headers.XContentTypeOptions = "nosniff";
        if (served.Encoding is not null)
            response.Headers.ContentEncoding = served.Encoding;
        return HttpMethods.IsHead(request.Method)
            ? Task.CompletedTask
            : response.Body.WriteAsync(served.Content, context.RequestAborted).AsTask();
    }

    private static int Operations(JsonObject document) =>
        document["paths"]!.AsObject().Sum(path => path.Value!.AsObject().Count(member => member.Key != "x-additionalOperations"));

    private static bool AcceptsGzip(HttpRequest request) =>
        request.GetTypedHeaders().AcceptEncoding.Any(coding => coding.Value == "gzip" && coding.Quality is not 0);

    private static bool IsKnown(HttpRequest request, EntityTagHeaderValue etag) =>
        request.GetTypedHeaders().IfNoneMatch.Any(known => known.Equals(EntityTagHeaderValue.Any) || known.Compare(etag, useStrongComparison: false));
}
