using Google.Api;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Profiles.Wire.Tests.Protocols;

/// <summary>REST by one binding of the method's google.api.http rule; JSON by Google's own formatter and parser.</summary>
/// <param name="http">Where REST is served.</param>
/// <param name="binding">0 for the rule itself, then its additional bindings.</param>
internal sealed class RestProtocol(HttpClient http, int binding) : IProtocol
{
    public async Task<Outcome> CallAsync(MethodDescriptor method, IMessage request)
    {
        var rule = Rules(method)[binding];
        using var call = RestRequest.Create(rule, request);
        using var response = await http.SendAsync(call);
        var body = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode)
            return new Outcome([], Json.Parse<Google.Rpc.Status>(body));
        return method.IsServerStreaming ? ReadStream(method, body) : new Outcome([ReadOne(method, rule, body)], Outcome.Success);
    }

    public static IReadOnlyList<HttpRule> Rules(MethodDescriptor method)
    {
        var rule = method.GetOptions().GetExtension(AnnotationsExtensions.Http);
        return [rule, .. rule.AdditionalBindings];
    }

    private static IMessage ReadOne(MethodDescriptor method, HttpRule rule, string body) =>
        rule.ResponseBody.Length == 0
            ? Json.Parse(body, method.OutputType)
            : Json.Parse($$"""{"{{rule.ResponseBody}}":{{body}}}""", method.OutputType);

    private static Outcome ReadStream(MethodDescriptor method, string body)
    {
        var messages = new List<IMessage>();
        foreach (var line in body.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (Json.Error(line) is { } error)
                return new Outcome(messages, error);
            messages.Add(Json.Parse(line, method.OutputType));
        }

        return new Outcome(messages, Outcome.Success);
    }
}
