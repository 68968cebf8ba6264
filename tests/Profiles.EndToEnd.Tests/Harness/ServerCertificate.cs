using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Profiles.EndToEnd.Tests.Harness;

/// <summary>A certificate for the server, which callers trust by its bytes.</summary>
internal static class ServerCertificate
{
    /// <summary>Writes <c>cert.pem</c> and <c>key.pem</c>.</summary>
    public static X509Certificate2 Write(string folder)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        File.WriteAllText(Path.Combine(folder, "cert.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(folder, "key.pem"), key.ExportPkcs8PrivateKeyPem());
        return certificate;
    }

    /// <summary>The settings that have the server use it.</summary>
    public static (string Name, string Value)[] Settings(string folder) =>
    [
        ("Kestrel__Endpoints__Https__Url", "https://127.0.0.1:0"),
        ("Kestrel__Endpoints__Https__Certificate__Path", Path.Combine(folder, "cert.pem")),
        ("Kestrel__Endpoints__Https__Certificate__KeyPath", Path.Combine(folder, "key.pem")),
    ];

    /// <summary>A client that trusts it, and shows a certificate of its own if it has one.</summary>
    public static SocketsHttpHandler Trusting(X509Certificate2 server, X509Certificate2? own = null)
    {
        var handler = new SocketsHttpHandler
        {
            SslOptions = { RemoteCertificateValidationCallback = (_, peer, _, _) => server.Equals(peer) },
        };
        // Shown whatever the server says it wants.
        if (own is not null)
            handler.SslOptions.LocalCertificateSelectionCallback = (_, _, _, _, _) => own;
        return handler;
    }
}
