using Grpc.Net.Client;

namespace Grpc.Core.Api.Tests.Loopback;

/// <summary>A server and a channel for each test.</summary>
public abstract class LoopbackTests
{
    private ProbeServer _server = null!;

    internal ProbeService Service { get; private set; } = null!;

    internal GrpcChannel Channel { get; private set; } = null!;

    internal Probe.ProbeClient Client => new(Channel);

    [SetUp]
    public async Task Start()
    {
        Service = new ProbeService();
        _server = await StartServer();
        Channel = Connect(_server.Address);
    }

    [TearDown]
    public async Task Stop()
    {
        Channel.Dispose();
        await _server.DisposeAsync();
    }

    internal virtual Task<ProbeServer> StartServer() => ProbeServer.Start(Service);

    internal virtual GrpcChannel Connect(Uri address) => GrpcChannel.ForAddress(address);
}
