using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Profiles.Server.Limits;

namespace Profiles.Server.Tests.Limits;

/// <summary>What is beyond the limit is refused at once, and takes nothing from what was let in. A gate holds the calls.</summary>
internal sealed class OverloadTests
{
    private const int Calls = 3;
    private const int Queue = 2;
    private const int Streams = 1;
    private const string Ok = "";
    private const string Unavailable = "14";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private CallPermits permits = null!;
    private TaskCompletionSource gate = null!;
    private OverloadMiddleware middleware = null!;
    private int running;

    [SetUp]
    public void Create()
    {
        running = 0;
        gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        permits = new CallPermits(Calls, Queue, Streams);
        middleware = new OverloadMiddleware(
            HoldAsync, permits, new NanosecondClock(TimeProvider.System), NullLogger<OverloadMiddleware>.Instance);
    }

    [TearDown]
    public async Task Dispose() => await permits.DisposeAsync();

    [Test]
    public async Task The_next_call_is_refused_at_once_and_the_others_finish()
    {
        var accepted = Enumerable.Range(0, Calls + Queue).Select(_ => CallAsync(MethodType.Unary)).ToList();
        Assert.That(running, Is.EqualTo(Calls));

        for (var i = 0; i < 100; i++)
        {
            var refused = CallAsync(MethodType.Unary);
            Assert.That(refused.IsCompleted, Is.True);
            Assert.That(await refused, Is.EqualTo(Unavailable));
        }

        Assert.That(accepted.Select(call => call.IsCompleted), Has.None.True);
        gate.SetResult();
        Assert.That(await Task.WhenAll(accepted).WaitAsync(Patience), Has.All.EqualTo(Ok));
        Assert.That(await CallAsync(MethodType.Unary).WaitAsync(Patience), Is.EqualTo(Ok));
    }

    [TestCase(MethodType.ServerStreaming)]
    [TestCase(MethodType.ClientStreaming)]
    [TestCase(MethodType.DuplexStreaming)]
    public async Task Streams_have_permits_of_their_own(MethodType kind)
    {
        var stream = CallAsync(kind);
        var refused = CallAsync(kind);
        var calls = Enumerable.Range(0, Calls).Select(_ => CallAsync(MethodType.Unary)).ToList();

        Assert.That(await refused.WaitAsync(Patience), Is.EqualTo(Unavailable));
        Assert.That(running, Is.EqualTo(1 + Calls));
        gate.SetResult();
        Assert.That(await Task.WhenAll(calls.Append(stream)).WaitAsync(Patience), Has.All.EqualTo(Ok));
    }

    [Test]
    public async Task What_is_open_to_everybody_needs_no_permit()
    {
        var calls = Enumerable.Range(0, Calls + Queue).Select(_ => CallAsync(MethodType.Unary)).ToList();
        var health = CallAsync(MethodType.Unary, new AllowAnonymousAttribute());

        Assert.That(running, Is.EqualTo(Calls + 1));
        gate.SetResult();
        Assert.That(await Task.WhenAll(calls.Append(health)).WaitAsync(Patience), Has.All.EqualTo(Ok));
    }

    [Test]
    public async Task A_caller_that_leaves_the_queue_makes_room_in_it()
    {
        var running3 = Enumerable.Range(0, Calls).Select(_ => CallAsync(MethodType.Unary)).ToList();
        using var leaves = new CancellationTokenSource();
        var waiting = Enumerable.Range(0, Queue).Select(_ => CallAsync(MethodType.Unary, leaves.Token)).ToList();
        await leaves.CancelAsync();
        foreach (var call in waiting)
            Assert.That(async () => await call.WaitAsync(Patience), Throws.InstanceOf<OperationCanceledException>());

        var next = CallAsync(MethodType.Unary);
        Assert.That(next.IsCompleted, Is.False);
        gate.SetResult();
        Assert.That(await Task.WhenAll(running3.Append(next)).WaitAsync(Patience), Has.All.EqualTo(Ok));
    }

    [Test]
    public async Task A_refused_caller_is_told_when_to_come_again()
    {
        var stream = CallAsync(MethodType.ServerStreaming);
        var context = Context(MethodType.ServerStreaming);
        await middleware.InvokeAsync(context);

        Assert.That(context.Response.Headers["grpc-retry-pushback-ms"].ToString(), Is.EqualTo("1000"));
        Assert.That(context.Response.Headers["grpc-status-details-bin"].ToString(), Is.Not.Empty);
        gate.SetResult();
        await stream.WaitAsync(Patience);
    }

    private static DefaultHttpContext Context(MethodType kind, params object[] metadata)
    {
        var bytes = Marshallers.Create<byte[]>(value => value, value => value);
        var method = new GrpcMethodMetadata(typeof(OverloadTests), new Method<byte[], byte[]>(kind, "test.v1.Test", "Call", bytes, bytes));
        var context = new DefaultHttpContext();
        context.SetEndpoint(new Endpoint(null, new EndpointMetadataCollection([method, .. metadata]), "test"));
        return context;
    }

    private Task HoldAsync(HttpContext context)
    {
        Interlocked.Increment(ref running);
        return gate.Task;
    }

    private Task<string> CallAsync(MethodType kind, params object[] metadata) => CallAsync(kind, CancellationToken.None, metadata);

    private async Task<string> CallAsync(MethodType kind, CancellationToken leaves, params object[] metadata)
    {
        var context = Context(kind, metadata);
        context.RequestAborted = leaves;
        await middleware.InvokeAsync(context);
        return context.Response.Headers.GrpcStatus.ToString();
    }
}
