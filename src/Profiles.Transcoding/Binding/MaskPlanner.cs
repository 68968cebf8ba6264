using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Microsoft.AspNetCore.Http;
using Profiles.Transcoding.Json.Fields;

namespace Profiles.Transcoding.Binding;

/// <summary>Finds the field mask of a request, and the message that it is about.</summary>
internal static class MaskPlanner
{
    private const string WholeRequest = "*";

    /// <param name="request">The request message.</param>
    /// <param name="bodyField">The field that the body fills; null where it fills the whole request.</param>
    /// <param name="httpMethod">The HTTP method.</param>
    /// <param name="asked">What the method asks for; null for nothing.</param>
    /// <returns>The mask; null where there is none, or no telling what it is about.</returns>
    /// <exception cref="FormatException">The method asks for what cannot be.</exception>
    public static MaskBinding? Create(PlainMessageCodec request, JsonField? bodyField, string httpMethod, FieldMaskFromKeysAttribute? asked)
    {
        if (OnlyMask(request.Table) is not { } mask || bodyField is { MaskKind: not MaskKind.Message }) return None(asked);

        var resource = bodyField;
        if (asked?.Resource is { } name) resource = Named(request.Table, name, bodyField);
        else if (bodyField is null && !TryFindResource(request.Table, out resource)) return Ambiguous(asked, request.Table.Descriptor);

        return new MaskBinding(
            mask,
            resource,
            resource is null ? request.Table : TableOf(resource),
            BodyIsRequest: bodyField is null,
            Inference(httpMethod, fromKeys: asked is not null));
    }

    /// <summary>Where a rule has no body that a mask can be about.</summary>
    public static MaskBinding? None(FieldMaskFromKeysAttribute? asked) =>
        asked is null ? null : throw new FormatException("it is to infer a field mask, but has no body of a message beside exactly one mask");

    private static MaskBinding? Ambiguous(FieldMaskFromKeysAttribute? asked, MessageDescriptor request) => asked is null
        ? null
        : throw new FormatException($"it is to infer a field mask, but {request.FullName} has several messages that it can be about: Resource must name one");

    private static MaskInference Inference(string httpMethod, bool fromKeys)
    {
        if (fromKeys || HttpMethods.IsPatch(httpMethod)) return MaskInference.FromKeys;
        return HttpMethods.IsPut(httpMethod) ? MaskInference.Everything : MaskInference.None;
    }

    private static JsonField? Named(MessageTable request, string name, JsonField? bodyField)
    {
        if (bodyField is not null && name != bodyField.Descriptor.Name)
            throw new FormatException($"its field mask is to be about \"{name}\", but the body is \"{bodyField.Descriptor.Name}\"");
        if (name == WholeRequest) return null;
        return Array.Find(request.Fields, field => field.Descriptor.Name == name && field.MaskKind == MaskKind.Message)
            ?? throw new FormatException($"its field mask is to be about \"{name}\", which is no single message in {request.Descriptor.FullName}");
    }

    /// <summary>The only message in the request, as in AIP-134; the request itself, null, where it has none.</summary>
    private static bool TryFindResource(MessageTable request, out JsonField? resource)
    {
        var messages = Array.FindAll(request.Fields, field => field.MaskKind == MaskKind.Message && !RawContent.IsHttpBody(field.Descriptor));
        resource = messages is [var only] ? only : null;
        return messages.Length <= 1;
    }

    private static JsonField? OnlyMask(MessageTable request)
    {
        var masks = Array.FindAll(request.Fields, field => IsMask(field.Descriptor));
        return masks is [var only] ? only : null;
    }

    private static bool IsMask(FieldDescriptor field) =>
        !field.IsRepeated && field.FieldType == FieldType.Message && field.MessageType == FieldMask.Descriptor;

    private static MessageTable TableOf(JsonField field) => ((PlainMessageCodec)MessageCodecs.Find(field.Descriptor.MessageType)).Table;
}
