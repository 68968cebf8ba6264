using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Profiles.Postgres.Connections;

namespace Profiles.Benchmarks.Floors;

/// <summary>The process of the floors: the same gRPC server with the settings of Kestrel that the real one has, and nothing around it.</summary>
internal static class FloorServer
{
    /// <summary>Serves until its input ends, and prints its address.</summary>
    public static async Task RunAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = 10_000;
            kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(240, TimeSpan.FromSeconds(5));
            kestrel.Limits.MinResponseDataRate = new MinDataRate(240, TimeSpan.FromSeconds(5));
            kestrel.Limits.Http2.MaxStreamsPerConnection = 100;
            kestrel.Limits.Http2.KeepAlivePingDelay = TimeSpan.FromSeconds(60);
            kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
        });
        builder.WebHost.UseSockets(sockets => sockets.WaitForDataBeforeAllocatingBuffer = false);
        builder.Services.AddGrpc();
        builder.Services.AddSingleton<FloorService>();
        builder.Services.AddSingleton(
            services => DataSources.Create($"Maximum Pool Size=24;{builder.Configuration["ConnectionStrings:Profiles"]}", services));
        await using var app = builder.Build();
        app.MapGrpcService<FloorService>();
        // Whoever counts its commands asks as soon as the address is known.
        app.Services.GetRequiredService<NpgsqlDataSource>();
        await app.StartAsync();
        await Console.Out.WriteLineAsync(app.Urls.First());
        await Console.In.ReadToEndAsync();
        await app.StopAsync();
    }
}
