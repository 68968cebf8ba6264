using System.Net;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Profiles.Wire.Tests.Protocols;
using Profiles.Wire.Tests.Service;

namespace Profiles.Wire.Tests;

/// <summary>The service of the tests, served over every protocol.</summary>
internal sealed class WireApp : IAsyncDisposable
{
    /// <summary>Where pages come from that may call.</summary>
    public const string PageOrigin = "https://page.example";

    private readonly WebApplication app;
    private readonly HttpClient http;
    private readonly GrpcChannel channel;

    private WireApp(WebApplication app, ErrorLog errors)
    {
        this.app = app;
        Errors = errors;
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.ToArray();
        http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(addresses[0]), Timeout = TimeSpan.FromSeconds(20) };
        channel = GrpcChannel.ForAddress(addresses[1]);
    }

    public static async Task<WireApp> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
        });
        var errors = new ErrorLog();
        builder.Logging.AddProvider(errors);
        builder.Services.AddRoutingCore();
        builder.Services.AddCors(cors => cors.AddDefaultPolicy(policy => policy.WithOrigins(PageOrigin).WithGrpcWeb()));
        builder.Services.AddGrpc().AddJsonTranscoding();
        var wire = builder.Build();
        wire.UseGrpcWeb();
        wire.UseRouting();
        wire.UseCors();
        wire.MapGrpcService<ComplianceService>();
        wire.MapPost("/plain", context =>
        {
            // Nobody flushes it.
            "plain"u8.CopyTo(context.Response.BodyWriter.GetSpan(5));
            context.Response.BodyWriter.Advance(5);
            return Task.CompletedTask;
        });
        wire.MapTranscodingFallback();
        await wire.StartAsync();
        return new WireApp(wire, errors);
    }

    /// <summary>Where REST and gRPC-Web are served, over HTTP/1.1.</summary>
    public Uri Http => http.BaseAddress!;

    /// <summary>What the server logs as errors.</summary>
    public ErrorLog Errors { get; }

    /// <param name="name"><c>grpc</c>, <c>grpc-web</c>, <c>grpc-web-text</c>, or <c>rest N</c> with the number of a binding.</param>
    public IProtocol Protocol(string name) => name switch
    {
        "grpc" => new GrpcProtocol(channel),
        "grpc-web" => new GrpcWebProtocol(http, text: false),
        "grpc-web-text" => new GrpcWebProtocol(http, text: true),
        _ => new RestProtocol(http, name[^1] - '0'),
    };

    public async ValueTask DisposeAsync()
    {
        channel.Dispose();
        http.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
