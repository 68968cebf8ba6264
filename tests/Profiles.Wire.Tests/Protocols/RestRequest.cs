using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Google.Api;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Profiles.Wire.Tests.Protocols;

/// <summary>A message as the HTTP request that a rule makes of it: path, then body, then query.</summary>
internal static partial class RestRequest
{
    // Messages whose JSON is one text, number or truth value.
    private static readonly HashSet<string> textual =
    [
        "google.protobuf.Timestamp", "google.protobuf.Duration", "google.protobuf.FieldMask",
        .. Google.Protobuf.WellKnownTypes.WrappersReflection.Descriptor.MessageTypes.Select(type => type.FullName),
    ];

    public static HttpRequestMessage Create(HttpRule rule, IMessage request)
    {
        var rest = Clone(request);
        var path = Variable().Replace(PathOf(rule), match => Take(rest, match.Groups["field"].Value, match.Groups["pattern"].Success));
        var body = rule.Body switch
        {
            "" => null,
            "*" => Json.Format(rest),
            _ => TakeBody(rest, rest.Descriptor.FindFieldByName(rule.Body)),
        };
        var query = rule.Body == "*" ? "" : string.Join('&', Query(rest));
        var call = new HttpRequestMessage(MethodOf(rule), query.Length == 0 ? path : $"{path}?{query}");
        if (body is not null)
            call.Content = new StringContent(body, Encoding.UTF8, "application/json");
        return call;
    }

    private static HttpMethod MethodOf(HttpRule rule) => HttpMethod.Parse(rule.PatternCase.ToString());

    private static string PathOf(HttpRule rule) => rule.PatternCase switch
    {
        HttpRule.PatternOneofCase.Get => rule.Get,
        HttpRule.PatternOneofCase.Put => rule.Put,
        HttpRule.PatternOneofCase.Post => rule.Post,
        HttpRule.PatternOneofCase.Patch => rule.Patch,
        _ => throw new NotSupportedException(rule.PatternCase.ToString()),
    };

    /// <summary>Takes a value out of the message and into the path.</summary>
    private static string Take(IMessage message, string fieldPath, bool severalSegments)
    {
        var names = fieldPath.Split('.');
        foreach (var name in names[..^1])
            message = (IMessage)message.Descriptor.FindFieldByName(name).Accessor.GetValue(message);
        var field = message.Descriptor.FindFieldByName(names[^1]);
        var text = Text(field, message);
        field.Accessor.Clear(message);
        return severalSegments ? string.Join('/', text.Split('/').Select(Uri.EscapeDataString)) : Uri.EscapeDataString(text);
    }

    private static string TakeBody(IMessage message, FieldDescriptor field)
    {
        var value = field.Accessor.GetValue(message) as IMessage ?? throw new NotSupportedException("The body must be a message.");
        var body = Json.Format(value);
        field.Accessor.Clear(message);
        return body;
    }

    private static IEnumerable<string> Query(IMessage message)
    {
        using var document = JsonDocument.Parse(Json.Format(message));
        return [.. Query(message.Descriptor, document.RootElement, "")];
    }

    private static IEnumerable<string> Query(MessageDescriptor type, JsonElement value, string prefix) =>
        value.EnumerateObject().SelectMany(property =>
        {
            var field = type.Fields.InFieldNumberOrder().Single(known => known.JsonName == property.Name);
            IEnumerable<JsonElement> values = field.IsRepeated ? property.Value.EnumerateArray() : [property.Value];
            return values.SelectMany(each => Query(field, each, prefix + property.Name));
        });

    private static IEnumerable<string> Query(FieldDescriptor field, JsonElement value, string name) =>
        field.FieldType == FieldType.Message && !textual.Contains(field.MessageType.FullName)
            ? Query(field.MessageType, value, name + ".")
            : [$"{name}={Uri.EscapeDataString(Text(value))}"];

    private static string Text(FieldDescriptor field, IMessage message)
    {
        // A default value is not written; its text follows from its type.
        using var document = JsonDocument.Parse(Json.Format(message));
        if (document.RootElement.TryGetProperty(field.JsonName, out var value))
            return Text(value);
        return field.FieldType switch { FieldType.Bool => "false", FieldType.String => "", FieldType.Enum => field.EnumType.Values[0].Name, _ => "0" };
    }

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private static IMessage Clone(IMessage message) => message.Descriptor.Parser.ParseFrom(message.ToByteArray());

    [GeneratedRegex(@"\{(?<field>[a-z0-9_.]+)(=(?<pattern>[^}]+))?\}", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Variable();
}
