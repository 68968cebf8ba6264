using Grpc.Net.Client;

namespace Grpc.Core.Api.Tests.Loopback;

[TestFixture]
public class FailureTests : LoopbackTests
{
    [Test]
    public async Task An_exception_of_the_service_reaches_the_client()
    {
        Service.OnUnary = (_, _) => throw Failure();

        using var call = Client.UnaryAsync(new Note());
        var failure = await Caught(call.ResponseAsync);

        AssertFailure(failure);
        Assert.That(call.GetStatus().StatusCode, Is.EqualTo(StatusCode.FailedPrecondition));
        Assert.That(call.GetTrailers().GetAll("x-text").Select(entry => entry.Value), Is.EqualTo(new[] { "one", "two" }));
    }

    [Test]
    public async Task An_exception_in_the_middle_of_a_stream_comes_after_its_messages()
    {
        Service.OnExpand = async (request, responses, context) =>
        {
            await responses.WriteAsync(request);
            throw Failure();
        };

        using var call = Client.Expand(new Note { Text = "first" });
        Assert.That(await call.ResponseStream.MoveNext().Soon(), Is.True);

        AssertFailure(await Caught(call.ResponseStream.MoveNext()));
    }

    [Test]
    public async Task An_exception_that_is_no_status_shows_nothing_of_itself()
    {
        Service.OnUnary = (_, _) => throw new InvalidOperationException("internal matter");

        var failure = await Caught(Client.UnaryAsync(new Note()).ResponseAsync);

        Assert.That(failure.StatusCode, Is.EqualTo(StatusCode.Unknown));
        Assert.That(failure.ToString(), Does.Not.Contain("internal matter"));
    }

    [Test]
    public async Task An_unknown_method_is_unimplemented()
    {
        var method = new Method<string, string>(
            MethodType.Unary, "grpc.core.api.tests.v1.Probe", "Missing", Marshallers.StringMarshaller, Marshallers.StringMarshaller);

        var failure = await Caught(Channel.CreateCallInvoker().AsyncUnaryCall(method, null, default, "").ResponseAsync);

        Assert.That(failure.StatusCode, Is.EqualTo(StatusCode.Unimplemented));
    }

    [Test]
    public async Task A_server_that_is_not_there_is_unavailable_and_says_why_locally()
    {
        using var channel = GrpcChannel.ForAddress("http://127.0.0.1:1");

        var failure = await Caught(new Probe.ProbeClient(channel).UnaryAsync(new Note()).ResponseAsync);

        Assert.That(failure.StatusCode, Is.EqualTo(StatusCode.Unavailable));
        Assert.That(failure.Status.DebugException, Is.Not.Null);
    }

    [Test]
    public async Task A_deadline_ends_the_call_on_both_sides()
    {
        var givenUp = new TaskCompletionSource();
        Service.OnUnary = async (request, context) =>
        {
            await Cancelled(context.CancellationToken);
            givenUp.SetResult();
            return request;
        };
        var deadline = TimeProvider.System.GetUtcNow().UtcDateTime.AddMilliseconds(200);

        var failure = await Caught(Client.UnaryAsync(new Note(), deadline: deadline).ResponseAsync);

        Assert.That(failure.StatusCode, Is.EqualTo(StatusCode.DeadlineExceeded));
        await givenUp.Task.Soon();
    }

    [Test]
    public async Task A_token_cancels_the_call_on_both_sides()
    {
        var (started, givenUp) = WaitForCancellation();
        using var source = new CancellationTokenSource();
        var call = Client.UnaryAsync(new Note(), cancellationToken: source.Token);

        await started.Soon();
        await source.CancelAsync();

        Assert.That((await Caught(call.ResponseAsync)).StatusCode, Is.EqualTo(StatusCode.Cancelled));
        await givenUp.Soon();
    }

    [Test]
    public async Task To_dispose_a_call_cancels_it_on_both_sides()
    {
        var (started, givenUp) = WaitForCancellation();
        var call = Client.UnaryAsync(new Note());

        await started.Soon();
        Assert.That(call.GetStatus, Throws.InvalidOperationException);
        call.Dispose();

        Assert.That((await Caught(call.ResponseAsync)).StatusCode, Is.EqualTo(StatusCode.Cancelled));
        await givenUp.Soon();
    }

    [Test]
    public async Task A_read_that_is_given_up_gives_up_the_call()
    {
        var (started, givenUp) = WaitForCancellation();
        Service.OnChat = async (_, _, context) => await Service.OnUnary(new Note(), context);
        using var source = new CancellationTokenSource();
        using var call = Client.Chat();
        var read = call.ResponseStream.MoveNext(source.Token);

        await started.Soon();
        await source.CancelAsync();

        Assert.That((await Caught(read)).StatusCode, Is.EqualTo(StatusCode.Cancelled));
        await givenUp.Soon();
    }

    private static RpcException Failure() => new(
        new Status(StatusCode.FailedPrecondition, "not ready, even with ünïcode"),
        new Metadata { { "x-text", "one" }, { "x-text", "two" }, { "x-data-bin", [1, 2, 3] } });

    private static void AssertFailure(RpcException failure)
    {
        Assert.That(failure.StatusCode, Is.EqualTo(StatusCode.FailedPrecondition));
        Assert.That(failure.Status.Detail, Is.EqualTo("not ready, even with ünïcode"));
        Assert.That(failure.Trailers.GetAll("x-text").Select(entry => entry.Value), Is.EqualTo(new[] { "one", "two" }));
        Assert.That(failure.Trailers.GetValueBytes("x-data-bin"), Is.EqualTo(new byte[] { 1, 2, 3 }));
    }

    private static async Task<RpcException> Caught(Task task)
    {
        try
        {
            await task.Soon();
        }
        catch (RpcException exception)
        {
            return exception;
        }

        throw new AssertionException("The call did not fail.");
    }

    private static Task Cancelled(CancellationToken token)
    {
        var cancelled = new TaskCompletionSource();
        token.Register(cancelled.SetResult);
        return cancelled.Task.Soon();
    }

    private (Task Started, Task GivenUp) WaitForCancellation()
    {
        var started = new TaskCompletionSource();
        var givenUp = new TaskCompletionSource();
        Service.OnUnary = async (request, context) =>
        {
            started.SetResult();
            await Cancelled(context.CancellationToken);
            givenUp.SetResult();
            return request;
        };
        return (started.Task, givenUp.Task);
    }
}
