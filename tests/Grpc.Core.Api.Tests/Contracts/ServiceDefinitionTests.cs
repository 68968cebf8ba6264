using System.Reflection;
using Grpc.Core.Api.Tests.Loopback;

namespace Grpc.Core.Api.Tests.Contracts;

[TestFixture]
public class ServiceDefinitionTests
{
    private static readonly UnaryServerMethod<string, string> s_unary = (request, _) => Task.FromResult(request);
    private static readonly ClientStreamingServerMethod<string, string> s_collect = (_, _) => Task.FromResult("");
    private static readonly ServerStreamingServerMethod<string, string> s_expand = (_, _, _) => Task.CompletedTask;
    private static readonly DuplexStreamingServerMethod<string, string> s_chat = (_, _, _) => Task.CompletedTask;

    [Test]
    public void A_definition_binds_every_kind_in_order()
    {
        var definition = ServerServiceDefinition.CreateBuilder()
            .AddMethod(Text("A"), s_unary)
            .AddMethod(Text("B"), s_collect)
            .AddMethod(Text("C"), s_expand)
            .AddMethod(Text("D"), s_chat)
            .Build();

        Assert.That(Bound(definition), Is.EqualTo(new (string, object?)[] { ("A", s_unary), ("B", s_collect), ("C", s_expand), ("D", s_chat) }));
    }

    [Test]
    public void A_name_is_added_once_whatever_its_kind()
    {
        var builder = new ServerServiceDefinition.Builder().AddMethod(Text("A"), s_unary);

        Assert.That(() => builder.AddMethod(Text("A"), s_unary), Throws.ArgumentException);
        Assert.That(() => builder.AddMethod(Text("A"), s_collect), Throws.ArgumentException);
        Assert.That(() => builder.AddMethod(Text("A"), s_expand), Throws.ArgumentException);
        Assert.That(() => builder.AddMethod(Text("A"), s_chat), Throws.ArgumentException);
        Assert.That(Bound(builder.AddMethod(Text("a"), s_chat).Build()), Has.Count.EqualTo(2), "Case counts.");
    }

    [Test]
    public void A_binder_that_overrides_nothing_says_so()
    {
        var binder = new ServiceBinderBase();

        Assert.That(() => binder.AddMethod(Text("A"), s_unary), Throws.InstanceOf<NotImplementedException>());
        Assert.That(() => binder.AddMethod(Text("A"), s_collect), Throws.InstanceOf<NotImplementedException>());
        Assert.That(() => binder.AddMethod(Text("A"), s_expand), Throws.InstanceOf<NotImplementedException>());
        Assert.That(() => binder.AddMethod(Text("A"), s_chat), Throws.InstanceOf<NotImplementedException>());
    }

    [Test]
    public void Generated_services_say_where_they_are_bound()
    {
        var attribute = typeof(ProbeService).GetCustomAttribute<BindServiceMethodAttribute>(inherit: true)!;

        Assert.That(attribute.BindType, Is.EqualTo(typeof(Probe)));
        Assert.That(attribute.BindMethodName, Is.EqualTo(nameof(Probe.BindService)));
    }

    [Test]
    public void Generated_services_bind_every_method()
    {
        var binder = new RecordingBinder();
        Probe.BindService(binder, new ProbeService());

        Assert.That(binder.Methods.Select(method => method.Name), Is.EqualTo(new[] { "Unary", "Collect", "Expand", "Chat" }));
    }

    private static Method<string, string> Text(string name) =>
        new(MethodType.Unary, "text.v1.Text", name, Marshallers.StringMarshaller, Marshallers.StringMarshaller);

    // Servers are friends of the assembly and call this; a test has to ask.
    private static List<(string Name, object? Handler)> Bound(ServerServiceDefinition definition)
    {
        var binder = new RecordingBinder();
        typeof(ServerServiceDefinition)
            .GetMethod("BindService", BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)!
            .Invoke(definition, [binder]);
        return binder.Methods;
    }

    private sealed class RecordingBinder : ServiceBinderBase
    {
        public List<(string Name, object? Handler)> Methods { get; } = [];

        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler) =>
            Methods.Add((method.Name, handler));

        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse>? handler) =>
            Methods.Add((method.Name, handler));

        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler) =>
            Methods.Add((method.Name, handler));

        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler) =>
            Methods.Add((method.Name, handler));
    }
}
