using Google.Api;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Profiles.Transcoding.Binding;
using Profiles.Transcoding.Json.Fields;

namespace Profiles.Transcoding.Calls;

/// <summary>A response that is a <c>google.api.HttpBody</c>: sent as it is, with the type that it names.</summary>
internal static class RawBody
{
    private const string Unnamed = "application/octet-stream";

    /// <summary>Whether the response, or the field that stands for it, is one.</summary>
    public static bool Is(MessageDescriptor response, JsonField? field) =>
        (field is null ? response : SingleMessage(field.Descriptor))?.FullName == HttpBody.Descriptor.FullName;

    /// <summary>The body of a response of which <see cref="Is"/> holds.</summary>
    public static (string ContentType, ByteString Data) Of(IMessage response, JsonField? field) =>
        RawContent.Read(field is null ? response : (IMessage?)field.Descriptor.Accessor.GetValue(response));

    /// <exception cref="UnwritableResponseException">What the body calls its type is none.</exception>
    public static void SetHeaders(HttpResponse response, string contentType)
    {
        var type = contentType.Length == 0 ? Unnamed : contentType;
        if (!MediaTypeHeaderValue.TryParse(type, out _))
            throw new UnwritableResponseException(new InvalidOperationException("The content_type of the HttpBody is no media type."));
        response.ContentType = type;
        // The type was said; a browser that guesses another could be made to run what a stranger has uploaded.
        response.Headers.XContentTypeOptions = "nosniff";
    }

    private static MessageDescriptor? SingleMessage(FieldDescriptor field) =>
        field.FieldType == FieldType.Message && !field.IsRepeated ? field.MessageType : null;
}
