namespace Grpc.Core.Api.Tests.Loopback;

[TestFixture]
public class CallKindTests : LoopbackTests
{
    private static readonly Metadata s_request = new() { { "X-Text", "plain" }, { "x-data-bin", [0, 1, 255] } };

    [Test]
    public async Task Unary()
    {
        Service.OnUnary = async (request, context) =>
        {
            await EchoHeaders(context);
            return new Note { Text = request.Text + "!" };
        };

        using var call = Client.UnaryAsync(new Note { Text = "hello" }, s_request);

        Assert.That((await call.Soon()).Text, Is.EqualTo("hello!"));
        await AssertEnd(call.ResponseHeadersAsync, call.GetStatus(), call.GetTrailers());
    }

    [Test]
    public void Blocking_unary() =>
        Assert.That(Client.Unary(new Note { Text = "hello" }, deadline: Waiting.Deadline).Text, Is.EqualTo("hello"));

    [Test]
    public async Task Client_streaming()
    {
        var answer = Service.OnCollect;
        Service.OnCollect = async (requests, context) =>
        {
            await EchoHeaders(context);
            return await answer(requests, context);
        };

        using var call = Client.Collect(s_request);
        foreach (var text in new[] { "a", "b", "c" })
            await call.RequestStream.WriteAsync(new Note { Text = text }).Soon();
        await call.RequestStream.CompleteAsync().Soon();

        Assert.That((await call.ResponseAsync.Soon()).Text, Is.EqualTo("a,b,c"));
        await AssertEnd(call.ResponseHeadersAsync, call.GetStatus(), call.GetTrailers());
    }

    [Test]
    public async Task Server_streaming()
    {
        var answer = Service.OnExpand;
        Service.OnExpand = async (request, responses, context) =>
        {
            await EchoHeaders(context);
            await answer(request, responses, context);
        };

        using var call = Client.Expand(new Note { Text = "a,b,c" }, s_request);

        Assert.That((await call.ResponseStream.ReadAll()).Select(note => note.Text), Is.EqualTo(new[] { "a", "b", "c" }));
        await AssertEnd(call.ResponseHeadersAsync, call.GetStatus(), call.GetTrailers());
    }

    [Test]
    public async Task Duplex_streaming()
    {
        var answer = Service.OnChat;
        Service.OnChat = async (requests, responses, context) =>
        {
            await EchoHeaders(context);
            await answer(requests, responses, context);
        };

        using var call = Client.Chat(s_request);
        foreach (var text in new[] { "a", "b", "c" })
        {
            // The answer comes before the next request is written: both streams are open at the same time.
            await call.RequestStream.WriteAsync(new Note { Text = text }).Soon();
            Assert.That(await call.ResponseStream.MoveNext().Soon(), Is.True);
            Assert.That(call.ResponseStream.Current.Text, Is.EqualTo(text));
        }

        await call.RequestStream.CompleteAsync().Soon();
        Assert.That(await call.ResponseStream.MoveNext().Soon(), Is.False);
        await AssertEnd(call.ResponseHeadersAsync, call.GetStatus(), call.GetTrailers());
    }

    [Test]
    public async Task The_server_sees_the_call()
    {
        var deadline = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(1);
        Service.OnUnary = (request, context) =>
        {
            Assert.That(context.Method, Is.EqualTo("/grpc.core.api.tests.v1.Probe/Unary"));
            Assert.That(context.Host, Is.EqualTo(Channel.Target));
            Assert.That(context.Peer, Does.StartWith("ipv4:127.0.0.1:"));
            Assert.That(context.Deadline, Is.EqualTo(deadline).Within(TimeSpan.FromSeconds(1)));
            Assert.That(context.AuthContext.IsPeerAuthenticated, Is.False);
            context.UserState["key"] = "value";
            Assert.That(context.UserState, Contains.Key("key").WithValue("value"));
            Assert.That(() => context.CreatePropagationToken(), Throws.InstanceOf<NotImplementedException>());
            return Task.FromResult(new Note { Text = "all seen" });
        };

        Assert.That((await Client.UnaryAsync(new Note(), deadline: deadline).Soon()).Text, Is.EqualTo("all seen"));
    }

    [Test]
    public async Task Without_a_deadline_the_server_sees_the_end_of_time()
    {
        Service.OnUnary = (_, context) => Task.FromResult(new Note { Text = $"{context.Deadline == DateTime.MaxValue}" });

        Assert.That((await Client.UnaryAsync(new Note()).Soon()).Text, Is.EqualTo("True"));
    }

    private static async Task EchoHeaders(ServerCallContext context)
    {
        await context.WriteResponseHeadersAsync(new Metadata { { "x-text", context.RequestHeaders.GetValue("x-text")! } });
        context.ResponseTrailers.Add("x-data-bin", context.RequestHeaders.GetValueBytes("x-data-bin")!);
        context.Status = new Status(StatusCode.OK, "well done");
    }

    private static async Task AssertEnd(Task<Metadata> headers, Status status, Metadata trailers)
    {
        Assert.That((await headers.Soon()).GetValue("x-text"), Is.EqualTo("plain"));
        Assert.That(trailers.GetValueBytes("x-data-bin"), Is.EqualTo(new byte[] { 0, 1, 255 }));
        Assert.That(status.StatusCode, Is.EqualTo(StatusCode.OK));
        Assert.That(status.Detail, Is.EqualTo("well done"));
    }
}
