namespace Grpc.Core.Api.Tests.Contracts;

/// <summary>The calls as clients, interceptors and tests put them together, by either constructor.</summary>
[TestFixture]
public class AsyncCallTests
{
    private static readonly Status s_status = new(StatusCode.Aborted, "detail");
    private static readonly Metadata s_headers = new();
    private static readonly Metadata s_trailers = new();
    private static readonly IClientStreamWriter<string> s_requests = new NoWriter();
    private static readonly IAsyncStreamReader<string> s_responses = new NoReader();

    private readonly object _state = new();
    private int _disposed;

    [SetUp]
    public void Reset() => _disposed = 0;

    [Test]
    public async Task Unary([Values] bool withState)
    {
        var response = Task.FromResult("response");
        var call = withState
            ? new AsyncUnaryCall<string>(response, Headers, GetStatus, Trailers, Dispose, _state)
            : new AsyncUnaryCall<string>(response, Task.FromResult(s_headers), () => s_status, () => s_trailers, () => _disposed++);

        Assert.That(call.ResponseAsync, Is.SameAs(response));
        Assert.That(await call, Is.EqualTo("response"));
        Assert.That(await call.ConfigureAwait(false), Is.EqualTo("response"));
        await AssertShared(call.ResponseHeadersAsync, call.GetStatus(), call.GetTrailers(), call);
    }

    [Test]
    public async Task Client_streaming([Values] bool withState)
    {
        var response = Task.FromResult("response");
        var call = withState
            ? new AsyncClientStreamingCall<string, string>(s_requests, response, Headers, GetStatus, Trailers, Dispose, _state)
            : new AsyncClientStreamingCall<string, string>(
                s_requests, response, Task.FromResult(s_headers), () => s_status, () => s_trailers, () => _disposed++);

        Assert.That(call.RequestStream, Is.SameAs(s_requests));
        Assert.That(call.ResponseAsync, Is.SameAs(response));
        Assert.That(await call, Is.EqualTo("response"));
        Assert.That(await call.ConfigureAwait(false), Is.EqualTo("response"));
        await AssertShared(call.ResponseHeadersAsync, call.GetStatus(), call.GetTrailers(), call);
    }

    [Test]
    public async Task Server_streaming([Values] bool withState)
    {
        var call = withState
            ? new AsyncServerStreamingCall<string>(s_responses, Headers, GetStatus, Trailers, Dispose, _state)
            : new AsyncServerStreamingCall<string>(
                s_responses, Task.FromResult(s_headers), () => s_status, () => s_trailers, () => _disposed++);

        Assert.That(call.ResponseStream, Is.SameAs(s_responses));
        await AssertShared(call.ResponseHeadersAsync, call.GetStatus(), call.GetTrailers(), call);
    }

    [Test]
    public async Task Duplex_streaming([Values] bool withState)
    {
        var call = withState
            ? new AsyncDuplexStreamingCall<string, string>(s_requests, s_responses, Headers, GetStatus, Trailers, Dispose, _state)
            : new AsyncDuplexStreamingCall<string, string>(
                s_requests, s_responses, Task.FromResult(s_headers), () => s_status, () => s_trailers, () => _disposed++);

        Assert.That(call.RequestStream, Is.SameAs(s_requests));
        Assert.That(call.ResponseStream, Is.SameAs(s_responses));
        await AssertShared(call.ResponseHeadersAsync, call.GetStatus(), call.GetTrailers(), call);
    }

    private async Task AssertShared(Task<Metadata> headers, Status status, Metadata trailers, IDisposable call)
    {
        Assert.That(await headers.Soon(), Is.SameAs(s_headers));
        Assert.That(status, Is.EqualTo(s_status));
        Assert.That(trailers, Is.SameAs(s_trailers));
        Assert.That(_disposed, Is.Zero);
        call.Dispose();
        Assert.That(_disposed, Is.EqualTo(1));
    }

    private Task<Metadata> Headers(object state) => Task.FromResult(Checked(state, s_headers));

    private Status GetStatus(object state) => Checked(state, s_status);

    private Metadata Trailers(object state) => Checked(state, s_trailers);

    private void Dispose(object state) => _disposed += Checked(state, 1);

    private T Checked<T>(object state, T result)
    {
        Assert.That(state, Is.SameAs(_state));
        return result;
    }

    private sealed class NoReader : IAsyncStreamReader<string>
    {
        public string Current => "";

        public Task<bool> MoveNext(CancellationToken cancellationToken) => Task.FromResult(false);
    }

    private sealed class NoWriter : IClientStreamWriter<string>
    {
        public WriteOptions? WriteOptions { get; set; }

        public Task WriteAsync(string message) => Task.CompletedTask;

        public Task CompleteAsync() => Task.CompletedTask;
    }
}
