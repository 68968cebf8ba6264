using Google.Protobuf.Reflection;
using Microsoft.AspNetCore.Http;
using Profiles.Transcoding.Json.Fields;
using Profiles.Transcoding.Routing;

namespace Profiles.Transcoding.Binding;

/// <summary>Makes the plan of a route, or says what is wrong with its rule.</summary>
internal static class BindingPlanner
{
    /// <param name="request">The request message.</param>
    /// <param name="template">The path.</param>
    /// <param name="httpMethod">The HTTP method.</param>
    /// <param name="body">The <c>body</c> of the rule.</param>
    /// <param name="maskFromKeys">The method asks for a field mask of the keys that are present, whatever its HTTP method; null: it does not.</param>
    /// <exception cref="FormatException">The rule does not fit the request message.</exception>
    public static BindingPlan Create(
        MessageDescriptor request, HttpTemplate template, string httpMethod, string body, FieldMaskFromKeysAttribute? maskFromKeys)
    {
        if (MessageCodecs.Find(request) is not PlainMessageCodec codec)
            throw new FormatException($"its request is a {request.FullName}, whose fields no rule can bind");

        var paths = Array.ConvertAll(template.Variables, variable => new PathBinding(variable, Resolve(codec, variable.FieldPath)));
        var bodyField = body is "" or "*" ? null : BodyField(codec, body);
        if (body.Length > 0 && (HttpMethods.IsGet(httpMethod) || HttpMethods.IsHead(httpMethod)))
            throw new FormatException($"{httpMethod} has no body");

        // Whatever is wrong of body and path is found here.
        var bound = BoundInBody(paths, bodyField, body);
        var isRaw = bodyField is null ? body == "*" && RawContent.IsHttpBody(request) : RawContent.IsHttpBody(bodyField.Descriptor);
        if (isRaw && Array.Find(paths, path => bodyField is null || path.Path[0] == bodyField) is { } within)
            throw new FormatException($"the variable \"{within.Variable.FieldPath}\" is in the body, which is taken as it is");

        return new BindingPlan
        {
            Request = codec,
            Path = paths,
            BodyIsRequest = body == "*",
            BodyField = bodyField,
            BodyIsRaw = isRaw,
            Form = Form(codec, bodyField, body, isRaw),
            BodyIsFile = IsFile(bodyField),
            BoundInBody = IsFile(bodyField) ? BoundInBody(paths, null, "*") : bound,
            BoundInQuery = BoundInQuery(paths, bodyField),
            Mask = isRaw || body.Length == 0
                ? MaskPlanner.None(maskFromKeys)
                : MaskPlanner.Create(codec, bodyField, httpMethod, maskFromKeys),
        };
    }

    /// <summary>Finds a field of the response that stands for all of it.</summary>
    public static JsonField? ResponseField(MessageDescriptor response, string name)
    {
        if (name.Length == 0) return null;
        var descriptor = response.FindFieldByName(name)
            ?? throw new FormatException($"the response_body \"{name}\" is no field of {response.FullName}");
        return Table(response).Find(descriptor);
    }

    // A request that is one raw body has no fields to fill.
    private static MessageTable? Form(PlainMessageCodec request, JsonField? bodyField, string body, bool isRaw)
    {
        if (IsFile(bodyField) || (body == "*" && !isRaw)) return request.Table;
        return bodyField?.MaskKind == MaskKind.Message ? Table(bodyField.Descriptor.MessageType) : null;
    }

    private static bool IsFile(JsonField? bodyField) => bodyField is not null && !bodyField.Descriptor.IsRepeated
        && (bodyField.Descriptor.FieldType == FieldType.Bytes || RawContent.IsHttpBody(bodyField.Descriptor));

    private static JsonField[] Resolve(PlainMessageCodec request, string path)
    {
        var names = path.Split('.');
        var codecs = new JsonField[names.Length];
        var table = request.Table;
        for (var i = 0; i < names.Length; i++)
        {
            var descriptor = table.Descriptor.FindFieldByName(names[i])
                ?? throw new FormatException($"the variable \"{path}\" names no field: {table.Descriptor.FullName} has no \"{names[i]}\"");
            codecs[i] = table.Find(descriptor)!;
            if (i == names.Length - 1) break;
            if (codecs[i].MaskKind != MaskKind.Message)
                throw new FormatException($"the variable \"{path}\" goes through \"{names[i]}\", which is no single message");
            table = Table(descriptor.MessageType);
        }

        var field = codecs[^1];
        if (field.Descriptor.IsRepeated || !field.AcceptsText)
            throw new FormatException($"the variable \"{path}\" must be a single field whose value has a text form");
        return codecs;
    }

    private static JsonField BodyField(PlainMessageCodec request, string name)
    {
        var descriptor = request.Table.Descriptor.FindFieldByName(name)
            ?? throw new FormatException($"the body \"{name}\" is no field of {request.Table.Descriptor.FullName}");
        return request.Table.Find(descriptor)!;
    }

    private static BoundFields? BoundInBody(PathBinding[] paths, JsonField? bodyField, string body)
    {
        BoundFields? bound = null;
        foreach (var path in paths)
        {
            var fields = Descriptors(path);
            if (body == "*") (bound ??= new BoundFields()).Add(fields);
            if (bodyField is null) continue;
            if (fields[0] != bodyField.Descriptor)
                CheckOneof(fields[0], bodyField.Descriptor);
            else if (fields.Length == 1)
                throw new FormatException($"\"{bodyField.Descriptor.Name}\" is both the body and a variable of the path");
            else
                (bound ??= new BoundFields()).Add(fields.AsSpan(1));
        }

        return bound;
    }

    private static void CheckOneof(FieldDescriptor path, FieldDescriptor body)
    {
        if (path.RealContainingOneof is { } oneof && oneof == body.RealContainingOneof)
            throw new FormatException($"the body and a variable of the path are both members of the oneof \"{oneof.Name}\"");
    }

    private static BoundFields BoundInQuery(PathBinding[] paths, JsonField? bodyField)
    {
        var bound = new BoundFields();
        foreach (var path in paths)
        {
            var fields = Descriptors(path);
            if (bound.Owns(fields))
                throw new FormatException($"the variable \"{path.Variable.FieldPath}\" is beside another one of the same oneof");
            bound.Add(fields);
        }

        if (bodyField is not null) bound.Add([bodyField.Descriptor]);
        return bound;
    }

    private static FieldDescriptor[] Descriptors(PathBinding path) => Array.ConvertAll(path.Path, field => field.Descriptor);

    private static MessageTable Table(MessageDescriptor message) => ((PlainMessageCodec)MessageCodecs.Find(message)).Table;
}
