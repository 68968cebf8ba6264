using System.Text.Json.Nodes;
using Profiles.OpenApi.Schemas;
using Profiles.Transcoding;

namespace Profiles.OpenApi.Document;

/// <summary>Makes the answers that are errors.</summary>
internal sealed class Errors(SchemaSet schemas)
{
    /// <summary>An error of the route's service. One that writes its errors itself has a form that nobody here knows.</summary>
    public JsonObject Create(TranscodingRoute route, string description)
    {
        var response = new JsonObject { ["description"] = description };
        if (route.Options.ErrorWriter is not null)
            return response;

        var form = SchemaForm.Of(route.Options);
        response["content"] = new JsonObject
        {
            ["application/json"] = new JsonObject { ["schema"] = schemas.Status(form) },
            ["application/problem+json"] = new JsonObject { ["schema"] = schemas.Problem(form) },
        };
        return response;
    }
}
