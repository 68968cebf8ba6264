using System.Text.Json.Nodes;
using Google.Protobuf.WellKnownTypes;
using Profiles.OpenApi.Schemas;
using Profiles.Transcoding;

namespace Profiles.OpenApi.Document;

/// <summary>Makes the answers of a route.</summary>
internal sealed class Responses(ProtoComments comments, SchemaSet schemas, Errors errors)
{
    public JsonObject Create(TranscodingRoute route, bool hasBody)
    {
        var responses = new JsonObject();
        if (IsNothing(route))
            responses["204"] = new JsonObject { ["description"] = Describe(route) };
        else if (!route.Binding.Answers.Any(answer => answer.Always))
            responses["200"] = new JsonObject { ["description"] = Describe(route), ["content"] = Content(route) };
        foreach (var answer in route.Binding.Answers)
            responses[Texts.Number(answer.StatusCode)] = Create(route, answer);

        responses["400"] = errors.Create(route, "The path, the query or the body breaks a rule; the error names each field and its rule.");
        if (hasBody && route.MaxRequestBodySize is { } body)
            responses["413"] = errors.Create(route, $"The body has more than {Texts.Count(body)} bytes.");
        if (route.Options.MaxRequestHeadersSize is { } headers)
            responses["431"] = errors.Create(route, $"The headers have more than {Texts.Count(headers)} bytes.");
        responses["default"] = errors.Create(route, "Every other error.");
        Sort(responses);
        return responses;
    }

    /// <summary>Puts the answers into their order again, <c>default</c> last.</summary>
    public static void Sort(JsonObject responses)
    {
        var sorted = responses.OrderBy(response => response.Key, StringComparer.Ordinal).ToList();
        responses.Clear();
        sorted.ForEach(responses.Add);
    }

    private JsonObject Create(TranscodingRoute route, HttpAnswerAttribute answer)
    {
        var response = new JsonObject { ["description"] = answer.Description };
        if (answer.HasBody)
            response["content"] = Content(route);
        if (answer.IsRedirect)
        {
            response["headers"] = new JsonObject
            {
                ["Location"] = new JsonObject
                {
                    ["description"] = "Where to send the same request.",
                    ["schema"] = new JsonObject { ["type"] = "string", ["format"] = "uri-reference" },
                },
            };
        }

        return response;
    }

    private static bool IsNothing(TranscodingRoute route) =>
        route.Options.NoContentForEmpty
        && route.Binding.ResponseField is null
        && route.Method is { IsServerStreaming: false, OutputType.FullName: var type }
        && type == Empty.Descriptor.FullName;

    private static bool IsRaw(TranscodingRoute route) => route.Binding.ResponseField is { } field
        ? field is { IsRepeated: false } && field.IsMessage() && field.MessageType.IsHttpBody()
        : route.Method.OutputType.IsHttpBody();

    private string Describe(TranscodingRoute route)
    {
        var comment = route.Binding.ResponseField is { } field ? comments.Of(field) : comments.Of(route.Method.OutputType);
        return Texts.Join(
            comment.Length > 0 ? comment : "Success.",
            route.Method.IsServerStreaming ? DescribeStream(route) : null);
    }

    private static string DescribeStream(TranscodingRoute route) => IsRaw(route)
        ? "The data of all messages, one after the other, with the type of the first. The connection breaks where the download fails."
        : "One JSON text a line; an error after the first one is the last line, `{\"error\":{…}}`. With `Accept: text/event-stream` each "
            + "message is an event with a counted `id` and the JSON as `data`; the event `error` ends a stream that failed, the event `end` every other.";

    private JsonObject Content(TranscodingRoute route)
    {
        if (IsRaw(route))
            return new() { ["*/*"] = Media(new JsonObject { ["type"] = "string", ["format"] = "binary" }) };
        return route.Method.IsServerStreaming ? Stream(route) : new() { ["application/json"] = Media(Message(route)) };
    }

    private JsonObject Stream(TranscodingRoute route)
    {
        var error = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject { ["error"] = schemas.Status(SchemaForm.Of(route.Options)) },
            ["required"] = new JsonArray("error"),
        };
        return new()
        {
            ["application/x-ndjson"] = Media(new JsonObject { ["anyOf"] = new JsonArray(Message(route), error) }),
            ["text/event-stream"] = Media(new JsonObject { ["type"] = "string" }),
        };
    }

    private JsonObject Message(TranscodingRoute route)
    {
        var form = SchemaForm.Of(route.Options);
        return route.Binding.ResponseField is { } field ? schemas.Field(field, form) : schemas.Message(route.Method.OutputType, form);
    }

    private static JsonObject Media(JsonObject schema) => new() { ["schema"] = schema };
}
