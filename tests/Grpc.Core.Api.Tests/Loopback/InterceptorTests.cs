using System.Collections.Concurrent;
using Grpc.Core.Interceptors;

namespace Grpc.Core.Api.Tests.Loopback;

[TestFixture]
public class InterceptorTests : LoopbackTests
{
    private readonly ConcurrentQueue<string> _client = new();
    private readonly ConcurrentQueue<string> _server = new();
    private readonly ConcurrentQueue<string> _headers = new();

    [SetUp]
    public void Clear()
    {
        _client.Clear();
        _server.Clear();
        _headers.Clear();
    }

    internal override Task<ProbeServer> StartServer() => ProbeServer.Start(Service, options =>
    {
        options.Interceptors.Add<RecordingInterceptor>("outer", _server);
        options.Interceptors.Add<RecordingInterceptor>("inner", _server);
        options.Interceptors.Add<HeaderRecorder>(_headers);
    });

    [Test]
    public async Task Every_kind_passes_through_the_interceptors_of_both_sides()
    {
        await CallEveryKind(new Probe.ProbeClient(Channel.Intercept(Recording("client"))));

        Assert.That(_client, Is.EqualTo(new[]
        {
            "client blocking Unary", "client Unary", "client Collect", "client Expand", "client Chat",
        }));
        Assert.That(_server, Is.EqualTo(new[]
        {
            "outer /grpc.core.api.tests.v1.Probe/Unary", "inner /grpc.core.api.tests.v1.Probe/Unary",
            "outer /grpc.core.api.tests.v1.Probe/Unary", "inner /grpc.core.api.tests.v1.Probe/Unary",
            "outer /grpc.core.api.tests.v1.Probe/Collect", "inner /grpc.core.api.tests.v1.Probe/Collect",
            "outer /grpc.core.api.tests.v1.Probe/Expand", "inner /grpc.core.api.tests.v1.Probe/Expand",
            "outer /grpc.core.api.tests.v1.Probe/Chat", "inner /grpc.core.api.tests.v1.Probe/Chat",
        }));
    }

    [Test]
    public async Task The_first_of_a_list_and_the_last_of_a_chain_get_control_first()
    {
        var invoker = Channel.Intercept(Recording("a"), Recording("b")).Intercept(Recording("c"), Recording("d")).Intercept(Recording("e"));

        await new Probe.ProbeClient(invoker).UnaryAsync(new Note()).Soon();

        Assert.That(_client, Is.EqualTo(new[] { "e Unary", "c Unary", "d Unary", "a Unary", "b Unary" }));
    }

    [Test]
    public async Task A_function_replaces_the_headers_of_every_kind()
    {
        var invoker = Channel.Intercept(headers => Added(headers, "channel")).Intercept(headers => Added(headers, "invoker"));

        await CallEveryKind(new Probe.ProbeClient(invoker));

        Assert.That(_headers, Is.EqualTo(Enumerable.Repeat("invoker, channel", 5)));
    }

    [Test]
    public async Task A_function_gets_the_headers_of_the_call()
    {
        var client = new Probe.ProbeClient(Channel.Intercept(headers => Added(headers, "function")));

        await client.UnaryAsync(new Note(), new Metadata { { "x-by", "caller" } }).Soon();

        Assert.That(_headers, Is.EqualTo(new[] { "caller, function" }));
    }

    [Test]
    public async Task An_interceptor_answers_without_going_on()
    {
        var client = new Probe.ProbeClient(Channel.Intercept(new AnsweringInterceptor(new Note { Text = "cached" })));

        var answer = await client.UnaryAsync(new Note { Text = "question" }).Soon();

        Assert.That(answer.Text, Is.EqualTo("cached"));
        Assert.That(_server, Is.Empty);
    }

    private static Metadata Added(Metadata headers, string value)
    {
        headers.Add("x-by", value);
        return headers;
    }

    private static async Task CallEveryKind(Probe.ProbeClient client)
    {
        client.Unary(new Note(), deadline: Waiting.Deadline);
        await client.UnaryAsync(new Note()).Soon();
        using var collect = client.Collect();
        await collect.RequestStream.CompleteAsync().Soon();
        await collect.ResponseAsync.Soon();
        using var expand = client.Expand(new Note());
        await expand.ResponseStream.ReadAll();
        using var chat = client.Chat();
        await chat.RequestStream.CompleteAsync().Soon();
        await chat.ResponseStream.ReadAll();
    }

    private RecordingInterceptor Recording(string name) => new(name, _client);

    /// <summary>Records a header of each call. HTTP joins the values of a header that is sent twice.</summary>
    private sealed class HeaderRecorder(ConcurrentQueue<string> log) : Interceptor
    {
        public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
            TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
        {
            Record(context);
            return continuation(request, context);
        }

        public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
            IAsyncStreamReader<TRequest> requestStream,
            ServerCallContext context,
            ClientStreamingServerMethod<TRequest, TResponse> continuation)
        {
            Record(context);
            return continuation(requestStream, context);
        }

        public override Task ServerStreamingServerHandler<TRequest, TResponse>(
            TRequest request,
            IServerStreamWriter<TResponse> responseStream,
            ServerCallContext context,
            ServerStreamingServerMethod<TRequest, TResponse> continuation)
        {
            Record(context);
            return continuation(request, responseStream, context);
        }

        public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
            IAsyncStreamReader<TRequest> requestStream,
            IServerStreamWriter<TResponse> responseStream,
            ServerCallContext context,
            DuplexStreamingServerMethod<TRequest, TResponse> continuation)
        {
            Record(context);
            return continuation(requestStream, responseStream, context);
        }

        private void Record(ServerCallContext context) =>
            log.Enqueue(context.RequestHeaders.GetValue("x-by")!);
    }

    private sealed class AnsweringInterceptor(Note answer) : Interceptor
    {
        public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
            TRequest request,
            ClientInterceptorContext<TRequest, TResponse> context,
            AsyncUnaryCallContinuation<TRequest, TResponse> continuation) => new(
                Task.FromResult((TResponse)(object)answer),
                Task.FromResult(new Metadata()),
                () => Status.DefaultSuccess,
                () => [],
                () => { });
    }
}
