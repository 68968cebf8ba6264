using System.Text.Json;
using Google.Protobuf.Reflection;
using Profiles.Wire.Tests.Protocols;

namespace Profiles.Wire.Tests.Cases;

/// <summary>A request of <c>cases.json</c>, to be sent to some methods.</summary>
internal sealed record ComplianceCase(string Name, string[] Rpcs, JsonElement Request)
{
    private static readonly JsonSerializerOptions json = new(JsonSerializerDefaults.Web);

    /// <summary>Every case with every method and every protocol that serves it.</summary>
    public static IEnumerable<TestCaseData> All() =>
        from compliance in Read()
        from rpc in compliance.Rpcs
        let method = V1.ComplianceService.Descriptor.FindMethodByName(rpc)
        from protocol in Protocols(method)
        select new TestCaseData(method, compliance.Request.GetRawText(), protocol).SetArgDisplayNames(compliance.Name, rpc, protocol);

    public static IEnumerable<string> Protocols(MethodDescriptor method) =>
        ["grpc", "grpc-web", "grpc-web-text", .. RestProtocol.Rules(method).Select((_, binding) => $"rest {binding}")];

    private static ComplianceCase[] Read()
    {
        using var stream = typeof(ComplianceCase).Assembly.GetManifestResourceStream("cases.json")!;
        return JsonSerializer.Deserialize<ComplianceCase[]>(stream, json)!;
    }
}
