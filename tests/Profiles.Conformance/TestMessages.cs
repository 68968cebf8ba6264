using System.Diagnostics.CodeAnalysis;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Profiles.Transcoding.Json;
using ProtobufTestMessages.Editions;
using ProtobufTestMessages.Proto2;
using ProtobufTestMessages.Proto3;

namespace Profiles.Conformance;

/// <summary>How messages of one type are read.</summary>
internal sealed record TestMessage(Func<ByteString, IMessage> ParseBinary, TestMessage.JsonReader ReadJson)
{
    public delegate IMessage JsonReader(ProtoJson json, ReadOnlySpan<byte> utf8);
}

/// <summary>The message types that the runner sends, by their full names.</summary>
internal static class TestMessages
{
    private static readonly ProtoJsonOptions s_options = new()
    {
        TypeRegistry = TypeRegistry.FromFiles(
            TestMessagesProto2Reflection.Descriptor,
            TestMessagesProto3Reflection.Descriptor,
            TestMessagesEdition2023Reflection.Descriptor,
            ProtobufTestMessages.Editions.Proto2.TestMessagesProto2EditionsReflection.Descriptor,
            ProtobufTestMessages.Editions.Proto3.TestMessagesProto3EditionsReflection.Descriptor,
            EmptyReflection.Descriptor),
    };

    private static readonly Dictionary<string, TestMessage> s_types = new()
    {
        [TestAllTypesProto2.Descriptor.FullName] = Create<TestAllTypesProto2>(),
        [TestAllTypesProto3.Descriptor.FullName] = Create<TestAllTypesProto3>(),
        [TestAllTypesEdition2023.Descriptor.FullName] = Create<TestAllTypesEdition2023>(),
        [ProtobufTestMessages.Editions.Proto2.TestAllTypesProto2.Descriptor.FullName] =
            Create<ProtobufTestMessages.Editions.Proto2.TestAllTypesProto2>(),
        [ProtobufTestMessages.Editions.Proto3.TestAllTypesProto3.Descriptor.FullName] =
            Create<ProtobufTestMessages.Editions.Proto3.TestAllTypesProto3>(),
    };

    public static ProtoJson Strict { get; } = new(s_options);

    /// <summary>Passes over unknown fields and enum names.</summary>
    public static ProtoJson Lenient { get; } = new(s_options with { IgnoreUnknownFields = true });

    public static bool TryFind(string fullName, [NotNullWhen(true)] out TestMessage? type) => s_types.TryGetValue(fullName, out type);

    private static TestMessage Create<TMessage>()
        where TMessage : IMessage<TMessage>, new()
    {
        var parser = new MessageParser<TMessage>(() => new TMessage());
        return new TestMessage(bytes => parser.ParseFrom(bytes), (json, utf8) => json.Read<TMessage>(utf8));
    }
}
