using System.Buffers;

namespace Grpc.Core;

/// <summary>Gives the bytes of one message to a deserializer, which takes them once, in one of the two forms.</summary>
public abstract class DeserializationContext
{
    /// <summary>Number of bytes.</summary>
    public abstract int PayloadLength { get; }

    /// <summary>The bytes in an array of their own: simple, at the price of a copy.</summary>
    /// <returns>The bytes; they belong to the caller.</returns>
    /// <exception cref="NotImplementedException">The context makes no arrays.</exception>
    public virtual byte[] PayloadAsNewBuffer() => throw new NotImplementedException();

    /// <summary>The bytes where they are, without a copy.</summary>
    /// <returns>The bytes, valid until the deserializer returns.</returns>
    /// <exception cref="NotImplementedException">The context has no such view.</exception>
    public virtual ReadOnlySequence<byte> PayloadAsReadOnlySequence() => throw new NotImplementedException();
}
