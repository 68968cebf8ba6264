using Grpc.Core.Api.Tests.Loopback;
using Grpc.Core.Interceptors;

namespace Grpc.Core.Api.Tests.Contracts;

[TestFixture]
public class ClientTests
{
    [Test]
    public void A_client_asks_for_the_host_of_the_channel_in_every_kind() =>
        Assert.That(Hosts(new Probe.ProbeClient(new FakeChannel())), Is.All.Null);

    [Test]
    public void A_client_asks_for_another_host_in_every_kind() =>
        Assert.That(Hosts(new Probe.ProbeClient(new FakeChannel()).WithHost("other.example")), Is.All.EqualTo("other.example"));

    [Test]
    public void The_last_host_counts() =>
        Assert.That(Hosts(new Probe.ProbeClient(new FakeChannel()).WithHost("one").WithHost("two")), Is.All.EqualTo("two"));

    [Test]
    public void A_test_double_implements_no_call()
    {
        var client = new Double();

        Assert.That(() => client.Unary(new Note()), Throws.InstanceOf<NotImplementedException>());
        Assert.That(() => client.UnaryAsync(new Note()), Throws.InstanceOf<NotImplementedException>());
        Assert.That(() => client.Collect(), Throws.InstanceOf<NotImplementedException>());
        Assert.That(() => client.Expand(new Note()), Throws.InstanceOf<NotImplementedException>());
        Assert.That(() => client.Chat(), Throws.InstanceOf<NotImplementedException>());
    }

    [Test]
    public void Null_is_refused()
    {
        var invoker = new FakeChannel().CreateCallInvoker();

        Assert.That(() => new Probe.ProbeClient((CallInvoker)null!), Throws.ArgumentNullException);
        Assert.That(() => new Probe.ProbeClient(invoker).WithHost(null!), Throws.ArgumentNullException);
        Assert.That(() => invoker.Intercept((Interceptor)null!), Throws.ArgumentNullException);
        Assert.That(() => invoker.Intercept((Interceptor[])null!), Throws.ArgumentNullException);
        Assert.That(() => invoker.Intercept((Func<Metadata, Metadata>)null!), Throws.ArgumentNullException);
        Assert.That(() => ((CallInvoker)null!).Intercept(headers => headers), Throws.ArgumentNullException);
        Assert.That(() => new FakeChannel(null!), Throws.ArgumentNullException);
    }

    [Test]
    public void Without_interceptors_an_invoker_stays_what_it_is()
    {
        var invoker = new FakeChannel().CreateCallInvoker();

        Assert.That(invoker.Intercept(Array.Empty<Interceptor>()), Is.SameAs(invoker));
    }

    [Test]
    public async Task A_channel_has_its_target_and_shuts_down()
    {
        var channel = new FakeChannel("target");

        Assert.That(channel.Target, Is.EqualTo("target"));
        await channel.ShutdownAsync().Soon();
    }

    private static List<string?> Hosts(Probe.ProbeClient client)
    {
        var hosts = FakeInvoker.Hosts = [];
        client.Unary(new Note());
        _ = client.UnaryAsync(new Note());
        _ = client.Collect();
        client.Expand(new Note());
        client.Chat();
        Assert.That(hosts, Has.Count.EqualTo(5));
        return hosts;
    }

    private sealed class Double : Probe.ProbeClient;

    private sealed class FakeChannel(string target = "target") : ChannelBase(target)
    {
        public override CallInvoker CreateCallInvoker() => new FakeInvoker();
    }

    private sealed class FakeInvoker : CallInvoker
    {
        public static List<string?> Hosts { get; set; } = [];

        public override TResponse BlockingUnaryCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
            Seen<TResponse>(host);

        public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
            Seen<AsyncUnaryCall<TResponse>>(host);

        public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
            Seen<AsyncServerStreamingCall<TResponse>>(host);

        public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method, string? host, CallOptions options) =>
            Seen<AsyncClientStreamingCall<TRequest, TResponse>>(host);

        public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method, string? host, CallOptions options) =>
            Seen<AsyncDuplexStreamingCall<TRequest, TResponse>>(host);

        private static T Seen<T>(string? host)
        {
            Hosts.Add(host);
            return default!;
        }
    }
}
