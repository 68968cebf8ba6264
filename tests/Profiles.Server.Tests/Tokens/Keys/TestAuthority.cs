using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Profiles.Server.Tests.Tokens.Keys;

/// <summary>A private certificate authority.</summary>
internal sealed class TestAuthority : IDisposable
{
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public TestAuthority()
    {
        var request = new CertificateRequest("CN=Test authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        Certificate = request.CreateSelfSigned(Now.AddDays(-30), Now.AddDays(30));
    }

    public X509Certificate2 Certificate { get; }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <summary>A certificate for a server at 127.0.0.1, or another address, valid until so many days from now.</summary>
    public X509Certificate2 Issue(string address = "127.0.0.1", int days = 1)
    {
        using var serverKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Test server", serverKey, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Parse(address));
        request.CertificateExtensions.Add(names.Build());
        byte[] serial = [1, .. RandomNumberGenerator.GetBytes(8)];
        using var certificate = request.Create(Certificate, Now.AddDays(-20), Now.AddDays(days), serial);
        return certificate.CopyWithPrivateKey(serverKey);
    }

    public void Dispose()
    {
        Certificate.Dispose();
        key.Dispose();
    }
}
