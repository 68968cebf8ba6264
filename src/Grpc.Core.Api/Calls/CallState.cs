namespace Grpc.Core;

/// <summary>
/// What the four kinds of calls share: headers, status, trailers, disposal. Every callback takes a state object, so that a client
/// can pass static ones and allocate none per call.
/// </summary>
internal readonly struct CallState(
    Func<object, Task<Metadata>> headers,
    Func<object, Status> status,
    Func<object, Metadata> trailers,
    Action<object> dispose,
    object state)
{
    public CallState(Task<Metadata> headers, Func<Status> status, Func<Metadata> trailers, Action dispose)
        : this(
            static s => ((Callbacks)s).Headers,
            static s => ((Callbacks)s).Status(),
            static s => ((Callbacks)s).Trailers(),
            static s => ((Callbacks)s).Dispose(),
            new Callbacks(headers, status, trailers, dispose))
    {
    }

    public Task<Metadata> ResponseHeadersAsync => headers(state);

    public Status GetStatus() => status(state);

    public Metadata GetTrailers() => trailers(state);

    public void Dispose() => dispose(state);

    private sealed record Callbacks(Task<Metadata> Headers, Func<Status> Status, Func<Metadata> Trailers, Action Dispose);
}
