using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;
using Profiles.OpenApi.Schemas;
using Profiles.Transcoding;
using Profiles.Transcoding.Routing;

namespace Profiles.OpenApi.Document;

/// <summary>Makes the parameters of a path and of a query.</summary>
internal sealed class ParameterBuilder(OpenApiOptions options, ProtoComments comments, SchemaSet schemas)
{
    private const string RestOfPath = "All segments that are left, even none. Slashes between them are sent as they are, not as `%2F`.";

    public IEnumerable<JsonObject> OfPath(TranscodingRoute route, IEnumerable<PathParameter> path)
    {
        foreach (var parameter in path)
        {
            var json = Create(parameter.Name, "path", DescribePath(route, parameter), SchemaOf(route, parameter));
            json["required"] = true;
            yield return json;
        }
    }

    public IEnumerable<JsonObject> OfQuery(TranscodingRoute route)
    {
        var form = SchemaForm.Of(route.Options);
        return route.Binding.BodyIsRequest
            ? []
            : OfMessage(new Query(route, form), route.Method.InputType, [], FieldTree.OfQuery(route.Binding), isRequired: true);
    }

    private IEnumerable<JsonObject> OfMessage(
        Query query, MessageDescriptor message, IReadOnlyList<FieldDescriptor> above, FieldTree? elsewhere, bool isRequired)
    {
        foreach (var field in message.Fields.InDeclarationOrder())
        {
            FieldTree? below = null;
            if (elsewhere?.Has(field, out below) == true || field.IsOutputOnly())
                continue;
            FieldDescriptor[] path = [.. above, field];
            if (RouteBinding.HasTextForm(field))
            {
                yield return OfField(query, path, isRequired && field.IsRequired());
            }
            else if (RouteBinding.HasNamedFields(field) && path.Length <= options.MaxQueryDepth && !above.Contains(field))
            {
                foreach (var inner in OfMessage(query, field.MessageType, path, below, isRequired && field.IsRequired()))
                    yield return inner;
            }
        }
    }

    private JsonObject OfField(Query query, FieldDescriptor[] path, bool isRequired)
    {
        var field = path[^1];
        var description = Texts.Join(
            schemas.DescriptionOf(field),
            field == query.Route.Binding.InferredMask ? "Follows from the body unless it is sent." : null,
            query.IsBesideForm ? $"A form has it as a field instead{(isRequired ? ", and must" : "")}." : null);
        var json = Create(query.Form.NameOf(path), "query", description, schemas.Field(field, query.Form));
        if (isRequired && !query.IsBesideForm)
            json["required"] = true;
        if (field.IsDeprecated())
            json["deprecated"] = true;
        return json;
    }

    private string DescribePath(TranscodingRoute route, PathParameter parameter)
    {
        var rest = parameter.Kind == SegmentKind.Rest ? RestOfPath : null;
        if (parameter.Variable is not { } variable)
            return Texts.Join(rest);
        var part = variable.End - variable.Start > 1
            ? $"A part of `{SchemaForm.Of(route.Options).NameOf(variable.Path)}`, which is `{Pattern(route.Binding, variable)}`."
            : null;
        return Texts.Join(comments.Of(variable.Field), part, rest);
    }

    private static string Pattern(RouteBinding binding, RouteVariable variable) =>
        string.Join('/', binding.Segments.Take(variable.Start..variable.End).Select(segment => segment.Kind switch
        {
            SegmentKind.Any => "*",
            SegmentKind.Rest => "**",
            _ => segment.Literal,
        }));

    // What takes a part of a variable is text, whatever the field.
    private JsonObject SchemaOf(TranscodingRoute route, PathParameter parameter) =>
        parameter.Variable is { } variable && variable.End - variable.Start == 1
            ? schemas.Field(variable.Field, SchemaForm.Of(route.Options))
            : new JsonObject { ["type"] = "string" };

    private static JsonObject Create(string name, string place, string description, JsonObject schema)
    {
        var json = new JsonObject { ["name"] = name, ["in"] = place }.WithText("description", description);
        json["schema"] = schema;
        return json;
    }

    private sealed record Query(TranscodingRoute Route, SchemaForm Form)
    {
        /// <summary>The body may be a form that has the fields of the query; then there is no query.</summary>
        public bool IsBesideForm => Route.Binding is { BodyIsFile: true, TakesForms: true };
    }
}
