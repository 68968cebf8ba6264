namespace Grpc.Core;

/// <summary>The requests of a call, as its client writes them.</summary>
/// <typeparam name="T">Type of the messages.</typeparam>
public interface IClientStreamWriter<in T> : IAsyncStreamWriter<T>
{
    /// <summary>Tells the server that no more requests follow. Until then a server that reads on does not answer.</summary>
    /// <returns>Completes when the end is handed to the transport.</returns>
    Task CompleteAsync();
}
