using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Profiles.Server.Hosting;

/// <summary>The web server: where it listens, and what a connection may cost. docs/operations.md lists the limits.</summary>
internal static class KestrelSetup
{
    // As many calls as gRPC clients expect on a connection; a client that wants more opens another one.
    private const int StreamsPerConnection = 100;

    // Slower ones keep a connection busy for nothing. Streams of gRPC are exempt by themselves.
    private static readonly MinDataRate LeastRate = new(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
    private static readonly TimeSpan HeadersTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(130);

    // Finds out connections whose other end is gone without a word.
    private static readonly TimeSpan PingDelay = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan PingTimeout = TimeSpan.FromSeconds(20);

    /// <summary>Configures Kestrel.</summary>
    public static void Configure(KestrelServerOptions kestrel, ServerSettings settings)
    {
        kestrel.AddServerHeader = false;
        SetLimits(kestrel.Limits, settings);
        if (settings.ClientCertificates is { } certificates)
            kestrel.ConfigureHttpsDefaults(certificates.Apply);
        if (settings.HasKestrelEndpoints)
            return;
        // Without TLS nothing tells HTTP/1.1 from HTTP/2 on one port.
        kestrel.Listen(settings.BindAddress, settings.HttpPort, listen => listen.Protocols = HttpProtocols.Http1);
        kestrel.Listen(settings.BindAddress, settings.GrpcPort, listen => listen.Protocols = HttpProtocols.Http2);
    }

    /// <summary>
    /// Configures the sockets. Each connection keeps a buffer of 4 KB: one that is got when there is something to read costs another system
    /// call for each request.
    /// </summary>
    public static void Configure(SocketTransportOptions sockets) => sockets.WaitForDataBeforeAllocatingBuffer = false;

    private static void SetLimits(KestrelServerLimits limits, ServerSettings settings)
    {
        // The limit on messages answers first, in the form of all errors.
        limits.MaxRequestBodySize = settings.Limits.MessageBytes + 1024;
        limits.MaxConcurrentConnections = settings.Limits.Connections;
        limits.MaxConcurrentUpgradedConnections = 0;
        limits.RequestHeadersTimeout = HeadersTimeout;
        limits.KeepAliveTimeout = IdleTimeout;
        limits.MinRequestBodyDataRate = LeastRate;
        limits.MinResponseDataRate = LeastRate;
        limits.Http2.MaxStreamsPerConnection = StreamsPerConnection;
        limits.Http2.KeepAlivePingDelay = PingDelay;
        limits.Http2.KeepAlivePingTimeout = PingTimeout;
    }
}
