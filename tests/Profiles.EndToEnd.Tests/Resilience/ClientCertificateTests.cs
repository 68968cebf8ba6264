using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using Grpc.Net.Client;
using Profiles.EndToEnd.Tests.Harness;
using Profiles.V1;

namespace Profiles.EndToEnd.Tests.Resilience;

/// <summary>Callers that must, or may, show a certificate of an authority that the server knows.</summary>
internal sealed class ClientCertificateTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private DataFolder data = null!;
    private X509Certificate2 serverCertificate = null!;
    private Dictionary<string, X509Certificate2?> callers = null!;
    private Dictionary<string, ServerProcess> servers = null!;
    private List<DataFolder> folders = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        data = new DataFolder();
        serverCertificate = ServerCertificate.Write(data.Path);
        using var authority = new CertificateAuthority("authority");
        using var foreign = new CertificateAuthority("foreign");
        // The same name, and another key.
        using var imitation = new CertificateAuthority("authority");
        callers = new Dictionary<string, X509Certificate2?>(StringComparer.Ordinal)
        {
            ["good"] = authority.IssueToClient(),
            ["expired"] = authority.IssueExpired(),
            ["a server's"] = authority.IssueToServer(),
            ["foreign"] = foreign.IssueToClient(),
            ["imitated"] = imitation.IssueToClient(),
            ["none"] = null,
        };
        var file = authority.WriteTo(data.Path);
        folders = [new DataFolder(), new DataFolder()];
        servers = new Dictionary<string, ServerProcess>(StringComparer.Ordinal)
        {
            ["required"] = await StartAsync(folders[0], file, "required"),
            ["optional"] = await StartAsync(folders[1], file, "optional"),
        };
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        foreach (var server in servers.Values)
            await server.DisposeAsync();
        foreach (var certificate in callers.Values)
            certificate?.Dispose();
        serverCertificate.Dispose();
        folders.ForEach(folder => folder.Dispose());
        data.Dispose();
        Assert.That(servers.Values.SelectMany(server => server.Errors()), Is.Empty);
    }

    [TestCase("required", "good", true)]
    [TestCase("required", "expired", false)]
    [TestCase("required", "a server's", false)]
    [TestCase("required", "foreign", false)]
    [TestCase("required", "imitated", false)]
    [TestCase("required", "none", false)]
    [TestCase("optional", "good", true)]
    [TestCase("optional", "expired", false)]
    [TestCase("optional", "foreign", false)]
    [TestCase("optional", "none", true)]
    public async Task A_caller_gets_through_with_a_good_certificate(string mode, string caller, bool getsThrough)
    {
        Assert.That(await GetsThroughRestAsync(servers[mode], callers[caller]), Is.EqualTo(getsThrough));
        Assert.That(await GetsThroughGrpcAsync(servers[mode], callers[caller]), Is.EqualTo(getsThrough));
    }

    private static Task<ServerProcess> StartAsync(DataFolder folder, string authority, string mode)
    {
        (string, string)[] tls = ServerCertificate.Settings(Path.GetDirectoryName(authority)!);
        return ServerProcess.StartAsync(
            folder.With([.. tls, ("PROFILES_CLIENT_CA_FILE", authority), ("PROFILES_CLIENT_CERTIFICATES", mode)]));
    }

    // A certificate is no credential: who gets through is asked for one.
    private async Task<bool> GetsThroughRestAsync(ServerProcess server, X509Certificate2? own)
    {
        using var http = new HttpClient(ServerCertificate.Trusting(serverCertificate, own)) { BaseAddress = server.Http, Timeout = Patience };
        try
        {
            using var response = await http.GetAsync("/v1/users/me/profile");
            Assert.That((int)response.StatusCode, Is.EqualTo(401));
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private async Task<bool> GetsThroughGrpcAsync(ServerProcess server, X509Certificate2? own)
    {
        using var channel = GrpcChannel.ForAddress(
            server.Grpc, new GrpcChannelOptions { HttpHandler = ServerCertificate.Trusting(serverCertificate, own), DisposeHttpClient = true });
        var failure = await RpcErrors.FailureOf(new ProfileService.ProfileServiceClient(channel).GetMyProfileAsync(
            new GetMyProfileRequest(), deadline: TimeProvider.System.GetUtcNow().UtcDateTime.Add(Patience)));
        Assert.That(failure.StatusCode, Is.AnyOf(StatusCode.Unauthenticated, StatusCode.Unavailable, StatusCode.Internal));
        return failure.StatusCode == StatusCode.Unauthenticated;
    }
}
