using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Profiles.Core.Changes;
using Profiles.Core.Credentials.ApiKeys;
using Profiles.Core.Credentials.Applications;
using Profiles.Core.Organizations;
using Profiles.Server.Access;
using Profiles.Server.Errors;
using Profiles.Server.Limits;
using Profiles.Server.Messages;
using Profiles.Server.Tests.Tokens;
using Profiles.V1;

namespace Profiles.Server.Tests.Streams;

/// <summary>A service with every kind of call, behind what stands before every service of the server, on a real Kestrel.</summary>
internal sealed class KindsApp : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly WebApplication app;
    private readonly GrpcChannel channel;
    private readonly ErrorLog log;

    private KindsApp(WebApplication app, GrpcChannel channel, ErrorLog log)
    {
        this.app = app;
        this.channel = channel;
        this.log = log;
    }

    public CallInvoker Invoker => channel.CreateCallInvoker();

    /// <summary>The errors that were logged.</summary>
    public IReadOnlyCollection<string> Errors => log.Messages;

    public static async Task<KindsApp> StartAsync(bool isOpen)
    {
        var errors = new ErrorLog();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Logging.AddProvider(errors);
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(new AccessRules(ProfileServiceReflection.Descriptor));
        builder.Services.AddSingleton(TestIssuer.Validator());
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<StorageAlarm>();
        builder.Services.AddSingleton(new NanosecondClock(TimeProvider.System));
        builder.Services.AddFailedAuthentications(limit: null);
        builder.Services.AddAuthenticators();
        builder.Services.AddSingleton<OrganizationDirectory>();
        builder.Services.AddSingleton<OrganizationGate>();
        builder.Services.AddSingleton(new MasterKeys([]));
        builder.Services.AddSingleton(Unused.Of<IChangeFeed>());
        builder.Services.AddSingleton(Unused.Of<IApiKeyStore>());
        builder.Services.AddSingleton(Unused.Of<IApplicationStore>());
        builder.Services.AddSingleton(Unused.Of<ISignatureStore>());
        builder.Services.AddSingleton(Unused.Of<IOrganizationStore>());
        builder.Services.AddSingleton<ErrorInterceptor>();
        builder.Services.AddGrpc(options => options.Interceptors.Add<ErrorInterceptor>()).AddStrictMessages();

        var built = builder.Build();
        built.UseRouting();
        built.UseGrpcGuard();
        built.UseMiddleware<AccessMiddleware>();
        var mapped = built.MapGrpcService<KindsService>();
        if (isOpen)
            mapped.AllowAnonymous();
        await built.StartAsync();
        var addresses = built.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        return new KindsApp(built, GrpcChannel.ForAddress(addresses.Single()), errors);
    }

    /// <summary>Sends one message, whatever the kind of the method, and returns the one that comes back.</summary>
    public async Task<byte[]> CallAsync(string rpc, byte[] request, Metadata? headers = null)
    {
        // On the wire all kinds are the same.
        var bytes = Marshallers.Create<byte[]>(value => value, value => value);
        var method = new Method<byte[], byte[]>(MethodType.DuplexStreaming, "kinds.v1.Kinds", rpc, bytes, bytes);
        using var call = Invoker.AsyncDuplexStreamingCall(method, null, new CallOptions(headers));
        try
        {
            await call.RequestStream.WriteAsync(request);
            await call.RequestStream.CompleteAsync();
        }
        catch (RpcException)
        {
            // Refused before all was read: the answer tells why.
        }

        Assert.That(await call.ResponseStream.MoveNext().WaitAsync(Patience), Is.True);
        var response = call.ResponseStream.Current;
        Assert.That(await call.ResponseStream.MoveNext().WaitAsync(Patience), Is.False);
        return response;
    }

    /// <summary>
    /// Sends one message with a deadline that only the server knows of (a gRPC client keeps its own), and returns the
    /// <c>grpc-status</c> of the answer.
    /// </summary>
    public async Task<string> CallWithTimeoutAsync(string rpc, byte[] request, string timeout)
    {
        const int LengthBytes = 4;
        var frame = new byte[1 + LengthBytes + request.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), request.Length);
        request.CopyTo(frame, 1 + LengthBytes);

        using var http = new HttpClient { Timeout = Patience };
        using var message = new HttpRequestMessage(HttpMethod.Post, $"http://{channel.Target}/kinds.v1.Kinds/{rpc}")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(frame) { Headers = { ContentType = new("application/grpc") } },
            Headers = { { "te", "trailers" }, { "grpc-timeout", timeout } },
        };
        using var response = await http.SendAsync(message);
        await response.Content.ReadAsByteArrayAsync();
        var found = response.TrailingHeaders.TryGetValues("grpc-status", out var values)
            || response.Headers.TryGetValues("grpc-status", out values);
        return found ? values!.Single() : "none";
    }

    public async ValueTask DisposeAsync()
    {
        channel.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
        log.Dispose();
    }

    private sealed class ErrorLog : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> messages = new();

        public IReadOnlyCollection<string> Messages => messages;

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                messages.Enqueue(formatter(state, exception));
        }

        public void Dispose() => messages.Clear();
    }
}
