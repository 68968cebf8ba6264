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
    private Task heldCall = Task.CompletedTask;

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
        builder.Services.AddSingleton<ShelfService>();

        var built = builder.Build();
        built.UseRouting();
        built.MapGrpcService<ShelfService>();
        built.MapReflection();
        await built.StartAsync();
        var addresses = built.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        return new TestApp(built, GrpcChannel.ForAddress(addresses.Single()));
    }

    public Task StopAsync() => app.StopAsync();

    /// <summary>Begins a call that stays open, with its connection, until <see cref="EndHeldCallAsync"/>.</summary>
    public async Task HoldCallAsync()
    {
        heldCall = new Shelves.ShelvesClient(Invoker).FindAsync(new FindRequest()).ResponseAsync;
        await app.Services.GetRequiredService<ShelfService>().Begun.Task;
    }

    public async Task EndHeldCallAsync()
    {
        app.Services.GetRequiredService<ShelfService>().End.SetResult();
        await heldCall;
    }

    public async ValueTask DisposeAsync()
    {
        channel.Dispose();
        await app.DisposeAsync();
    }

    private sealed class ShelfService : Shelves.ShelvesBase
    {
        public TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource End { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override async Task<Book> Find(FindRequest request, ServerCallContext context)
        {
            Begun.SetResult();
            await End.Task;
            return new Book();
        }
    }
}
