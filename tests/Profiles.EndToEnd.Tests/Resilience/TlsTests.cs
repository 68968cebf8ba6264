using System.Net;
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
        using var certificate = ServerCertificate.Write(data.Path);
        await using var server = await ServerProcess.StartAsync(data.With(ServerCertificate.Settings(data.Path)));
        using var mint = new TokenMint(await File.ReadAllTextAsync(data.IssuerKey));
        var token = mint.Mint("tls", "alice");

        using var http = new HttpClient(ServerCertificate.Trusting(certificate)) { BaseAddress = server.Http };
        http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        using var body = new StringContent("""{"nickname":"Al"}""", null, "application/json");
        using var written = await http.PatchAsync("/v1/users/me/profile", body);
        using var channel = GrpcChannel.ForAddress(server.Grpc, new GrpcChannelOptions { HttpHandler = ServerCertificate.Trusting(certificate) });
        var read = await new ProfileService.ProfileServiceClient(channel).GetMyProfileAsync(
            new GetMyProfileRequest(), new Metadata { { "authorization", $"Bearer {token}" } });

        Assert.That(server.Grpc, Is.EqualTo(server.Http));
        Assert.That(written.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(read.Profile.Nickname, Is.EqualTo("Al"));
        Assert.That(written.Headers.GetValues("strict-transport-security"), Is.EqualTo(new[] { "max-age=31536000" }));
    }
}
