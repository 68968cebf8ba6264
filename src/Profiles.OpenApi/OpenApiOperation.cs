using System.Text.Json.Nodes;
using Profiles.Transcoding;

namespace Profiles.OpenApi;

/// <summary>An operation of a document in the making, for <see cref="OpenApiOptions.ConfigureOperation"/>.</summary>
public sealed class OpenApiOperation
{
    private readonly Document.Errors errors;

    internal OpenApiOperation(TranscodingRoute route, JsonObject json, Document.Errors errors)
    {
        this.errors = errors;
        Route = route;
        Json = json;
    }

    /// <summary>The route that the operation describes.</summary>
    public TranscodingRoute Route { get; }

    /// <summary>The Operation Object, to be changed at will.</summary>
    public JsonObject Json { get; }

    /// <summary>Adds a paragraph to the description.</summary>
    /// <param name="markdown">The paragraph.</param>
    public void Describe(string markdown) => Json["description"] = Texts.Join((string?)Json["description"], markdown);

    /// <summary>Says that the operation takes a credential. Called twice, it says that either will do.</summary>
    /// <param name="scheme">A name in <see cref="OpenApiOptions.SecuritySchemes"/>.</param>
    /// <param name="roles">The scopes or roles that the credential must carry.</param>
    public void RequireSecurity(string scheme, params IEnumerable<string> roles) => RequireSecurity([scheme], roles);

    /// <summary>Says that the operation takes a credential of several parts, all of which it needs.</summary>
    /// <param name="schemes">Names in <see cref="OpenApiOptions.SecuritySchemes"/>, one for each part.</param>
    /// <param name="roles">The scopes or roles that the credential must carry; they stand at the first part.</param>
    public void RequireSecurity(IReadOnlyList<string> schemes, params IEnumerable<string> roles)
    {
        var needed = new JsonObject();
        foreach (var scheme in schemes)
            needed[scheme] = new JsonArray(needed.Count > 0 ? [] : [.. roles.Select(role => JsonValue.Create(role))]);
        Json.GetOrAddArray("security").Add(needed);
    }

    /// <summary>Adds a header that a caller may send.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it means, in Markdown.</param>
    /// <param name="schema">A Schema Object; a string unless given.</param>
    public void AddRequestHeader(string name, string description, JsonObject? schema = null) =>
        Json.GetOrAddArray("parameters").Add(new JsonObject
        {
            ["name"] = name,
            ["in"] = "header",
            ["description"] = description,
            ["schema"] = schema ?? new JsonObject { ["type"] = "string" },
        });

    /// <summary>Adds a header to every answer of success.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it means, in Markdown.</param>
    public void AddResponseHeader(string name, string description)
    {
        foreach (var (status, response) in Json["responses"]!.AsObject())
        {
            if (!status.StartsWith('2'))
                continue;
            response!.AsObject().GetOrAddObject("headers")[name] = new JsonObject
            {
                ["description"] = description,
                ["schema"] = new JsonObject { ["type"] = "string" },
            };
        }
    }

    /// <summary>Adds an answer without a body, such as 304.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="description">When it is given, in Markdown.</param>
    public void AddResponse(int status, string description) =>
        AddResponse(status, new JsonObject { ["description"] = description });

    /// <summary>Adds an error that is written like all errors of the route's service.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="description">When it is given, in Markdown.</param>
    public void AddError(int status, string description) => AddResponse(status, errors.Create(Route, description));

    private void AddResponse(int status, JsonObject response)
    {
        var responses = Json["responses"]!.AsObject();
        responses[Texts.Number(status)] = response;
        Document.Responses.Sort(responses);
    }
}
