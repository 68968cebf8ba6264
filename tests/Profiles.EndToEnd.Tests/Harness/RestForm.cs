using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Google.Api;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Profiles.EndToEnd.Tests.Harness;

/// <summary>Writes a call as REST, by the HTTP rule of its contract: the fields of the path, the rest as the body.</summary>
internal static partial class RestForm
{
    private const string WholeMessage = "*";

    public static RpcExample Of(MethodDescriptor method, IMessage request)
    {
        var rule = method.GetOptions().GetExtension(AnnotationsExtensions.Http);
        var (verb, template) = rule.PatternCase switch
        {
            HttpRule.PatternOneofCase.Get => ("GET", rule.Get),
            HttpRule.PatternOneofCase.Put => ("PUT", rule.Put),
            HttpRule.PatternOneofCase.Post => ("POST", rule.Post),
            HttpRule.PatternOneofCase.Patch => ("PATCH", rule.Patch),
            _ => ("DELETE", rule.Delete),
        };
        var json = JsonNode.Parse(JsonFormatter.Default.Format(request))!.AsObject();
        var path = PathField().Replace(template, field => Take(json, method.InputType.FindFieldByName(field.Groups["field"].Value)));
        return new RpcExample(method.Name, request, verb, path, BodyOf(method.InputType, rule.Body, json))
        {
            Service = method.Service.FullName,
        };
    }

    private static string Take(JsonObject json, FieldDescriptor field)
    {
        var value = json[field.JsonName]!.GetValue<string>();
        json.Remove(field.JsonName);
        return Uri.EscapeDataString(value);
    }

    private static string? BodyOf(MessageDescriptor message, string body, JsonObject json) => body switch
    {
        "" => json.Count == 0 ? null : throw new NotSupportedException("Query parameters are not written here."),
        WholeMessage => json.ToJsonString(),
        _ => json[message.FindFieldByName(body).JsonName]!.ToJsonString(),
    };

    [GeneratedRegex(@"\{(?<field>\w+)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PathField();
}
