using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Profiles.Wire.Tests.V1;

namespace Profiles.Wire.Tests.Protocols;

/// <summary>ProtoJSON by Google's own code, so that ours is not held against itself.</summary>
internal static class Json
{
    private static readonly TypeRegistry types = TypeRegistry.FromFiles(ComplianceReflection.Descriptor, Google.Rpc.StatusReflection.Descriptor,
        Google.Rpc.ErrorDetailsReflection.Descriptor);

    private static readonly JsonParser parser = new(JsonParser.Settings.Default.WithTypeRegistry(types));
    private static readonly JsonFormatter formatter = new(JsonFormatter.Settings.Default.WithTypeRegistry(types));

    public static string Format(IMessage message) => formatter.Format(message);

    public static T Parse<T>(string json)
        where T : IMessage, new() => parser.Parse<T>(json);

    public static IMessage Parse(string json, MessageDescriptor type) => parser.Parse(json, type);

    /// <summary>The error that a line of a stream is; null for a message.</summary>
    public static Google.Rpc.Status? Error(string line)
    {
        using var document = JsonDocument.Parse(line);
        var root = document.RootElement;
        return root.EnumerateObject().Count() == 1 && root.TryGetProperty("error", out var error)
            ? Parse<Google.Rpc.Status>(error.GetRawText())
            : null;
    }
}
