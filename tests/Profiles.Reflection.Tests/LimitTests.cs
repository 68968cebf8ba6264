using Grpc.Core;
using Grpc.Reflection.V1;
using Microsoft.Extensions.Options;

namespace Profiles.Reflection.Tests;

/// <summary>A stream is bounded, and does not outlast the server.</summary>
[TestFixture(ReflectionVersion.V1)]
[TestFixture(ReflectionVersion.V1Alpha)]
internal sealed class LimitTests(ReflectionVersion version)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // Less than what an application gives its calls to end.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private static readonly ServerReflectionRequest List = new() { ListServices = "*" };

    [Test]
    public async Task One_question_too_many_ends_the_stream()
    {
        await using var app = await TestApp.StartAsync(options => options.MaxRequestsPerStream = 2);
        using var client = new ReflectionClient(app.Invoker, version, Patience);
        await client.AskAsync(List);
        await client.AskAsync(List);
        await client.SendAsync(List);

        var failure = await FailureAsync(client);

        Assert.That(failure.StatusCode, Is.EqualTo(StatusCode.ResourceExhausted));
    }

    [TestCase(40, false)]
    [TestCase(41, true)]
    public async Task A_long_question_ends_the_stream(int bytes, bool isTooLong)
    {
        await using var app = await TestApp.StartAsync(options => options.MaxRequestBytes = 40);
        using var client = new ReflectionClient(app.Invoker, version, Patience);
        await client.SendAsync(new ServerReflectionRequest { FileContainingSymbol = new string('a', bytes - 2) });

        if (isTooLong)
            Assert.That((await FailureAsync(client)).StatusCode, Is.EqualTo(StatusCode.ResourceExhausted));
        else
            Assert.That((await client.ReceiveAsync())!.ErrorResponse, Is.Not.Null);
    }

    [Test]
    public async Task An_open_stream_ends_when_the_server_stops()
    {
        await using var app = await TestApp.StartAsync();
        using var client = new ReflectionClient(app.Invoker, version, Patience);
        await client.AskAsync(List);
        // HttpClient forgets the end of a stream that it has not read yet when the connection closes behind it.
        await app.HoldCallAsync();

        var stopped = app.StopAsync();
        var failure = await FailureAsync(client);
        await app.EndHeldCallAsync();

        Assert.That(failure.StatusCode, Is.EqualTo(StatusCode.Unavailable));
        Assert.That(failure.Status.Detail, Is.EqualTo("The server is stopping."));
        await stopped.WaitAsync(Soon);
    }

    [Test]
    public async Task A_limit_below_one_is_refused() =>
        await Assert.ThrowsAsync<OptionsValidationException>(() => TestApp.StartAsync(options => options.MaxRequestBytes = 0));

    private static async Task<RpcException> FailureAsync(ReflectionClient client) =>
        (await Assert.ThrowsAsync<RpcException>(client.ReceiveAsync))!;
}
