using System.Runtime.CompilerServices;

namespace Grpc.Core;

/// <summary>A call with one request and one response, under way. Await it for the response.</summary>
/// <typeparam name="TResponse">Type of the response.</typeparam>
public sealed class AsyncUnaryCall<TResponse> : IDisposable
{
    private readonly CallState _state;

    /// <summary>Puts a call together. Client implementations, interceptors and tests use this.</summary>
    /// <param name="responseAsync">The response.</param>
    /// <param name="responseHeadersAsync">Headers of the response.</param>
    /// <param name="getStatusFunc">How the call ended.</param>
    /// <param name="getTrailersFunc">Metadata after the last message.</param>
    /// <param name="disposeAction">Gives up the call.</param>
    public AsyncUnaryCall(
        Task<TResponse> responseAsync,
        Task<Metadata> responseHeadersAsync,
        Func<Status> getStatusFunc,
        Func<Metadata> getTrailersFunc,
        Action disposeAction)
    {
        ResponseAsync = responseAsync;
        _state = new CallState(responseHeadersAsync, getStatusFunc, getTrailersFunc, disposeAction);
    }

    /// <summary>Puts a call together from callbacks that share a state object. Client implementations, interceptors and tests use this.</summary>
    /// <param name="responseAsync">The response.</param>
    /// <param name="responseHeadersAsync">Headers of the response.</param>
    /// <param name="getStatusFunc">How the call ended.</param>
    /// <param name="getTrailersFunc">Metadata after the last message.</param>
    /// <param name="disposeAction">Gives up the call.</param>
    /// <param name="state">What every callback is given.</param>
    public AsyncUnaryCall(
        Task<TResponse> responseAsync,
        Func<object, Task<Metadata>> responseHeadersAsync,
        Func<object, Status> getStatusFunc,
        Func<object, Metadata> getTrailersFunc,
        Action<object> disposeAction,
        object state)
    {
        ResponseAsync = responseAsync;
        _state = new CallState(responseHeadersAsync, getStatusFunc, getTrailersFunc, disposeAction, state);
    }

    /// <summary>The response.</summary>
    /// <value>Fails with <see cref="RpcException"/> when the call fails.</value>
    public Task<TResponse> ResponseAsync { get; }

    /// <summary>Headers of the response. They can come long before the first message.</summary>
    /// <value>Fails with <see cref="RpcException"/> when the call fails before there are any.</value>
    public Task<Metadata> ResponseHeadersAsync => _state.ResponseHeadersAsync;

    /// <summary>Lets the compiler await the call: the result is the response.</summary>
    /// <returns>The awaiter of <see cref="ResponseAsync"/>.</returns>
    public TaskAwaiter<TResponse> GetAwaiter() => ResponseAsync.GetAwaiter();

    /// <summary>Chooses where the code after an await of this call goes on.</summary>
    /// <param name="continueOnCapturedContext">True: in the context of the await, if it had one.</param>
    /// <returns>What to await.</returns>
    public ConfiguredTaskAwaitable<TResponse> ConfigureAwait(bool continueOnCapturedContext) =>
        ResponseAsync.ConfigureAwait(continueOnCapturedContext);

    /// <summary>How the call ended.</summary>
    /// <returns>The status.</returns>
    /// <exception cref="InvalidOperationException">The call has not ended.</exception>
    public Status GetStatus() => _state.GetStatus();

    /// <summary>Metadata that the server sent after its last message.</summary>
    /// <returns>The trailers.</returns>
    /// <exception cref="InvalidOperationException">The call has not ended.</exception>
    public Metadata GetTrailers() => _state.GetTrailers();

    /// <summary>Cancels the call if it has not ended, and releases what it holds. Needed only where a call may be left unfinished.</summary>
    public void Dispose() => _state.Dispose();
}
