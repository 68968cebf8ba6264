namespace Grpc.Core;

/// <summary>The responses of a call, as its service method writes them; the stream ends when that method returns.</summary>
/// <typeparam name="T">Type of the messages.</typeparam>
public interface IServerStreamWriter<in T> : IAsyncStreamWriter<T>
{
}
