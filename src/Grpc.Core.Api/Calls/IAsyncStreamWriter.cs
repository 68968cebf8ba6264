namespace Grpc.Core;

/// <summary>A stream that messages are written to. One writer only: no two writes at a time.</summary>
/// <typeparam name="T">Type of the messages.</typeparam>
public interface IAsyncStreamWriter<in T>
{
    /// <summary>Options of the writes that follow; null means those of the call.</summary>
    WriteOptions? WriteOptions { get; set; }

    /// <summary>Writes one message.</summary>
    /// <param name="message">The message, not null.</param>
    /// <returns>Completes when the message is handed to the transport, which is how flow control holds a writer back.</returns>
    Task WriteAsync(T message);

    /// <summary>Writes one message that can be given up while flow control holds it back.</summary>
    /// <param name="message">The message, not null.</param>
    /// <param name="cancellationToken">Gives up the write; with it the whole call is given up.</param>
    /// <returns>Completes when the message is handed to the transport.</returns>
    /// <exception cref="NotSupportedException">The writer does not implement this method and the token can fire.</exception>
    Task WriteAsync(T message, CancellationToken cancellationToken) => cancellationToken.CanBeCanceled
        ? throw new NotSupportedException("This stream cannot cancel a write.")
        : WriteAsync(message);
}
