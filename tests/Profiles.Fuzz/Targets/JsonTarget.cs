using System.Buffers;
using Google.Protobuf.Reflection;
using Profiles.Transcoding.Json;
using Profiles.Transcoding.Tests.V1;

namespace Profiles.Fuzz.Targets;

/// <summary>JSON texts: refused with a place, or read into a message that is written and read again as the same.</summary>
internal sealed class JsonTarget : IFuzzTarget
{
    private static readonly ProtoJsonOptions s_options = new()
    {
        TypeRegistry = TypeRegistry.FromFiles(EveryKindReflection.Descriptor),
        MaxElements = 10_000,
    };

    private static readonly ProtoJson s_strict = new(s_options);
    private static readonly ProtoJson s_lenient = new(s_options with { IgnoreUnknownFields = true });

    public string Name => "json";

    public Task<string> RunAsync(byte[] input) => Task.FromResult($"{Try(s_strict, input)} / {Try(s_lenient, input)}");

    private static string Try(ProtoJson json, byte[] input)
    {
        EveryKind message;
        try
        {
            message = json.Read<EveryKind>(input);
        }
        catch (ProtoJsonException refused)
        {
            if (refused.Line < 1 || refused.Column < 1) throw new InvalidOperationException("The fault has no place.", refused);
            return refused.Rule;
        }

        var again = json.Read<EveryKind>(Write(json, message));
        if (!again.Equals(message)) throw new InvalidOperationException($"What was written reads otherwise: {message} became {again}");
        return "read " + message.CalculateSize();
    }

    private static ReadOnlySpan<byte> Write(ProtoJson json, EveryKind message)
    {
        var output = new ArrayBufferWriter<byte>();
        json.Write(message, output);
        return output.WrittenSpan;
    }
}
