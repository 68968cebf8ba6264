using System.Buffers;

namespace Grpc.Core;

/// <summary>
/// Takes the bytes of one message from a serializer, either as an array (<see cref="Complete(byte[])"/>) or through a buffer
/// (<see cref="SetPayloadLength"/>, <see cref="GetBufferWriter"/>, <see cref="Complete()"/>), and completes once.
/// </summary>
public abstract class SerializationContext
{
    /// <summary>Hands over the whole message and completes it.</summary>
    /// <param name="payload">The bytes; from now on they belong to the context.</param>
    /// <exception cref="NotImplementedException">The context takes no arrays.</exception>
    public virtual void Complete(byte[] payload) => throw new NotImplementedException();

    /// <summary>Gives the buffer to write the message to.</summary>
    /// <returns>The buffer, valid until <see cref="Complete()"/>.</returns>
    /// <exception cref="NotImplementedException">The context has no buffer.</exception>
    public virtual IBufferWriter<byte> GetBufferWriter() => throw new NotImplementedException();

    /// <summary>Announces the length, before <see cref="GetBufferWriter"/>, so that the bytes need not be moved. Optional.</summary>
    /// <param name="payloadLength">Exact number of bytes that will be written.</param>
    public virtual void SetPayloadLength(int payloadLength)
    {
    }

    /// <summary>Completes a message that was written to the buffer.</summary>
    /// <exception cref="NotImplementedException">The context has no buffer.</exception>
    public virtual void Complete() => throw new NotImplementedException();
}
