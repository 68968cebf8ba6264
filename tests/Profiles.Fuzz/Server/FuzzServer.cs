using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Profiles.Fuzz.Server;

/// <summary>A server with the echoing service, on a free port of the loopback address.</summary>
internal sealed class FuzzServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ErrorLog _errors;

    private FuzzServer(WebApplication app, ErrorLog errors, int port)
    {
        _app = app;
        _errors = errors;
        Port = port;
    }

    public int Port { get; }

    public static async Task<FuzzServer> StartAsync()
    {
        var errors = new ErrorLog();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
            options.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1));
        builder.Logging.AddProvider(errors).SetMinimumLevel(LogLevel.Error);
        builder.Services.AddRoutingCore();
        builder.Services.AddGrpc().AddJsonTranscoding();

        var app = builder.Build();
        app.UseRouting();
        app.MapGrpcService<Echo>();
        app.MapTranscodingFallback();
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return new FuzzServer(app, errors, new Uri(address).Port);
    }

    /// <summary>The last error in the log since this was asked, or null.</summary>
    public string? TakeError() => _errors.Take();

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
