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
        var content = new JsonObject();
        if (!binding.BodyIsRaw)
            content["application/json"] = Media(Json(route, form));
        if (binding.BodyIsRaw || binding.BodyIsFile)
            content[binding.BodyIsRaw ? "*/*" : "application/octet-stream"] = Media(Binary());
        if (binding is { TakesForms: true, BodyIsFile: true })
            forms.AddMultipart(content, route.Method.InputType, form, FieldTree.OfBody(binding, within: null));
        else if (binding.TakesForms)
            forms.Add(content, MessageOf(route), form, FieldTree.OfBody(binding, binding.BodyField));
        return content;
    }

    private JsonObject Json(TranscodingRoute route, SchemaForm form)
    {
        var binding = route.Binding;
        var omitted = FieldTree.OfBody(binding, binding.BodyField);
        var patched = IsPatchWithin(binding) ? binding.MaskResource : null;
        if (omitted is not null || patched is not null)
            return schemas.Object(MessageOf(route), form, omitted, patched);
        return binding.BodyField is { } field ? schemas.Field(field, form) : schemas.Message(route.Method.InputType, form);
    }

    /// <summary>The message that the body fills.</summary>
    private static MessageDescriptor MessageOf(TranscodingRoute route) => route.Binding.BodyField?.MessageType ?? route.Method.InputType;

    private static SchemaForm FormOf(TranscodingRoute route) => SchemaForm.Of(route.Options) with
    {
        IsPatch = route.Binding.MaskInference == MaskInference.FromKeys && !IsPatchWithin(route.Binding),
    };

    /// <summary>The keys say what to change in one field of the body, and not in the others.</summary>
    private static bool IsPatchWithin(RouteBinding binding) =>
        binding is { MaskInference: MaskInference.FromKeys, BodyIsRequest: true, MaskResource: not null };

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
            DescribeMask(route),
            route.Binding is { TakesForms: true, BodyIsFile: true, BodyField: { } file }
                ? $"Or a form that has all fields of the request, the body as its file `{SchemaForm.Of(options).NameOf(file)}`."
                : null,
            route.MaxRequestBodySize is { } bytes ? $"At most {Texts.Count(bytes)} bytes." : null,
            route.Binding.BodyIsRaw ? null : $"JSON may be {options.MaxDepth} levels deep and have {Texts.Count(options.MaxElements)} properties and elements.",
            route.Binding.TakesForms ? $"A form may have {Texts.Count(options.MaxFormParts)} fields." : null,
            route.Binding.TakesForms && options.FileField is { } named ? $"A file of a form is `{named}` whatever its name, unless there is such a field." : null);
    }

    private static string? DescribeMask(TranscodingRoute route)
    {
        var (binding, names) = (route.Binding, SchemaForm.Of(route.Options));
        var whose = binding is { BodyIsRequest: true, MaskResource: { } resource } ? $" of `{names.NameOf(resource)}`" : "";
        var unless = binding is { BodyIsRequest: true, InferredMask: { } mask } ? $" Where `{names.NameOf(mask)}` is sent, that says what to change." : "";
        return binding.MaskInference switch
        {
            MaskInference.FromKeys => $"Changes the fields{whose} whose keys are present and leaves the others; `null` clears one.{unless}",
            MaskInference.Everything => $"Replaces all fields{whose}: one that is absent is cleared.{unless}",
            _ => null,
        };
    }

    private static JsonObject Media(JsonObject schema) => new() { ["schema"] = schema };

    private static JsonObject Binary() => new() { ["type"] = "string", ["format"] = "binary" };
}
