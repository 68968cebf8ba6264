using System.Net.Sockets;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace Profiles.Transcoding.Calls;

/// <summary>What a service method learns of a REST request, and the headers that it answers with.</summary>
internal sealed class TranscodingCallContext : ServerCallContext, IServerCallContextFeature
{
    // GetHttpContext of the official server looks here for contexts of other makers.
    private const string HttpContextKey = "__HttpContext";

    private readonly TranscodingRoute _route;
    private readonly CallDeadline _deadline;
    private Metadata? _requestHeaders;
    private Metadata? _responseHeaders;
    private AuthContext? _authContext;

    public TranscodingCallContext(HttpContext httpContext, TranscodingRoute route, CallDeadline deadline)
    {
        HttpContext = httpContext;
        _route = route;
        _deadline = deadline;
        httpContext.Items[HttpContextKey] = httpContext;
        httpContext.Features.Set<IServerCallContextFeature>(this);
    }

    public HttpContext HttpContext { get; }

    public ServerCallContext ServerCallContext => this;

    /// <summary>What the method sent ahead of its response; null when nothing.</summary>
    public Metadata? SentHeaders => _responseHeaders;

    /// <summary>The stream that the response is; null for a unary method, and until the request is read.</summary>
    public IErrorStream? Stream { get; set; }

    /// <summary>Puts what the method sent, ahead of its response and with it, into the HTTP headers.</summary>
    public void AppendHeaders()
    {
        if (SentHeaders is { } headers) ResponseHeaders.Append(HttpContext.Response, headers, _route);
        ResponseHeaders.Append(HttpContext.Response, ResponseTrailersCore, _route);
    }

    protected override string MethodCore => _route.FullName;

    protected override string HostCore => HttpContext.Request.Host.Value ?? "";

    protected override string PeerCore
    {
        get
        {
            var connection = HttpContext.Connection;
            return connection.RemoteIpAddress switch
            {
                null => "unknown",
                { AddressFamily: AddressFamily.InterNetwork } address => $"ipv4:{address}:{connection.RemotePort}",
                { AddressFamily: AddressFamily.InterNetworkV6 } address => $"ipv6:[{address}]:{connection.RemotePort}",
                var address => $"unknown:{address}:{connection.RemotePort}",
            };
        }
    }

    protected override DateTime DeadlineCore => _deadline.Time;

    protected override Metadata RequestHeadersCore => _requestHeaders ??= RequestMetadata.From(HttpContext.Request.Headers);

    protected override CancellationToken CancellationTokenCore => _deadline.Token;

    protected override Metadata ResponseTrailersCore { get; } = [];

    protected override Status StatusCore { get; set; }

    protected override WriteOptions? WriteOptionsCore { get; set; }

    protected override AuthContext AuthContextCore => _authContext ??= CallAuthContext.Of(HttpContext.Connection.ClientCertificate);

    protected override IDictionary<object, object> UserStateCore => HttpContext.Items!;

    // Nothing goes out yet: until the response is there, the answer may still become an error or a 304.
    protected override Task WriteResponseHeadersAsyncCore(Metadata responseHeaders)
    {
        if (_responseHeaders is not null) throw new InvalidOperationException("Response headers can only be sent once per call.");
        _responseHeaders = responseHeaders ?? [];
        return Task.CompletedTask;
    }

    protected override ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options) =>
        throw new NotSupportedException("Context propagation is not supported by this server.");
}
