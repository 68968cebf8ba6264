using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;

namespace Profiles.OpenApi.Schemas;

/// <summary>The schemas of a document: one for each type and form that something refers to, by the type's full name.</summary>
internal sealed class SchemaSet(ProtoComments comments)
{
    private readonly Dictionary<(string Type, SchemaForm Form), string> names = [];
    private readonly SortedDictionary<string, JsonObject> schemas = new(StringComparer.Ordinal);

    /// <summary>All of them, sorted by name.</summary>
    public JsonObject ToJson() => new(schemas.Select(schema => KeyValuePair.Create(schema.Key, (JsonNode?)schema.Value)));

    /// <summary>A message: what ProtoJSON makes of a well-known type, a reference to an object of fields otherwise.</summary>
    public JsonObject Message(MessageDescriptor message, SchemaForm form) =>
        WellKnownSchemas.Find(message) ?? (ErrorSchemas.IsStatus(message) ? Status(form) : Define(message.FullName, form, () => Object(message, form)));

    /// <summary>google.rpc.Status, with the details that are usual.</summary>
    public JsonObject Status(SchemaForm form)
    {
        var own = form with { EnumNumbers = false, IsPatch = false };
        return Define(ErrorSchemas.StatusName, own, () => ErrorSchemas.Status(Detail(own)));
    }

    /// <summary>A problem document (RFC 9457).</summary>
    public JsonObject Problem(SchemaForm form)
    {
        var own = form with { EnumNumbers = false, IsPatch = false };
        return Define(ErrorSchemas.ProblemName, own, () => ErrorSchemas.Problem(Detail(own)));
    }

    /// <summary>An object of the message's fields.</summary>
    /// <param name="message">The message.</param>
    /// <param name="form">Its form.</param>
    /// <param name="omitted">Fields that it cannot have here.</param>
    /// <param name="patched">A field in whose message the keys that are present say what to change.</param>
    public JsonObject Object(MessageDescriptor message, SchemaForm form, FieldTree? omitted = null, FieldDescriptor? patched = null)
    {
        var (properties, fields, required) = (new JsonObject(), new List<FieldDescriptor[]>(), new List<string>());
        foreach (var field in message.Fields.InDeclarationOrder())
        {
            FieldTree? below = null;
            if (omitted?.Has(field, out below) == true)
                continue;
            properties[form.NameOf(field)] = field == patched
                ? Described(field, Content(field, form with { IsPatch = true }, below))
                : Property(field, form, below);
            fields.Add([field]);
            if (field.IsRequired() && !form.IsPatch)
                required.Add(form.NameOf(field));
        }

        var schema = new JsonObject { ["type"] = "object" }.WithText("description", comments.Of(message));
        if (message.GetOptions()?.Deprecated == true)
            schema["deprecated"] = true;
        if (properties.Count > 0)
            schema["properties"] = properties;
        if (required.Count > 0)
            schema["required"] = required.ToJsonArray();
        OneofRule.Add(schema, fields, form);
        return schema;
    }

    /// <summary>The value of a field, with what its comment and its options say.</summary>
    public JsonObject Property(FieldDescriptor field, SchemaForm form, FieldTree? omitted = null)
    {
        var schema = Content(field, form, omitted);
        return Described(field, form.IsPatch ? Nullable.Of(schema) : schema);
    }

    private JsonObject Content(FieldDescriptor field, SchemaForm form, FieldTree? omitted) =>
        omitted is null ? Field(field, form) : Object(field.MessageType, form, omitted);

    private JsonObject Described(FieldDescriptor field, JsonObject schema)
    {
        schema.WithText("description", DescriptionOf(field));
        if (field.IsOutputOnly())
            schema["readOnly"] = true;
        if (field.IsInputOnly())
            schema["writeOnly"] = true;
        if (field.IsDeprecated())
            schema["deprecated"] = true;
        return schema;
    }

    /// <summary>The value of a field: a list or map where it is one.</summary>
    public JsonObject Field(FieldDescriptor field, SchemaForm form)
    {
        if (field.IsMap)
            return Map(field.MessageType.FindFieldByNumber(1), field.MessageType.FindFieldByNumber(2), form);
        if (field.IsRepeated)
            return new() { ["type"] = "array", ["items"] = Value(field, Whole(form)) };
        return Value(field, form);
    }

    /// <summary>One value of a field.</summary>
    public JsonObject Value(FieldDescriptor field, SchemaForm form) => field.FieldType switch
    {
        FieldType.Message or FieldType.Group => Message(field.MessageType, form),
        FieldType.Enum => Enum(field.EnumType, form),
        var scalar => ScalarSchemas.Create(scalar),
    };

    /// <summary>The comment of a field, and what its behavior adds to it.</summary>
    public string DescriptionOf(FieldDescriptor field) => Texts.Join(
        comments.Of(field),
        field.RealContainingOneof is { } oneof ? $"At most one of the group `{oneof.Name}`." : null,
        field.IsImmutable() ? "Cannot be changed once it is set." : null);

    // An element of a list, or a value of a map, is changed as a whole.
    private static SchemaForm Whole(SchemaForm form) => form with { IsPatch = false };

    private JsonObject Map(FieldDescriptor key, FieldDescriptor value, SchemaForm form)
    {
        var values = Value(value, Whole(form));
        var schema = new JsonObject { ["type"] = "object", ["additionalProperties"] = form.IsPatch ? Nullable.Of(values) : values };
        if (ScalarSchemas.Key(key.FieldType) is { } keys)
            schema["propertyNames"] = keys;
        return schema;
    }

    private JsonObject Enum(EnumDescriptor type, SchemaForm form)
    {
        if (type.FullName == "google.protobuf.NullValue")
            return new() { ["type"] = "null" };
        var own = new SchemaForm(ProtoNames: false, form.EnumNumbers);
        return Define(type.FullName, own, () => EnumSchemas.Create(type, own.EnumNumbers, comments));
    }

    private JsonObject Detail(SchemaForm form) => Define(ErrorSchemas.DetailName, form, () => ErrorSchemas.Detail(form));

    private JsonObject Define(string type, SchemaForm form, Func<JsonObject> create)
    {
        if (!names.TryGetValue((type, form), out var name))
        {
            // Named before it is made: it may refer to itself.
            name = form.IsPatch || schemas.ContainsKey(type) ? type + form.Suffix : type;
            names[(type, form)] = name;
            schemas[name] = [];
            schemas[name] = create();
        }

        return JsonNodes.Reference("schemas", name);
    }
}
