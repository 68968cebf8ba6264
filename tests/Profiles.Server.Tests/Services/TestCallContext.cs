using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace Profiles.Server.Tests.Services;

/// <summary>A call in process.</summary>
internal sealed class TestCallContext : ServerCallContext
{
    private readonly CancellationToken cancellationToken;

    public TestCallContext(string method, HttpContext http, CancellationToken cancellationToken)
    {
        MethodCore = method;
        this.cancellationToken = cancellationToken;
        // Where the official server looks for it when the context is not its own.
        UserState["__HttpContext"] = http;
    }

    protected override string MethodCore { get; }

    protected override string HostCore => "localhost";

    protected override string PeerCore => "ipv4:127.0.0.1:1";

    protected override DateTime DeadlineCore => DateTime.MaxValue;

    protected override Metadata RequestHeadersCore { get; } = [];

    protected override CancellationToken CancellationTokenCore => cancellationToken;

    protected override Metadata ResponseTrailersCore { get; } = [];

    protected override Status StatusCore { get; set; }

    protected override WriteOptions? WriteOptionsCore { get; set; }

    protected override AuthContext AuthContextCore { get; } = new(null, []);

    protected override ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options) =>
        throw new NotSupportedException();

    protected override Task WriteResponseHeadersAsyncCore(Metadata responseHeaders) => Task.CompletedTask;
}
