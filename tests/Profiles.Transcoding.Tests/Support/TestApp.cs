using System.Text;
using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Profiles.Transcoding.Tests.Services;

namespace Profiles.Transcoding.Tests.Support;

/// <summary>The services of the tests on a real Kestrel at a free port of the loopback address.</summary>
internal sealed class TestApp : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TestApp(WebApplication app, LogCapture logs, Uri http, Uri grpc)
    {
        _app = app;
        Logs = logs;
        Grpc = grpc;
        Http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = http, Timeout = TimeSpan.FromSeconds(20) };
    }

    public HttpClient Http { get; }

    /// <summary>Where gRPC is served, over HTTP/2 without TLS.</summary>
    public Uri Grpc { get; }

    public LogCapture Logs { get; }

    public Gate Gate => _app.Services.GetRequiredService<Gate>();

    public static async Task<TestApp> StartAsync(
        Action<JsonTranscodingOptions>? transcoding = null,
        Action<IGrpcServerBuilder>? grpc = null,
        Action<WebApplication>? map = null,
        Action<GrpcServiceOptions>? grpcOptions = null,
        Action<WebApplication>? beforeRouting = null)
    {
        var logs = new LogCapture();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
            options.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
        });
        builder.Logging.AddProvider(logs).SetMinimumLevel(LogLevel.Debug);
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<Gate>();
        var services = builder.Services.AddGrpc(options =>
        {
            options.Interceptors.Add<TraceInterceptor>("global");
            grpcOptions?.Invoke(options);
        });
        services.AddServiceOptions<EchoService>(options => options.Interceptors.Add<TraceInterceptor>("service"));
        services.AddJsonTranscoding(transcoding);
        grpc?.Invoke(services);

        var app = builder.Build();
        beforeRouting?.Invoke(app);
        app.UseRouting();
        app.MapGrpcService<LibraryService>();
        app.MapGrpcService<EchoService>();
        map?.Invoke(app);
        app.MapTranscodingFallback();
        await app.StartAsync();
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.ToArray();
        return new TestApp(app, logs, new Uri(addresses[0]), new Uri(addresses[1]));
    }

    /// <summary>Sends a request whose body, if any, is JSON.</summary>
    public Task<HttpResponseMessage> SendAsync(string method, string path, string? body = null, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return Http.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
