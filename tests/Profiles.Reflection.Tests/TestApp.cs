using System.Net;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Shelf.V1;

namespace Profiles.Reflection.Tests;

/// <summary>A service with reflection on a real Kestrel at a free port of the loopback address.</summary>
internal sealed class TestApp : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly GrpcChannel channel;

    private TestApp(WebApplication app, GrpcChannel channel)
    {
        this.app = app;
        this.channel = channel;
    }

    public CallInvoker Invoker => channel.CreateCallInvoker();

    public static async Task<TestApp> StartAsync(Action<ReflectionOptions>? configure = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddRoutingCore();
        builder.Services.AddGrpc().AddReflection(configure);

        var built = builder.Build();
        built.UseRouting();
        built.MapGrpcService<ShelfService>();
        built.MapReflection();
        await built.StartAsync();
        var addresses = built.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        return new TestApp(built, GrpcChannel.ForAddress(addresses.Single()));
    }

    public Task StopAsync() => app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        channel.Dispose();
        await app.DisposeAsync();
    }

    private sealed class ShelfService : Shelves.ShelvesBase;
}
