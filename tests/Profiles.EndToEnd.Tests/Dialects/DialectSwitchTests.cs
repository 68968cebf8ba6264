using Grpc.Core;
using Grpc.Net.Client;
using Profiles.Contracts.Zitadel.Auth.V1;
using Profiles.EndToEnd.Tests.Harness;

namespace Profiles.EndToEnd.Tests.Dialects;

/// <summary>A dialect can be switched off, and then nothing of it is there; paths of Epixel go where the settings say.</summary>
internal sealed class DialectSwitchTests
{
    private DataFolder data = null!;
    private ServerProcess server = null!;
    private HttpClient http = null!;
    private string token = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        data = new DataFolder();
        server = await ServerProcess.StartAsync(data.With(
            ("Dialects__Zitadel__Enabled", "off"), ("Dialects__HiveMp__Enabled", "off"),
            ("Dialects__M2__Enabled", "off"), ("Dialects__Nexconn__Enabled", "off"),
            ("Dialects__Epixel__Enabled", "on"), ("Dialects__Epixel__Prefix", "back-office"), ("Dialects__Epixel__Version", "v2.1")));
        http = new HttpClient { BaseAddress = server.Http };
        using var mint = new TokenMint(await File.ReadAllTextAsync(data.IssuerKey));
        token = mint.Mint("demo", "alice");
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        http.Dispose();
        await server.DisposeAsync();
        data.Dispose();
        Assert.That(server.Errors(), Is.Empty);
    }

    [TestCase("/auth/v1/users/me/profile")]
    [TestCase("/auth/v1/healthz")]
    [TestCase("/users/me/profile")]
    [TestCase("/v1/profile?id=alice")]
    [TestCase("/api/v1/user/get/profile/")]
    [TestCase("/api/profile/")]
    [TestCase("/api/profile/username/deny")]
    [TestCase("/v4/user/profile/list")]
    [TestCase("/user/profile/query.json")]
    public async Task What_is_off_or_elsewhere_is_unknown_in_our_own_form(string path)
    {
        var answer = await GetAsync(path);

        Assert.That((answer.Status, answer.Reason), Is.EqualTo((404, "PATH_NOT_FOUND")));
    }

    [TestCase("/openapi/zitadel.json", 404)]
    [TestCase("/openapi/hivemp.json", 404)]
    [TestCase("/openapi/m2.json", 404)]
    [TestCase("/openapi/nexconn.json", 404)]
    [TestCase("/openapi/epixel.json", 200)]
    [TestCase("/openapi/v1.json", 200)]
    public async Task Documents_are_there_for_what_is_on(string path, int status) => Assert.That((await GetAsync(path)).Status, Is.EqualTo(status));

    [Test]
    public async Task Over_grpc_it_is_not_there_either()
    {
        using var channel = GrpcChannel.ForAddress(server.Grpc);

        var failure = await RpcErrors.FailureOf(new AuthService.AuthServiceClient(channel).HealthzAsync(new()));

        Assert.That(failure.StatusCode, Is.EqualTo(StatusCode.Unimplemented));
    }

    [TestCase("/back-office/v2.1/user/get/profile/")]
    [TestCase("/back-office/v2.1/get/local-info")]
    [TestCase("/back-office/v2.1/nothing")]
    public async Task Epixel_is_where_the_settings_say(string path) =>
        Assert.That((await GetAsync(path)).Json!["status_code"]!.GetValue<int>(), Is.AnyOf(401, 404));

    private async Task<RestAnswer> GetAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new("Bearer", token);
        using var response = await http.SendAsync(request);
        return await RestAnswer.ReadAsync(response);
    }
}
