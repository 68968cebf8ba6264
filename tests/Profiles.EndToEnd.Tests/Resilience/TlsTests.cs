using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using Grpc.Net.Client;
using Profiles.EndToEnd.Tests.Harness;
using Profiles.V1;

namespace Profiles.EndToEnd.Tests.Resilience;

/// <summary>With Kestrel's own TLS settings one port serves all callers.</summary>
internal sealed class TlsTests
{
    [Test]
    public async Task One_port_serves_rest_and_grpc_over_tls()
    {
        using var data = new DataFolder();
        using var certificate = WriteCertificate(data);
        await using var server = await ServerProcess.StartAsync(data.With(
            ("Kestrel__Endpoints__Https__Url", "https://127.0.0.1:0"),
            ("Kestrel__Endpoints__Https__Certificate__Path", Path.Combine(data.Path, "cert.pem")),
            ("Kestrel__Endpoints__Https__Certificate__KeyPath", Path.Combine(data.Path, "key.pem"))));
        using var mint = new TokenMint(await File.ReadAllTextAsync(data.IssuerKey));
        var token = mint.Mint("demo", "alice");

        using var http = new HttpClient(Trusting(certificate)) { BaseAddress = server.Http };
        http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        using var body = new StringContent("""{"nickname":"Al"}""", null, "application/json");
        using var written = await http.PatchAsync("/v1/users/me/profile", body);
        using var channel = GrpcChannel.ForAddress(server.Grpc, new GrpcChannelOptions { HttpHandler = Trusting(certificate) });
        var read = await new ProfileService.ProfileServiceClient(channel).GetMyProfileAsync(
            new GetMyProfileRequest(), new Metadata { { "authorization", $"Bearer {token}" } });

        Assert.That(server.Grpc, Is.EqualTo(server.Http));
        Assert.That(written.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(read.Profile.Nickname, Is.EqualTo("Al"));
    }

    private static SocketsHttpHandler Trusting(X509Certificate2 certificate) => new()
    {
        SslOptions = { RemoteCertificateValidationCallback = (_, peer, _, _) => certificate.Equals(peer) },
    };

    private static X509Certificate2 WriteCertificate(DataFolder data)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        File.WriteAllText(Path.Combine(data.Path, "cert.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(data.Path, "key.pem"), key.ExportPkcs8PrivateKeyPem());
        return certificate;
    }
}
