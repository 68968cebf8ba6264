using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;
using Profiles.OpenApi.Schemas;
using Profiles.Transcoding;
using Profiles.Transcoding.Binding;

namespace Profiles.OpenApi.Document;

/// <summary>Makes the request body of a route: JSON, a form, or bytes as they are.</summary>
internal sealed class RequestBodyBuilder(ProtoComments comments, SchemaSet schemas)
{
    private readonly FormBuilder forms = new(schemas);

    /// <summary>The body; null for a route without one.</summary>
    public JsonObject? Create(TranscodingRoute route)
    {
        var binding = route.Binding;
        if (!binding.BodyIsRequest && binding.BodyField is null)
            return null;

        var body = new JsonObject { ["description"] = Describe(route), ["content"] = Content(route) };
        if (IsRequired(route))
            body["required"] = true;
        return body;
    }

    private JsonObject Content(TranscodingRoute route)
    {
        var (binding, form) = (route.Binding, FormOf(route));
        if (binding.BodyIsRaw)
            return new() { ["*/*"] = Media(Binary()) };

        var content = new JsonObject { ["application/json"] = Media(Json(route, form)) };
        if (binding.BodyField is { FieldType: FieldType.Bytes, IsRepeated: false })
            content["application/octet-stream"] = Media(Binary());
        if (binding.TakesForms)
            forms.Add(content, MessageOf(route), form, FieldTree.OfBody(binding, binding.BodyField));
        return content;
    }

    private JsonObject Json(TranscodingRoute route, SchemaForm form)
    {
        var binding = route.Binding;
        var omitted = FieldTree.OfBody(binding, binding.BodyField);
        if (omitted is not null)
            return schemas.Object(MessageOf(route), form, omitted);
        return binding.BodyField is { } field ? schemas.Field(field, form) : schemas.Message(route.Method.InputType, form);
    }

    /// <summary>The message that the body fills.</summary>
    private static MessageDescriptor MessageOf(TranscodingRoute route) => route.Binding.BodyField?.MessageType ?? route.Method.InputType;

    private static SchemaForm FormOf(TranscodingRoute route) =>
        SchemaForm.Of(route.Options) with { IsPatch = route.Binding.MaskInference == MaskInference.FromKeys };

    private static bool IsRequired(TranscodingRoute route) => route.Binding switch
    {
        { MaskInference: not MaskInference.None } => true,
        { BodyField: { } field } => field.IsRequired(),
        _ => !route.Binding.BodyIsRaw && route.Method.InputType.Fields.InDeclarationOrder().Any(FieldFacts.IsRequired),
    };

    private string Describe(TranscodingRoute route)
    {
        var options = route.Options;
        return Texts.Join(
            route.Binding.BodyField is { } field ? comments.Of(field) : comments.Of(route.Method.InputType),
            route.Binding.MaskInference switch
            {
                MaskInference.FromKeys => "Changes the fields whose keys are present and leaves the others; `null` clears one.",
                MaskInference.Everything => "Replaces all fields: one that is absent is cleared.",
                _ => null,
            },
            route.MaxRequestBodySize is { } bytes ? $"At most {Texts.Count(bytes)} bytes." : null,
            route.Binding.BodyIsRaw ? null : $"JSON may be {options.MaxDepth} levels deep and have {Texts.Count(options.MaxElements)} properties and elements.",
            route.Binding.TakesForms ? $"A form may have {Texts.Count(options.MaxFormParts)} fields." : null);
    }

    private static JsonObject Media(JsonObject schema) => new() { ["schema"] = schema };

    private static JsonObject Binary() => new() { ["type"] = "string", ["format"] = "binary" };
}
