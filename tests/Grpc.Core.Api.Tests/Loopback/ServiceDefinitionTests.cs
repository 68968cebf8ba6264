using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;

namespace Grpc.Core.Api.Tests.Loopback;

/// <summary>Services that are bound by a <see cref="ServerServiceDefinition"/> instead of by their type.</summary>
[TestFixture]
public class ServiceDefinitionTests
{
    [Test]
    public async Task A_generated_definition_is_served()
    {
        await using var server = await ProbeServer.Start(new ProbeService(), map: routes =>
            routes.MapGrpcService(Probe.BindService(new ProbeService())));
        using var channel = GrpcChannel.ForAddress(server.Address);

        Assert.That((await new Probe.ProbeClient(channel).UnaryAsync(new Note { Text = "hello" }).Soon()).Text, Is.EqualTo("hello"));
    }

    [Test]
    public async Task A_built_definition_is_served_in_every_kind()
    {
        var unary = Text(MethodType.Unary);
        var collect = Text(MethodType.ClientStreaming);
        var expand = Text(MethodType.ServerStreaming);
        var chat = Text(MethodType.DuplexStreaming);
        var definition = ServerServiceDefinition.CreateBuilder()
            .AddMethod(unary, (string request, ServerCallContext _) => Task.FromResult(request + "!"))
            .AddMethod(collect, async (IAsyncStreamReader<string> requests, ServerCallContext _) =>
                string.Concat(await requests.ReadAll()))
            .AddMethod(expand, async (string request, IServerStreamWriter<string> responses, ServerCallContext _) =>
            {
                await responses.WriteAsync(request + "1");
                await responses.WriteAsync(request + "2");
            })
            .AddMethod(chat, async (IAsyncStreamReader<string> requests, IServerStreamWriter<string> responses, ServerCallContext _) =>
            {
                await foreach (var request in requests.ReadAllAsync())
                    await responses.WriteAsync(request + "?");
            })
            .Build();
        await using var server = await ProbeServer.Start(new ProbeService(), map: routes => routes.MapGrpcService(definition));
        using var channel = GrpcChannel.ForAddress(server.Address);
        var invoker = channel.CreateCallInvoker();

        Assert.That(invoker.BlockingUnaryCall(unary, null, new CallOptions(deadline: Waiting.Deadline), "a"), Is.EqualTo("a!"));
        Assert.That(await invoker.AsyncUnaryCall(unary, null, default, "b").Soon(), Is.EqualTo("b!"));

        using var collecting = invoker.AsyncClientStreamingCall(collect, null, default);
        await collecting.RequestStream.WriteAsync("x", CancellationToken.None).Soon();
        await collecting.RequestStream.WriteAsync("y").Soon();
        await collecting.RequestStream.CompleteAsync().Soon();
        Assert.That(await collecting.ResponseAsync.Soon(), Is.EqualTo("xy"));

        using var expanding = invoker.AsyncServerStreamingCall(expand, null, default, "n");
        Assert.That(await expanding.ResponseStream.ReadAll(), Is.EqualTo(new[] { "n1", "n2" }));

        using var chatting = invoker.AsyncDuplexStreamingCall(chat, null, default);
        await chatting.RequestStream.WriteAsync("who").Soon();
        await chatting.RequestStream.CompleteAsync().Soon();
        Assert.That(await chatting.ResponseStream.ReadAll(), Is.EqualTo(new[] { "who?" }));
    }

    private static Method<string, string> Text(MethodType type) =>
        new(type, "text.v1.Text", type.ToString(), Marshallers.StringMarshaller, Marshallers.StringMarshaller);
}
