using System.Net.Http.Headers;
using Grpc.Core;
using Grpc.Net.Client;
using Profiles.EndToEnd.Tests.Harness;
using Profiles.V1;

namespace Profiles.EndToEnd.Tests.Limits;

/// <summary>
/// Callers who guess are refused by address. The tests stand behind a trusted proxy, themselves, and so can come from anywhere.
/// </summary>
internal sealed class ThrottleTests
{
    private const int Allowed = 5;
    private const int ThrottledEvent = 1053;
    private const string MyProfile = "/v1/users/me/profile";

    private DataFolder data = null!;
    private ServerProcess server = null!;
    private TokenMint mint = null!;
    private HttpClient http = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        data = new DataFolder();
        server = await ServerProcess.StartAsync(data.With(
            ("Limits__FailedAuthentications", $"{Allowed}/1h"), ("PROFILES_TRUSTED_PROXIES", "10.9.0.0/16, 127.0.0.1")));
        mint = new TokenMint(await File.ReadAllTextAsync(data.IssuerKey));
        http = new HttpClient { BaseAddress = server.Http };
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        http.Dispose();
        mint.Dispose();
        await server.DisposeAsync();
        data.Dispose();
        Assert.That(server.Errors(), Is.Empty);
    }

    [Test]
    public async Task After_too_many_failures_an_address_is_refused_and_known_callers_at_it_are_not()
    {
        const string address = "203.0.113.1";
        var known = mint.Mint("demo", "alice");
        Assert.That((await CallAsync(address, known)).Status, Is.EqualTo(404));
        await FailAsync(address);

        var refused = await CallAsync(address, "nonsense");

        Assert.That(refused.Status, Is.EqualTo(429));
        Assert.That(refused.Reason, Is.EqualTo("RATE_LIMITED"));
        Assert.That(refused.Response.Headers.RetryAfter!.Delta!.Value.TotalSeconds, Is.InRange(1, 720));
        Assert.That((await CallAsync(address, mint.Mint("demo", "bob"))).Status, Is.EqualTo(429));
        Assert.That((await CallAsync(address, known)).Status, Is.EqualTo(404));
        Assert.That((await CallAsync("203.0.113.2", mint.Mint("demo", "bob"))).Status, Is.EqualTo(404));
        var logged = await server.WaitForEventAsync(ThrottledEvent);
        Assert.That(logged.GetProperty("State").GetProperty("Address").GetString(), Is.EqualTo(address));
    }

    [Test]
    public async Task Over_grpc_it_is_the_same()
    {
        const string address = "2001:db8:1:2::1";
        await FailAsync(address);
        using var channel = GrpcChannel.ForAddress(server.Grpc);

        // Another address of the same network.
        var refused = await RpcErrors.FailureOf(new ProfileService.ProfileServiceClient(channel).GetMyProfileAsync(
            new GetMyProfileRequest(),
            new Metadata { { "authorization", "Bearer nonsense" }, { "x-forwarded-for", "2001:db8:1:2:3::4" } }));

        Assert.That(refused.StatusCode, Is.EqualTo(StatusCode.ResourceExhausted));
        Assert.That(refused.Reason(), Is.EqualTo("RATE_LIMITED"));
    }

    [Test]
    public async Task Guesses_at_one_key_count_together_wherever_they_come_from()
    {
        for (var i = 0; i < Allowed; i++)
            Assert.That(await GuessAsync($"192.0.2.{i}", $"AbCdEf{i}{new string('x', 57)}"), Is.EqualTo(401));

        Assert.That(await GuessAsync("192.0.2.99", $"AbCdEf9{new string('x', 57)}"), Is.EqualTo(429));
        Assert.That(await GuessAsync("192.0.2.99", $"GhIjKl9{new string('x', 57)}"), Is.EqualTo(401));
    }

    [Test]
    public async Task What_a_caller_claims_before_the_proxy_does_not_count()
    {
        for (var i = 0; i < Allowed; i++)
            Assert.That((await CallAsync($"198.51.100.{i}, 203.0.113.7", "nonsense")).Status, Is.EqualTo(401));

        Assert.That((await CallAsync("198.51.100.9, 203.0.113.7", "nonsense")).Status, Is.EqualTo(429));
        Assert.That((await CallAsync("198.51.100.1", "nonsense")).Status, Is.EqualTo(401));
    }

    [TestCase("https", true)]
    [TestCase("http", false)]
    [TestCase("https, http", false)]
    public async Task Whether_a_call_came_by_tls_is_what_the_proxy_says(string protocol, bool isTls)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/healthz/live");
        request.Headers.TryAddWithoutValidation("X-Forwarded-Proto", protocol);
        using var response = await http.SendAsync(request);

        Assert.That(response.Headers.Contains("strict-transport-security"), Is.EqualTo(isTls));
    }

    [Test]
    public async Task A_call_without_a_credential_is_no_guess()
    {
        for (var i = 0; i < 3 * Allowed; i++)
            Assert.That((await CallAsync("203.0.113.8", token: null)).Status, Is.EqualTo(401));
    }

    [Test]
    public async Task Without_trusted_proxies_everybody_is_who_connects()
    {
        using var otherData = new DataFolder();
        await using var other = await ServerProcess.StartAsync(otherData.With(("Limits__FailedAuthentications", $"{Allowed}/1h")));
        using var client = new HttpClient { BaseAddress = other.Http };
        var statuses = new List<int>();
        for (var i = 0; i <= Allowed; i++)
            statuses.Add((await CallAsync(client, $"203.0.113.{i}", "nonsense")).Status);

        Assert.That(statuses, Is.EqualTo(Enumerable.Repeat(401, Allowed).Append(429)));
    }

    private static async Task<RestAnswer> CallAsync(HttpClient client, string address, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, MyProfile);
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", address);
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await client.SendAsync(request);
        return await RestAnswer.ReadAsync(response);
    }

    private Task<RestAnswer> CallAsync(string address, string? token) => CallAsync(http, address, token);

    private async Task<int> GuessAsync(string address, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, MyProfile);
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", address);
        request.Headers.TryAddWithoutValidation("x-api-key", key);
        using var response = await http.SendAsync(request);
        return (int)response.StatusCode;
    }

    private async Task FailAsync(string address)
    {
        for (var i = 0; i < Allowed; i++)
            Assert.That((await CallAsync(address, "nonsense")).Status, Is.EqualTo(401));
    }
}
