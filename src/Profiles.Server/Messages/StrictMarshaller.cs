using System.Buffers;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Profiles.Core.Errors;
using Profiles.Server.Errors;

namespace Profiles.Server.Messages;

/// <summary>Reads requests, and says of those that are malformed that their sender is at fault.</summary>
internal static class StrictMarshaller
{
    /// <summary>The generated marshaller of a request, made strict.</summary>
    public static Marshaller<T> Of<T>(Marshaller<T> generated, MessageDescriptor message)
    {
        var text = TextFields.Of(message);
        var parse = generated.ContextualDeserializer;
        return Marshallers.Create(generated.ContextualSerializer, context => Read(context, parse, text));
    }

    private static T Read<T>(DeserializationContext context, Func<DeserializationContext, T> parse, TextFields text)
    {
        T request;
        try
        {
            request = parse(context);
        }
        catch (InvalidProtocolBufferException)
        {
            throw Refuse(new ProfilesException(ErrorReason.InvalidRequest, "The request is not a message that the method takes."));
        }

        return FindInvalid(context.PayloadAsReadOnlySequence(), text) is { } path
            ? throw Refuse(ProfilesException.Invalid(path, "must be text in UTF-8"))
            : request;
    }

    private static string? FindInvalid(ReadOnlySequence<byte> payload, TextFields text) =>
        text.FindInvalid(payload.IsSingleSegment ? payload.FirstSpan : payload.ToArray());

    private static RpcException Refuse(ProfilesException exception) => ErrorMap.ToRpcException(ErrorMap.ToStatus(exception));
}
