using System.Buffers;
using Google.Api;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Profiles.Transcoding.Json.Fields;

namespace Profiles.Transcoding.Binding;

/// <summary>Fields that hold bytes as they were sent: <c>bytes</c>, and <c>google.api.HttpBody</c> with the type beside them.</summary>
internal static class RawContent
{
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
        else if (descriptor.FieldType == FieldType.Message && IsHttpBody(descriptor.MessageType)) Set(message, descriptor, ToHttpBody(contentType, content));
        else return false;
        return true;
    }

    /// <summary>Fills a message that is a <c>google.api.HttpBody</c> itself.</summary>
    public static void Fill(HttpBody body, string? contentType, ReadOnlySequence<byte> content)
    {
        body.ContentType = contentType ?? "";
        body.Data = ToByteString(content);
    }

    private static void Set(IMessage message, FieldDescriptor field, object value)
    {
        if (field.IsRepeated) ((System.Collections.IList)field.Accessor.GetValue(message)).Add(value);
        else field.Accessor.SetValue(message, value);
    }

    private static HttpBody ToHttpBody(string? contentType, ReadOnlySequence<byte> content)
    {
        var body = new HttpBody();
        Fill(body, contentType, content);
        return body;
    }

    private static ByteString ToByteString(ReadOnlySequence<byte> content) =>
        content.IsSingleSegment ? ByteString.CopyFrom(content.FirstSpan) : UnsafeByteOperations.UnsafeWrap(content.ToArray());
}
