using System.Buffers;
using Google.Api;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Profiles.Transcoding.Json.Fields;

namespace Profiles.Transcoding.Binding;

/// <summary>
/// Fields that hold bytes as they were sent: <c>bytes</c>, and <c>google.api.HttpBody</c> with the type beside them. Any class will do that is
/// generated from that message: the one of Google.Api.CommonProtos 2.0.0 cannot be part of messages that go over gRPC.
/// </summary>
internal static class RawContent
{
    private const int ContentTypeField = 1;
    private const int DataField = 2;

    public static bool IsHttpBody(MessageDescriptor message) => message.FullName == HttpBody.Descriptor.FullName;

    public static bool IsHttpBody(FieldDescriptor field) =>
        field.FieldType == FieldType.Message && !field.IsRepeated && IsHttpBody(field.MessageType);

    /// <summary>Sets a field from bytes; one more element where it is repeated.</summary>
    /// <returns>Whether the field holds such a thing.</returns>
    public static bool TrySet(IMessage message, JsonField field, string? contentType, ReadOnlySequence<byte> content)
    {
        var descriptor = field.Descriptor;
        if (descriptor.IsMap) return false;
        if (descriptor.FieldType == FieldType.Bytes) Set(message, descriptor, ToByteString(content));
        else if (descriptor.FieldType == FieldType.Message && IsHttpBody(descriptor.MessageType)) Set(message, descriptor, ToHttpBody(descriptor.MessageType, contentType, content));
        else return false;
        return true;
    }

    /// <summary>Fills a message that is a <c>google.api.HttpBody</c> itself.</summary>
    public static void Fill(IMessage body, string? contentType, ReadOnlySequence<byte> content)
    {
        FieldOf(body, ContentTypeField).SetValue(body, contentType ?? "");
        FieldOf(body, DataField).SetValue(body, ToByteString(content));
    }

    /// <summary>What a message holds that is a <c>google.api.HttpBody</c>; nothing where there is none.</summary>
    public static (string ContentType, ByteString Data) Read(IMessage? body) => body is null
        ? ("", ByteString.Empty)
        : ((string)FieldOf(body, ContentTypeField).GetValue(body), (ByteString)FieldOf(body, DataField).GetValue(body));

    private static IFieldAccessor FieldOf(IMessage body, int number) => body.Descriptor.FindFieldByNumber(number).Accessor;

    private static void Set(IMessage message, FieldDescriptor field, object value)
    {
        if (field.IsRepeated) ((System.Collections.IList)field.Accessor.GetValue(message)).Add(value);
        else field.Accessor.SetValue(message, value);
    }

    private static IMessage ToHttpBody(MessageDescriptor message, string? contentType, ReadOnlySequence<byte> content)
    {
        var body = ((PlainMessageCodec)MessageCodecs.Find(message)).Table.Create();
        Fill(body, contentType, content);
        return body;
    }

    private static ByteString ToByteString(ReadOnlySequence<byte> content) =>
        content.IsSingleSegment ? ByteString.CopyFrom(content.FirstSpan) : UnsafeByteOperations.UnsafeWrap(content.ToArray());
}
