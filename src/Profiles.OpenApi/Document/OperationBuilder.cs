using System.Text.Json.Nodes;
using Profiles.OpenApi.Schemas;
using Profiles.Transcoding;

namespace Profiles.OpenApi.Document;

/// <summary>Makes the operation of a route.</summary>
internal sealed class OperationBuilder(OpenApiOptions options, ProtoComments comments, SchemaSet schemas, Errors errors)
{
    private static readonly string[] Order =
        ["tags", "summary", "description", "operationId", "deprecated", "parameters", "requestBody", "responses", "security"];

    private readonly ParameterBuilder parameters = new(options, comments, schemas);
    private readonly RequestBodyBuilder bodies = new(comments, schemas);
    private readonly Responses responses = new(comments, schemas, errors);

    /// <summary>The members in the order in which people read them, whoever added them when.</summary>
    public static JsonObject InOrder(JsonObject operation)
    {
        var members = operation.OrderBy(member => Array.IndexOf(Order, member.Key) is var at and >= 0 ? at : Order.Length).ToList();
        operation.Clear();
        return new JsonObject(members);
    }

    public JsonObject Create(TranscodingRoute route, string id, IEnumerable<PathParameter> path)
    {
        var comment = comments.Of(route.Method);
        var summary = Texts.FirstSentence(comment);
        var description = Texts.Join(
            Texts.IsOneSentence(comment) ? null : comment,
            route.HttpMethod == "*" ? "Any HTTP method will do." : null);
        var operation = new JsonObject { ["tags"] = new JsonArray(options.TagOf(route.Method.Service)) }
            .WithText("summary", summary)
            .WithText("description", description);
        operation["operationId"] = id;
        if (route.Method.GetOptions()?.Deprecated == true)
            operation["deprecated"] = true;

        JsonArray inputs = [.. parameters.OfPath(route, path), .. parameters.OfQuery(route)];
        if (inputs.Count > 0)
            operation["parameters"] = inputs;
        var body = bodies.Create(route);
        if (body is not null)
            operation["requestBody"] = body;
        operation["responses"] = responses.Create(route, hasBody: body is not null);
        return operation;
    }
}
