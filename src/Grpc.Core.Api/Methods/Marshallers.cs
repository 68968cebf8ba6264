using System.Text;

namespace Grpc.Core;

/// <summary>Makes marshallers without naming their type argument.</summary>
public static class Marshallers
{
    /// <summary>Text as UTF-8, for tests and experiments.</summary>
    public static Marshaller<string> StringMarshaller { get; } = new(Encoding.UTF8.GetBytes, Encoding.UTF8.GetString);

    /// <summary>Creates a marshaller that works on arrays.</summary>
    /// <typeparam name="T">Type of the messages.</typeparam>
    /// <param name="serializer">Message to bytes.</param>
    /// <param name="deserializer">Bytes to message.</param>
    /// <returns>The marshaller.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static Marshaller<T> Create<T>(Func<T, byte[]> serializer, Func<byte[], T> deserializer) => new(serializer, deserializer);

    /// <summary>Creates a marshaller that works on the buffers of the transport, without copies.</summary>
    /// <typeparam name="T">Type of the messages.</typeparam>
    /// <param name="serializer">Writes a message to its context.</param>
    /// <param name="deserializer">Reads a message from its context.</param>
    /// <returns>The marshaller.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static Marshaller<T> Create<T>(Action<T, SerializationContext> serializer, Func<DeserializationContext, T> deserializer) =>
        new(serializer, deserializer);
}
