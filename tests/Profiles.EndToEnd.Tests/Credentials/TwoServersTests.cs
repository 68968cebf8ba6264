using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Profiles.EndToEnd.Tests.Harness;

namespace Profiles.EndToEnd.Tests.Credentials;

/// <summary>Two servers on one database: what is done on one is in effect on the other within a second.</summary>
internal sealed class TwoServersTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private DataFolder data = null!;
    private ExternalIssuer issuer = null!;
    private ServerProcess first = null!;
    private ServerProcess second = null!;
    private HttpClient http = null!;
    private string root = string.Empty;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        data = new DataFolder();
        issuer = new ExternalIssuer();
        var settings = data.With(
        [
            ("ConnectionStrings__Profiles", await ExternalDatabase.CreateAsync("two_servers")),
            ("PROFILES_MASTER_KEYS", $"k1:{Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}"),
            .. await issuer.SettingsAsync(data),
        ]);
        await RunAsync(settings, "organization", "create", "--id", "acme");
        root = (await RunAsync(settings, "key", "create", "--organization", "acme", "--type", "administrative", "--permission", "platform.admin",
            "--permission", "profiles.read", "--permission", "profiles.write")).Output;
        first = await ServerProcess.StartAsync(settings);
        second = await ServerProcess.StartAsync(settings);
        http = new HttpClient();
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        http.Dispose();
        await first.DisposeAsync();
        await second.DisposeAsync();
        issuer.Dispose();
        data.Dispose();
        Assert.That(first.Errors().Concat(second.Errors()), Is.Empty);
        Assert.That($"{first.Output}{second.Output}", Does.Not.Contain(root[20..]));
    }

    [Test]
    public async Task A_revoked_key_is_refused_everywhere()
    {
        var created = await CallAsync(first, HttpMethod.Post, "/v1/apiKeys", """{"apiKey":{"type":"API_KEY_TYPE_ADMINISTRATIVE"}}""");
        var (id, key) = (created["apiKey"]!["keyId"]!.GetValue<string>(), created["key"]!.GetValue<string>());
        foreach (var server in (ServerProcess[])[first, second, second])
            Assert.That(await ListAsync(server, ("x-api-key", key)), Is.EqualTo(200));

        await CallAsync(first, HttpMethod.Post, $"/v1/apiKeys/{id}:revoke", "{}");

        Assert.That(await ListAsync(first, ("x-api-key", key)), Is.EqualTo(401));
        Assert.That(await AfterASecondAsync(401, () => ListAsync(second, ("x-api-key", key))), Is.EqualTo(401));
    }

    [Test]
    public async Task An_imported_key_that_was_refused_before_is_good_everywhere()
    {
        var key = RandomNumberGenerator.GetHexString(32, lowercase: true);
        foreach (var server in (ServerProcess[])[first, second])
            Assert.That(await ListAsync(server, ("x-api-key", key)), Is.EqualTo(401));

        await CallAsync(first, HttpMethod.Post, "/v1/apiKeys", $$"""{"apiKey":{"type":"API_KEY_TYPE_ADMINISTRATIVE"},"importedKey":"{{key}}"}""");

        Assert.That(await ListAsync(first, ("x-api-key", key)), Is.EqualTo(200));
        Assert.That(await AfterASecondAsync(200, () => ListAsync(second, ("x-api-key", key))), Is.EqualTo(200));
    }

    [Test]
    public async Task A_secret_that_was_replaced_is_refused_everywhere_and_a_signature_is_taken_once_by_all()
    {
        var created = await CallAsync(
            first, HttpMethod.Post, "/v1/applications", """{"application":{"freshnessWindow":"300s","refuseReplays":true}}""");
        var (id, appKey, secret) = (created["application"]!["applicationId"]!.GetValue<string>(), created["application"]!["appKey"]!.GetValue<string>(), created["appSecret"]!.GetValue<string>());
        var once = Sign(appKey, secret);
        Assert.That(await ListAsync(first, once), Is.EqualTo(200));
        Assert.That(await ListAsync(second, once), Is.EqualTo(401));
        Assert.That(await ListAsync(second, Sign(appKey, secret)), Is.EqualTo(200));

        var rotated = await CallAsync(first, HttpMethod.Post, $"/v1/applications/{id}:rotateSecret", "{}");
        var newer = rotated["appSecret"]!.GetValue<string>();

        Assert.That(await AfterASecondAsync(401, () => ListAsync(second, Sign(appKey, secret))), Is.EqualTo(401));
        Assert.That(await AfterASecondAsync(200, () => ListAsync(second, Sign(appKey, newer))), Is.EqualTo(200));
    }

    /// <summary>The answer of a call that began more than a second after this one, or an earlier one that is as expected.</summary>
    private static async Task<int> AfterASecondAsync(int expected, Func<Task<int>> call)
    {
        var begin = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var isLast = TimeProvider.System.GetElapsedTime(begin) > Second;
            var status = await call();
            if (isLast || status == expected)
                return status;
        }
    }

    private async Task<JsonNode> CallAsync(ServerProcess server, HttpMethod method, string path, string json)
    {
        using var request = new HttpRequestMessage(method, new Uri(server.Http, path)) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        request.Headers.Add("x-api-key", root);
        using var response = await http.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        Assert.That((int)response.StatusCode, Is.EqualTo(200), body);
        return JsonNode.Parse(body)!;
    }

    private async Task<int> ListAsync(ServerProcess server, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Http, "/v1/profiles"));
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        using var response = await http.SendAsync(request);
        return (int)response.StatusCode;
    }

    private static (string Name, string Value)[] Sign(string appKey, string secret)
    {
        var (nonce, timestamp) = (RandomNumberGenerator.GetHexString(16), $"{TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()}");
        var signature = Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(secret + nonce + timestamp)));
        return [("app-key", appKey), ("nonce", nonce), ("timestamp", timestamp), ("signature", signature)];
    }

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(IReadOnlyDictionary<string, string> settings, params string[] arguments)
    {
        var result = await ServerProgram.RunAsync(settings, arguments);
        Assert.That(result.ExitCode, Is.Zero, result.Error);
        return result;
    }
}
