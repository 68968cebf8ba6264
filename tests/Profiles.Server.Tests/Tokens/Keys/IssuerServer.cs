using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Profiles.Server.Tests.Tokens.Keys;

/// <summary>An issuer on this machine, over real sockets, that answers as a test wants.</summary>
internal sealed class IssuerServer : IAsyncDisposable
{
    public const string Description = "/.well-known/openid-configuration";
    public const string KeySet = "/keys";

    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, RequestDelegate> answers = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> requests = new();

    private IssuerServer(WebApplication app) => this.app = app;

    /// <summary>Its address, which is its name too.</summary>
    public string Address { get; private set; } = "";

    /// <summary>The paths that were asked for.</summary>
    public IReadOnlyCollection<string> Requests => requests;

    /// <summary>Starts a server that describes itself well and has no keys.</summary>
    /// <param name="certificate">The certificate of its TLS; without one it speaks plain HTTP.</param>
    /// <param name="port">The port; 0 lets the system choose.</param>
    public static async Task<IssuerServer> StartAsync(X509Certificate2? certificate = null, int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, listen =>
        {
            if (certificate is not null)
                listen.UseHttps(certificate);
        }));
        var server = new IssuerServer(builder.Build());
        server.app.Run(server.AnswerAsync);
        await server.app.StartAsync();
        server.Address = server.app.Urls.Single();
        server.Answer(Description, server.Describe());
        server.Answer(KeySet, """{"keys":[]}""");
        return server;
    }

    /// <summary>How it describes itself, by its address or another name.</summary>
    public string Describe(string? name = null) => $$"""{"issuer":"{{name ?? Address}}","jwks_uri":"{{Address}}{{KeySet}}"}""";

    public void Answer(string path, string json) => Answer(path, context => context.Response.WriteAsync(json));

    public void Answer(string path, RequestDelegate answer) => answers[path] = answer;

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private Task AnswerAsync(HttpContext context)
    {
        requests.Enqueue(context.Request.Path.Value!);
        if (answers.TryGetValue(context.Request.Path.Value!, out var answer))
            return answer(context);
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
