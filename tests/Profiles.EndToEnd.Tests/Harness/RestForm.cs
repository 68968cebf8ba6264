using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Google.Api;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Profiles.EndToEnd.Tests.Harness;

/// <summary>Writes a call as REST, by the HTTP rule of its contract: the fields of the path, the rest as body or query.</summary>
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
        var raw = RawBodyOf(method.InputType, rule.Body, request);
        var body = raw is null ? BodyOf(method.InputType, rule.Body, json) : null;
        return new RpcExample(method.Name, request, verb, rule.Body.Length == 0 ? path + QueryOf(json) : path, body)
        {
            Service = method.Service.FullName,
            RawBody = raw,
        };
    }

    private static string Take(JsonObject json, FieldDescriptor field)
    {
        var value = json[field.JsonName]!.GetValue<string>();
        json.Remove(field.JsonName);
        return Uri.EscapeDataString(value);
    }

    private static byte[]? RawBodyOf(MessageDescriptor message, string body, IMessage request) =>
        message.FindFieldByName(body)?.Accessor.GetValue(request) is Api.HttpBody raw ? raw.Data.ToByteArray() : null;

    private static string? BodyOf(MessageDescriptor message, string body, JsonObject json) => body switch
    {
        "" => null,
        WholeMessage => json.ToJsonString(),
        _ => json[message.FindFieldByName(body).JsonName]!.ToJsonString(),
    };

    private static string QueryOf(JsonObject json) => json.Count == 0
        ? string.Empty
        : $"?{string.Join('&', json.Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value!.ToString())}"))}";

    [GeneratedRegex(@"\{(?<field>\w+)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PathField();
}
