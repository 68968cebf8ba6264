namespace Grpc.Core;

/// <summary>Writes and reads the messages of one type.</summary>
/// <typeparam name="T">Type of the messages.</typeparam>
public class Marshaller<T>
{
    /// <summary>Creates a marshaller that works on arrays.</summary>
    /// <param name="serializer">Message to bytes.</param>
    /// <param name="deserializer">Bytes to message.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public Marshaller(Func<T, byte[]> serializer, Func<byte[], T> deserializer)
    {
        ArgumentNullException.ThrowIfNull(serializer);
        ArgumentNullException.ThrowIfNull(deserializer);
        Serializer = serializer;
        Deserializer = deserializer;
        ContextualSerializer = (message, context) => context.Complete(serializer(message));
        ContextualDeserializer = context => deserializer(context.PayloadAsNewBuffer());
    }

    /// <summary>Creates a marshaller that works on the buffers of the transport, without copies.</summary>
    /// <param name="serializer">Writes a message to its context.</param>
    /// <param name="deserializer">Reads a message from its context.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public Marshaller(Action<T, SerializationContext> serializer, Func<DeserializationContext, T> deserializer)
    {
        ArgumentNullException.ThrowIfNull(serializer);
        ArgumentNullException.ThrowIfNull(deserializer);
        ContextualSerializer = serializer;
        ContextualDeserializer = deserializer;
        Serializer = static _ => throw new NotImplementedException();
        Deserializer = static _ => throw new NotImplementedException();
    }

    /// <summary>Message to bytes. Throws <see cref="NotImplementedException"/> when made for contexts.</summary>
    public Func<T, byte[]> Serializer { get; }

    /// <summary>Bytes to message. Throws <see cref="NotImplementedException"/> when made for contexts.</summary>
    public Func<byte[], T> Deserializer { get; }

    /// <summary>Writes a message to its context. Every marshaller has it.</summary>
    public Action<T, SerializationContext> ContextualSerializer { get; }

    /// <summary>Reads a message from its context. Every marshaller has it.</summary>
    public Func<DeserializationContext, T> ContextualDeserializer { get; }
}
