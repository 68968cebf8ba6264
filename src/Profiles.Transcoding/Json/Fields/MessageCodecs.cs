using System.Collections.Concurrent;
using Google.Protobuf.Reflection;

namespace Profiles.Transcoding.Json.Fields;

/// <summary>The codec of each message type, made once. Holds at most one entry for each generated class.</summary>
internal static class MessageCodecs
{
    private static readonly ConcurrentDictionary<MessageDescriptor, MessageCodec> s_codecs = new();

    public static MessageCodec Find(MessageDescriptor descriptor) => s_codecs.GetOrAdd(descriptor, Create);

    /// <summary>Makes the codecs of all types that the message can hold, so that no request has to.</summary>
    public static void Prepare(MessageDescriptor descriptor) => Prepare(descriptor, []);

    private static void Prepare(MessageDescriptor descriptor, HashSet<MessageDescriptor> done)
    {
        if (!done.Add(descriptor)) return;
        if (!descriptor.ClrTypeIsMapEntry()) Find(descriptor);
        foreach (var field in descriptor.Fields.InDeclarationOrder())
        {
            if (field.FieldType is FieldType.Message or FieldType.Group) Prepare(field.MessageType, done);
        }
    }

    // The entries of a map have no C# class.
    private static bool ClrTypeIsMapEntry(this MessageDescriptor descriptor) => descriptor.ClrType is null;

    private static MessageCodec Create(MessageDescriptor descriptor) =>
        ValueCodecFactory.IsPlain(descriptor) ? new PlainMessageCodec(descriptor) : ValueCodecFactory.CreateSpecial(descriptor);
}
