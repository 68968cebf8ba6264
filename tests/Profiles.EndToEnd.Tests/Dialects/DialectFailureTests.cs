using Npgsql;
using Profiles.EndToEnd.Tests.Harness;

namespace Profiles.EndToEnd.Tests.Dialects;

/// <summary>A fault of ours: each dialect says it in its own form, and says nothing of what went wrong.</summary>
internal sealed class DialectFailureTests
{
    private DataFolder data = null!;
    private ExternalIssuer issuer = null!;
    private ServerProcess server = null!;
    private HttpClient http = null!;
    private string key = string.Empty;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        (data, issuer) = (new DataFolder(), new ExternalIssuer());
        var database = await ExternalDatabase.CreateAsync("dialect_failures");
        var settings = data.With([("ConnectionStrings__Profiles", database), .. await issuer.SettingsAsync(data)]);
        await RunAsync(settings, "organization", "create", "--id", "acme");
        key = await RunAsync(settings, "key", "create", "--organization", "acme", "--type", "administrative");
        server = await ServerProcess.StartAsync(settings);
        http = new HttpClient { BaseAddress = server.Http };
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("ALTER TABLE profiles RENAME TO lost", connection);
        await command.ExecuteNonQueryAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        http.Dispose();
        await server.DisposeAsync();
        issuer.Dispose();
        data.Dispose();
        NpgsqlConnection.ClearAllPools();
        Assert.That(server.Errors(), Is.Not.Empty, "Operators are told.");
    }

    [TestCase("/v1/profile?id=alice", """{"code":7001,"message":"MESSAGE","fields":null,"data":{}}""", TestName = "HiveMP")]
    [TestCase("/users/me/profile", """{"code":13,"message":"MESSAGE"}""", TestName = "Zitadel")]
    [TestCase("/api/profile/", """{"statusCode":500,"code":"INTERNAL","error":"Internal Server Error","message":"MESSAGE"}""", TestName = "M2")]
    public async Task It_is_told_in_the_words_of(string path, string expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (path.StartsWith("/users", StringComparison.Ordinal))
            request.Headers.Authorization = new("Bearer", issuer.Mint("acme", "alice"));
        else
            request.Headers.Add("x-api-key", key);
        request.Headers.Add("x-m2-user-id", "alice");

        using var response = await http.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();

        Assert.That((int)response.StatusCode, Is.EqualTo(500), body);
        Assert.That(body, Is.EqualTo(expected.Replace("MESSAGE", "The server failed. The failure has been logged under this request's id.", StringComparison.Ordinal)));
    }

    private static async Task<string> RunAsync(IReadOnlyDictionary<string, string> settings, params string[] arguments)
    {
        var (exitCode, output, error) = await ServerProgram.RunAsync(settings, arguments);
        Assert.That(exitCode, Is.Zero, error);
        return output;
    }
}
