using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;

namespace Profiles.OpenApi.Schemas;

/// <summary>The values of enums, with their comments.</summary>
internal static class EnumSchemas
{
    public static JsonObject Create(EnumDescriptor type, bool asNumbers, ProtoComments comments)
    {
        var described = type.Values.Where(value => asNumbers || comments.Of(value).Length > 0).Select(value => Line(value, asNumbers, comments));
        var schema = new JsonObject { ["type"] = asNumbers ? "integer" : "string" }
            .WithText("description", Texts.Join(comments.Of(type), string.Join('\n', described)));
        schema["enum"] = asNumbers
            ? new JsonArray([.. type.Values.Select(value => value.Number).Distinct().Select(number => JsonValue.Create(number))])
            : type.Values.Select(value => value.Name).ToJsonArray();
        if (type.GetOptions()?.Deprecated == true)
            schema["deprecated"] = true;
        return schema;
    }

    private static string Line(EnumValueDescriptor value, bool asNumbers, ProtoComments comments)
    {
        var name = asNumbers ? $"{value.Number} `{value.Name}`" : $"`{value.Name}`";
        var comment = comments.Of(value).ReplaceLineEndings(" ");
        return comment.Length > 0 ? $"- {name}: {comment}" : $"- {name}";
    }
}
