namespace Grpc.Core;

/// <summary>Messages that arrive one after the other. One reader only: no two reads at a time.</summary>
/// <typeparam name="T">Type of the messages.</typeparam>
public interface IAsyncStreamReader<out T>
{
    /// <summary>The message that the last <see cref="MoveNext"/> arrived at. Undefined before the first and after the last.</summary>
    T Current { get; }

    /// <summary>Waits for the next message.</summary>
    /// <param name="cancellationToken">Gives up the read; with it the whole call is given up.</param>
    /// <returns>True when <see cref="Current"/> has a new message, false at the end of the stream.</returns>
    /// <exception cref="RpcException">On the client: the call failed, or <paramref name="cancellationToken"/> fired.</exception>
    Task<bool> MoveNext(CancellationToken cancellationToken);
}
