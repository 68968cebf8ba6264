using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;
using Profiles.OpenApi.Schemas;
using Profiles.Transcoding;

namespace Profiles.OpenApi.Document;

/// <summary>Makes the forms that can stand for a JSON body.</summary>
internal sealed class FormBuilder(SchemaSet schemas)
{
    // Deeper ones can be sent as well.
    private const int MaxDepth = 2;

    /// <summary>Adds an encoded and a multipart form.</summary>
    public void Add(JsonObject content, MessageDescriptor message, SchemaForm form, FieldTree? omitted)
    {
        var fields = Named(message, [], omitted).ToList();
        content["application/x-www-form-urlencoded"] = Encoded(message, fields, form with { IsPatch = false }, form.IsPatch);
        AddMultipart(content, message, form, omitted);
    }

    /// <summary>Adds a multipart form alone.</summary>
    public void AddMultipart(JsonObject content, MessageDescriptor message, SchemaForm form, FieldTree? omitted) =>
        content["multipart/form-data"] = Multipart(message, form with { IsPatch = false }, omitted, form.IsPatch);

    private JsonObject Encoded(MessageDescriptor message, List<FieldDescriptor[]> fields, SchemaForm form, bool isPatch)
    {
        var properties = new JsonObject();
        foreach (var path in fields)
            properties[form.NameOf(path)] = schemas.Property(path[^1], form);
        var schema = Object(properties, Required(message, form, properties, isPatch));
        OneofRule.Add(schema, fields, form);
        return new() { ["schema"] = schema };
    }

    private JsonObject Multipart(MessageDescriptor message, SchemaForm form, FieldTree? omitted, bool isPatch)
    {
        var (properties, encoding, fields) = (new JsonObject(), new JsonObject(), new List<FieldDescriptor[]>());
        foreach (var field in message.Fields.InDeclarationOrder())
        {
            FieldTree? below = null;
            if (omitted?.Has(field, out below) == true || field.IsOutputOnly())
                continue;
            var name = form.NameOf(field);
            fields.Add([field]);
            properties[name] = IsFile(field) ? File(field) : schemas.Property(field, form, below);
            if (!IsFile(field) && !RouteBinding.HasTextForm(field))
                encoding[name] = new JsonObject { ["contentType"] = "application/json" };
        }

        var schema = Object(properties, Required(message, form, properties, isPatch));
        OneofRule.Add(schema, fields, form);
        var media = new JsonObject { ["schema"] = schema };
        if (encoding.Count > 0)
            media["encoding"] = encoding;
        return media;
    }

    /// <summary>The fields that have a text form, with the messages around them.</summary>
    private static IEnumerable<FieldDescriptor[]> Named(MessageDescriptor message, FieldDescriptor[] above, FieldTree? omitted)
    {
        foreach (var field in message.Fields.InDeclarationOrder())
        {
            FieldTree? below = null;
            if (omitted?.Has(field, out below) == true || field.IsOutputOnly())
                continue;
            if (RouteBinding.HasTextForm(field))
            {
                yield return [.. above, field];
            }
            else if (RouteBinding.HasNamedFields(field) && above.Length < MaxDepth && !above.Contains(field))
            {
                foreach (var inner in Named(field.MessageType, [.. above, field], below))
                    yield return inner;
            }
        }
    }

    private static bool IsFile(FieldDescriptor field) =>
        !field.IsMap && (field.FieldType == FieldType.Bytes || (field.IsMessage() && field.MessageType.IsHttpBody()));

    private JsonObject File(FieldDescriptor field)
    {
        var file = new JsonObject { ["type"] = "string", ["format"] = "binary" };
        var schema = field.IsRepeated ? new JsonObject { ["type"] = "array", ["items"] = file } : file;
        return schema.WithText("description", schemas.DescriptionOf(field));
    }

    private static List<string> Required(MessageDescriptor message, SchemaForm form, JsonObject properties, bool isPatch) =>
        isPatch
            ? []
            : [.. message.Fields.InDeclarationOrder().Where(FieldFacts.IsRequired).Select(form.NameOf).Where(properties.ContainsKey)];

    private static JsonObject Object(JsonObject properties, List<string> required)
    {
        var schema = new JsonObject { ["type"] = "object", ["properties"] = properties };
        if (required.Count > 0)
            schema["required"] = required.ToJsonArray();
        return schema;
    }
}
