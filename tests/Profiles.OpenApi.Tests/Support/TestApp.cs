using System.Net;
using System.Text.Json.Nodes;
using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Profiles.OpenApi.Tests.Services;

namespace Profiles.OpenApi.Tests.Support;

/// <summary>The services of the tests, with a document, on a real Kestrel at a free port of the loopback address.</summary>
internal sealed class TestApp : IAsyncDisposable
{
    public const string DocumentPath = "/openapi/v1.json";

    private readonly WebApplication app;

    private TestApp(WebApplication app, LogCapture logs)
    {
        this.app = app;
        Logs = logs;
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        Http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false })
        {
            BaseAddress = new Uri(address),
            Timeout = TimeSpan.FromSeconds(20),
        };
    }

    public HttpClient Http { get; }

    public LogCapture Logs { get; }

    public static async Task<TestApp> StartAsync(
        Action<OpenApiOptions>? configure = null, Action<IGrpcServerBuilder>? grpc = null, Action<WebApplication>? map = null)
    {
        var logs = new LogCapture();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Logging.AddProvider(logs);
        builder.Services.AddRoutingCore();
        var services = builder.Services.AddGrpc();
        services.AddJsonTranscoding();
        grpc?.Invoke(services);

        var built = builder.Build();
        built.UseRouting();
        // Before the services: what is mapped later is in the document as well.
        built.MapOpenApiDocument(DocumentPath, options =>
        {
            options.AddDescriptorSet(typeof(TestApp).Assembly);
            options.Include = route => route.Method.Service.Name != "SecretService";
            configure?.Invoke(options);
        });
        built.MapGrpcService<GalleryService>();
        built.MapGrpcService<ExchangeService>();
        built.MapGrpcService<SecretService>();
        map?.Invoke(built);
        await built.StartAsync();
        return new TestApp(built, logs);
    }

    public async Task<ServedDocumentText> GetDocumentAsync(string path = DocumentPath) => new(await Http.GetStringAsync(path));

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
        Assert.That(Logs.Errors, Is.Empty);
    }
}

/// <summary>A document, and ways into it.</summary>
internal sealed class ServedDocumentText(string text)
{
    public string Text { get; } = text;

    public JsonObject Json { get; } = JsonNode.Parse(text)!.AsObject();

    public JsonObject Paths => Json["paths"]!.AsObject();

    public JsonObject Schemas => Json["components"]!["schemas"]!.AsObject();

    public JsonObject Schema(string name) => Schemas["openapi.tests.v1." + name]!.AsObject();

    public JsonObject Operation(string method, string path) => Paths[path]?[method]?.AsObject()
        ?? throw new AssertionException($"There is no {method} {path}, only:\n{string.Join('\n', Paths.Select(found => found.Key))}");

    /// <summary>All operations with their methods and paths.</summary>
    public IEnumerable<(string Method, string Path, JsonObject Operation)> Operations =>
        from path in Paths
        from member in path.Value!.AsObject()
        from operation in member.Key == "x-additionalOperations" ? member.Value!.AsObject().ToList() : [member]
        select (operation.Key, path.Key, operation.Value!.AsObject());

    /// <summary>What a schema refers to, or the schema itself.</summary>
    public JsonObject Resolve(JsonNode schema) =>
        (string?)schema["$ref"] is { } reference ? Schemas[reference["#/components/schemas/".Length..]]!.AsObject() : schema.AsObject();
}
