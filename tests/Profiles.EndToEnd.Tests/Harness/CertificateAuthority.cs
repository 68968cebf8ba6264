using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Profiles.EndToEnd.Tests.Harness;

/// <summary>Makes certificates, and a file of its own certificate.</summary>
internal sealed class CertificateAuthority : IDisposable
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly X509Certificate2 certificate;
    private readonly DateTimeOffset now = TimeProvider.System.GetUtcNow();

    public CertificateAuthority(string name)
    {
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        certificate = request.CreateSelfSigned(now.AddDays(-30), now.AddDays(30));
    }

    /// <summary>Writes the certificate, as those who trust it need it.</summary>
    public string WriteTo(string folder)
    {
        var file = Path.Combine(folder, $"{certificate.GetNameInfo(X509NameType.SimpleName, false)}.pem");
        File.WriteAllText(file, certificate.ExportCertificatePem());
        return file;
    }

    /// <summary>A caller's certificate, valid today.</summary>
    public X509Certificate2 IssueToClient() => Issue(ClientAuthentication, now.AddDays(-1), now.AddDays(1));

    /// <summary>A caller's certificate that was valid until yesterday.</summary>
    public X509Certificate2 IssueExpired() => Issue(ClientAuthentication, now.AddDays(-3), now.AddDays(-1));

    /// <summary>A server's certificate, which is none of a caller.</summary>
    public X509Certificate2 IssueToServer() => Issue(ServerAuthentication, now.AddDays(-1), now.AddDays(1));

    public void Dispose()
    {
        certificate.Dispose();
        key.Dispose();
    }

    private X509Certificate2 Issue(string usage, DateTimeOffset from, DateTimeOffset to)
    {
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=caller", own, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], false));
        using var issued = request.Create(certificate, from, to, RandomNumberGenerator.GetBytes(8));
        return issued.CopyWithPrivateKey(own);
    }
}
