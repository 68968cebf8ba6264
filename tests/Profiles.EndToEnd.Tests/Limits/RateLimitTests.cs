using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Google.Rpc;
using Grpc.Core;
using Grpc.Net.Client;
using Profiles.EndToEnd.Tests.Harness;
using Profiles.V1;

namespace Profiles.EndToEnd.Tests.Limits;

/// <summary>What callers see of their allowances. Windows are so long that nothing comes back during a test.</summary>
internal sealed class RateLimitTests
{
    private const string MyProfile = "/v1/users/me/profile";
    private const string GetMine = "/profiles.v1.ProfileService/GetMyProfile";

    private static int organizations;

    private DataFolder data = null!;
    private ServerProcess server = null!;
    private TokenMint mint = null!;
    private HttpClient http = null!;
    private GrpcChannel channel = null!;
    private ProfileService.ProfileServiceClient grpc = null!;
    private AdministrationClients administration = null!;
    private string organization = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        data = new DataFolder();
        server = await ServerProcess.StartAsync(data.With(
            ("RateLimits__User__Read", "3/1h"), ("RateLimits__User__Write", "2/1h"), ("RateLimits__Server__Batch", "1/1h")));
        mint = new TokenMint(await File.ReadAllTextAsync(data.IssuerKey));
        http = new HttpClient { BaseAddress = server.Http };
        channel = GrpcChannel.ForAddress(server.Grpc);
        grpc = new ProfileService.ProfileServiceClient(channel);
        administration = new AdministrationClients(server, mint);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        administration.Dispose();
        channel.Dispose();
        http.Dispose();
        mint.Dispose();
        await server.DisposeAsync();
        data.Dispose();
        Assert.That(server.Errors(), Is.Empty);
    }

    [SetUp]
    public async Task CreateOrganizationsAsync()
    {
        organization = $"limits-{Interlocked.Increment(ref organizations)}";
        await administration.CreateOrganizationAsync(organization);
    }

    [Test]
    public async Task Rest_counts_down_and_then_says_when_to_come_again()
    {
        for (var left = 2; left >= 0; left--)
        {
            var answer = await RestAsync("GET", MyProfile, Alice());
            Assert.That(answer.Status, Is.EqualTo(404));
            Assert.That(Header(answer, "RateLimit-Policy"), Is.EqualTo("\"read\";q=3;w=3600"));
            Assert.That(Header(answer, "RateLimit"), Is.EqualTo($"\"read\";r={left};t=1200"));
        }

        var refused = await RestAsync("GET", MyProfile, Alice());

        Assert.That(refused.Status, Is.EqualTo(429));
        Assert.That(refused.Reason, Is.EqualTo("RATE_LIMITED"));
        var seconds = int.Parse(Header(refused, "Retry-After"), CultureInfo.InvariantCulture);
        Assert.That(seconds, Is.InRange(1_100, 1_200));
        Assert.That(Header(refused, "RateLimit-Policy"), Is.EqualTo("\"read\";q=3;w=3600"));
        Assert.That(Header(refused, "RateLimit"), Is.EqualTo($"\"read\";r=0;t={seconds}"));
        Assert.That(
            Detail(refused, "QuotaFailure")["violations"]![0]!["subject"]!.GetValue<string>(),
            Is.EqualTo($"organization:{organization}/token:alice"));
        Assert.That(
            Detail(refused, "QuotaFailure")["violations"]![0]!["description"]!.GetValue<string>(), Is.EqualTo("READ calls: 3/1h"));
        Assert.That(Detail(refused, "RetryInfo")["retryDelay"]!.GetValue<string>(), Does.Match(@"^1[12]\d\d(\.\d+)?s$"));
    }

    [Test]
    public async Task Grpc_says_the_same_in_its_own_form()
    {
        for (var i = 0; i < 3; i++)
            Assert.That((await FailureAsync(Alice())).StatusCode, Is.EqualTo(StatusCode.NotFound));

        var refused = await FailureAsync(Alice());

        Assert.That(refused.StatusCode, Is.EqualTo(StatusCode.ResourceExhausted));
        Assert.That(refused.Reason(), Is.EqualTo("RATE_LIMITED"));
        var details = refused.RichStatus().Details;
        var retry = details.Single(detail => detail.Is(RetryInfo.Descriptor)).Unpack<RetryInfo>();
        var quota = details.Single(detail => detail.Is(QuotaFailure.Descriptor)).Unpack<QuotaFailure>();
        Assert.That(retry.RetryDelay.Seconds, Is.InRange(1_100, 1_200));
        Assert.That(quota.Violations.Single().Subject, Is.EqualTo($"organization:{organization}/token:alice"));
        Assert.That(refused.Trailers.GetValue("grpc-retry-pushback-ms"), Does.Match(@"^1[12]\d{5}$"));
    }

    [Test]
    public async Task All_forms_count_together()
    {
        var token = Alice();
        Assert.That((await FailureAsync(token)).StatusCode, Is.EqualTo(StatusCode.NotFound));
        Assert.That(await WebStatusAsync(token), Is.EqualTo("5"));
        Assert.That((await RestAsync("GET", MyProfile, token)).Status, Is.EqualTo(404));

        Assert.That((await FailureAsync(token)).StatusCode, Is.EqualTo(StatusCode.ResourceExhausted));
        Assert.That(await WebStatusAsync(token), Is.EqualTo("8"));
        Assert.That((await RestAsync("GET", MyProfile, token)).Status, Is.EqualTo(429));
    }

    [Test]
    public async Task A_new_token_is_no_new_allowance_and_another_user_has_one()
    {
        for (var i = 0; i < 3; i++)
            await RestAsync("GET", MyProfile, Alice());

        Assert.That((await RestAsync("GET", MyProfile, Alice())).Status, Is.EqualTo(429));
        Assert.That((await RestAsync("GET", MyProfile, mint.Mint(organization, "bob"))).Status, Is.EqualTo(404));
        var alice = mint.Mint(organization, "alice");
        await CreateOrganizationsAsync();
        Assert.That((await RestAsync("GET", MyProfile, Alice())).Status, Is.EqualTo(404));
        Assert.That((await RestAsync("GET", MyProfile, alice)).Status, Is.EqualTo(429));
    }

    [Test]
    public async Task Each_class_has_its_own()
    {
        for (var i = 0; i < 4; i++)
            await RestAsync("GET", MyProfile, Alice());

        Assert.That((await RestAsync("PATCH", MyProfile, Alice(), """{"nickname":"Al"}""")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task A_call_is_refused_before_its_body_is_read()
    {
        for (var i = 0; i < 2; i++)
            await RestAsync("PATCH", MyProfile, Alice(), """{"nickname":"Al"}""");

        // A body that is announced and never sent.
        var head = RawHttp.Head("PATCH", MyProfile, Alice(), "Content-Type: application/json", "Content-Length: 1000");
        var answer = await RawHttp.SendAsync(server.Http, System.Text.Encoding.ASCII.GetBytes(head));

        Assert.That(answer.Status, Is.EqualTo(429));
        Assert.That(answer.Reason, Is.EqualTo("RATE_LIMITED"));
    }

    [Test]
    public async Task Servers_have_no_limit_unless_one_is_set()
    {
        var token = mint.Mint(organization, "backend", "profiles.read", "profiles.write");
        for (var i = 0; i < 20; i++)
        {
            var read = await RestAsync("GET", "/v1/profiles/alice", token);
            Assert.That(read.Status, Is.EqualTo(404));
            Assert.That(read.Response.Headers.Contains("RateLimit"), Is.False);
        }

        var first = await RestAsync("POST", "/v1/profiles:batchGet", token, """{"userIds":["alice"]}""");
        var second = await RestAsync("POST", "/v1/profiles:batchGet", token, """{"userIds":["alice"]}""");
        Assert.That(first.Status, Is.EqualTo(200));
        Assert.That(second.Status, Is.EqualTo(429));
        Assert.That(Header(second, "RateLimit-Policy"), Is.EqualTo("\"batch\";q=1;w=3600"));
    }

    [Test]
    public async Task What_is_refused_for_lack_of_permission_is_not_counted()
    {
        for (var i = 0; i < 10; i++)
            Assert.That((await RestAsync("GET", "/v1/profiles/alice", Alice())).Status, Is.EqualTo(403));

        Assert.That((await RestAsync("GET", MyProfile, Alice())).Status, Is.EqualTo(404));
    }

    private static string Header(RestAnswer answer, string name) => answer.Response.Headers.GetValues(name).Single();

    private static JsonNode Detail(RestAnswer answer, string type) =>
        answer.Json!["details"]!.AsArray().Single(detail => detail!["@type"]!.GetValue<string>() == $"type.googleapis.com/google.rpc.{type}")!;

    private string Alice() => mint.Mint(organization, "alice");

    private async Task<RpcException> FailureAsync(string token) =>
        await RpcErrors.FailureOf(grpc.GetMyProfileAsync(
            new GetMyProfileRequest(), new Metadata { { "authorization", $"Bearer {token}" } }));

    private async Task<string> WebStatusAsync(string token)
    {
        using var content = new ByteArrayContent([0, 0, 0, 0, 0]);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/grpc-web+proto");
        using var call = new HttpRequestMessage(HttpMethod.Post, GetMine) { Content = content };
        call.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await http.SendAsync(call);
        return response.Headers.GetValues("grpc-status").Single();
    }

    private async Task<RestAnswer> RestAsync(string method, string path, string token, string? json = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (json is not null)
            request.Content = new StringContent(json, null, "application/json");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await http.SendAsync(request);
        return await RestAnswer.ReadAsync(response);
    }
}
