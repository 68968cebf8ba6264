using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Profiles.OpenApi.Schemas;
using Profiles.Transcoding;

namespace Profiles.OpenApi.Document;

/// <summary>Makes a document of the routes of an application.</summary>
internal sealed class DocumentBuilder
{
    // What a path item of OpenAPI 3.1 has; others stand where OpenAPI 3.2 has a place for them, as an extension.
    private static readonly HashSet<string> Methods =
        new(["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"], StringComparer.Ordinal);

    private readonly OpenApiOptions options;
    private readonly ILogger logger;
    private readonly ProtoComments comments;
    private readonly SchemaSet schemas;
    private readonly Errors errors;
    private readonly OperationBuilder operations;
    private readonly JsonObject paths = [];
    private readonly JsonArray tags = [];
    private readonly Dictionary<string, IReadOnlyList<string>> parameterNames = new(StringComparer.Ordinal);
    private readonly HashSet<(string Rpc, string HttpMethod, string Path)> described = [];
    private readonly HashSet<string> operationIds = new(StringComparer.Ordinal);

    public DocumentBuilder(OpenApiOptions options, ILogger logger)
    {
        this.options = options;
        this.logger = logger;
        comments = new ProtoComments(options.DescriptorSets);
        schemas = new SchemaSet(comments);
        errors = new Errors(schemas);
        operations = new OperationBuilder(options, comments, schemas, errors);
    }

    public JsonObject Build(IEnumerable<Endpoint> endpoints)
    {
        foreach (var endpoint in endpoints.OfType<RouteEndpoint>())
        {
            if (endpoint.Metadata.GetMetadata<TranscodingRoute>() is { } route && options.Include(route))
                AddRoute(endpoint, route);
        }

        var document = new JsonObject
        {
            ["openapi"] = "3.1.1",
            ["info"] = new JsonObject { ["title"] = options.Title, ["version"] = options.Version }.WithText("description", options.Description),
            ["tags"] = tags,
            ["paths"] = paths,
            ["components"] = Components(),
        };
        if (options.Servers.Count > 0)
            document["servers"] = new JsonArray([.. options.Servers.Select(url => new JsonObject { ["url"] = url })]);
        options.DocumentSteps.ForEach(step => step(document));
        return document;
    }

    private JsonObject Components()
    {
        var components = new JsonObject { ["schemas"] = schemas.ToJson() };
        foreach (var (name, scheme) in options.SecuritySchemes)
            components.GetOrAddObject("securitySchemes")[name] = scheme.DeepClone();
        return components;
    }

    private void AddRoute(RouteEndpoint endpoint, TranscodingRoute route)
    {
        var path = new DocumentPath(endpoint, route);
        if (!parameterNames.TryGetValue(path.Shape, out var names))
            parameterNames[path.Shape] = names = [.. path.Parameters.Select(parameter => parameter.Name)];
        var key = path.Write(names);
        // Mapped twice, for two hosts.
        if (!described.Add((route.FullName, route.HttpMethod, path.Write(path.Parameters.Select(parameter => $"{parameter.Kind}")))))
            return;
        var (place, method) = Place(paths.GetOrAddObject(key), route.HttpMethod);
        if (place.ContainsKey(method))
        {
            OpenApiLog.LeftOut(logger, route.FullName, route.HttpMethod, key);
            return;
        }

        var operation = operations.Create(route, IdOf(route), path.Parameters.Zip(names, (parameter, name) => parameter with { Name = name }));
        options.OperationSteps.ForEach(step => step(new OpenApiOperation(route, operation, errors)));
        place[method] = OperationBuilder.InOrder(operation);
        AddTag(route);
    }

    private static (JsonObject Place, string Method) Place(JsonObject item, string method)
    {
        if (method == "*")
            return (item, "post");
        return Methods.Contains(method) ? (item, method.ToLowerInvariant()) : (item.GetOrAddObject("x-additionalOperations"), method);
    }

    private string IdOf(TranscodingRoute route)
    {
        var name = $"{route.Method.Service.Name}_{route.Method.Name}";
        var id = name;
        for (var number = 2; !operationIds.Add(id); number++)
            id = $"{name}{number}";
        return id;
    }

    private void AddTag(TranscodingRoute route)
    {
        var service = route.Method.Service;
        var name = options.TagOf(service);
        if (!tags.Any(tag => (string?)tag!["name"] == name))
            tags.Add(new JsonObject { ["name"] = name }.WithText("description", comments.Of(service)));
    }
}
