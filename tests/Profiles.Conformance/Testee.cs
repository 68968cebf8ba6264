using System.Buffers;
using System.Text;
using Conformance;
using Google.Protobuf;
using Profiles.Transcoding.Json;
using WireFormat = Conformance.WireFormat;

namespace Profiles.Conformance;

/// <summary>Answers a test case: JSON by our reader and writer, the binary form by Google.Protobuf, other forms not at all.</summary>
internal static class Testee
{
    public static ConformanceResponse Answer(ConformanceRequest request)
    {
        if (request.MessageType == "conformance.FailureSet") return Payload(new FailureSet());
        if (!TestMessages.TryFind(request.MessageType, out var type)) return Skip("message type " + request.MessageType);

        IMessage message;
        try
        {
            if (Read(request, type) is not { } read) return Skip($"input as {request.PayloadCase}");
            message = read;
        }
        catch (Exception error) when (error is ProtoJsonException or InvalidProtocolBufferException)
        {
            return new ConformanceResponse { ParseError = error.Message };
        }

        return Write(message, request.RequestedOutputFormat);
    }

    private static IMessage? Read(ConformanceRequest request, TestMessage type) => request.PayloadCase switch
    {
        ConformanceRequest.PayloadOneofCase.ProtobufPayload => type.ParseBinary(request.ProtobufPayload),
        ConformanceRequest.PayloadOneofCase.JsonPayload => type.ReadJson(Json(request.TestCategory), Encoding.UTF8.GetBytes(request.JsonPayload)),
        _ => null,
    };

    private static ConformanceResponse Write(IMessage message, WireFormat format) => format switch
    {
        WireFormat.Protobuf => Payload(message),
        WireFormat.Json => WriteJson(message),
        _ => Skip($"output as {format}"),
    };

    private static ConformanceResponse WriteJson(IMessage message)
    {
        var json = new ArrayBufferWriter<byte>();
        try
        {
            TestMessages.Strict.Write(message, json);
            return new ConformanceResponse { JsonPayload = Encoding.UTF8.GetString(json.WrittenSpan) };
        }
        catch (InvalidOperationException error)
        {
            return new ConformanceResponse { SerializeError = error.Message };
        }
    }

    private static ProtoJson Json(TestCategory category) =>
        category == TestCategory.JsonIgnoreUnknownParsingTest ? TestMessages.Lenient : TestMessages.Strict;

    private static ConformanceResponse Payload(IMessage message) => new() { ProtobufPayload = message.ToByteString() };

    private static ConformanceResponse Skip(string what) => new() { Skipped = "Not supported: " + what };
}
