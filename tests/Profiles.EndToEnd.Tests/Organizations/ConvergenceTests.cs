using System.Net.Http.Headers;
using System.Text;
using Npgsql;
using Profiles.EndToEnd.Tests.Harness;

namespace Profiles.EndToEnd.Tests.Organizations;

/// <summary>
/// Two servers on one database: what one of them changes, no request that reaches the other more than a second later escapes,
/// whatever becomes of the connection over which they tell each other.
/// </summary>
internal sealed class ConvergenceTests
{
    private const string KillListeners =
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'profiles-changes'";

    private const string FindListeners =
        "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'profiles-changes'";

    private const int Changes = 5;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private DataFolder data = null!;
    private ExternalIssuer issuer = null!;
    private ServerProcess first = null!;
    private ServerProcess second = null!;
    private HttpClient there = null!;
    private HttpClient here = null!;
    private IReadOnlyDictionary<string, string> settings = null!;
    private string connectionString = string.Empty;
    private int organizations;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        data = new DataFolder();
        issuer = new ExternalIssuer();
        connectionString = await ExternalDatabase.CreateAsync("convergence");
        settings = data.With([
            ("ConnectionStrings__Profiles", connectionString),
            ("Tokens__Platform", "on"),
            // These tests ask again and again.
            ("RateLimits__User__Write", "off"),
            .. await issuer.SettingsAsync(data),
        ]);
        var (exitCode, _, error) = await ServerProgram.RunAsync(settings, "organization", "create", "--id", "platform");
        Assert.That(exitCode, Is.Zero, error);
        first = await ServerProcess.StartAsync(settings);
        second = await ServerProcess.StartAsync(settings);
        there = Connect(first);
        here = Connect(second);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        there.Dispose();
        here.Dispose();
        await first.DisposeAsync();
        await second.DisposeAsync();
        issuer.Dispose();
        data.Dispose();
        NpgsqlConnection.ClearAllPools();
        Assert.That(first.Errors(), Is.Empty);
        Assert.That(second.Errors(), Is.Empty);
    }

    [Test]
    public async Task Over_a_good_connection()
    {
        var organization = await CreateAsync();
        for (var i = 0; i < Changes; i++)
            await ChangeAndFollowAsync(organization, i);
    }

    [Test]
    public async Task After_the_listening_connections_were_cut()
    {
        var organization = await CreateAsync();
        for (var i = 0; i < Changes; i++)
        {
            Assert.That(await QueryAsync<long>(KillListeners), Is.GreaterThanOrEqualTo(0));
            await ChangeAndFollowAsync(organization, i);
        }
    }

    [Test]
    public async Task While_the_listening_connections_are_cut_all_the_time()
    {
        var organization = await CreateAsync();
        using var end = new CancellationTokenSource();
        var cutting = CutAsync(end.Token);
        for (var i = 0; i < Changes; i++)
            await ChangeAndFollowAsync(organization, i);
        await end.CancelAsync();
        Assert.That(await cutting, Is.GreaterThan(Changes));
    }

    [Test]
    public async Task While_the_listening_connections_hang()
    {
        var organization = await CreateAsync();
        await ChangeAndFollowAsync(organization, 0);
        var listeners = await ListenersAsync();
        await SignalAsync("-STOP", listeners);
        try
        {
            for (var i = 1; i <= Changes; i++)
                await ChangeAndFollowAsync(organization, i);
        }
        finally
        {
            await SignalAsync("-CONT", listeners);
        }
    }

    [Test]
    public async Task A_command_beside_the_servers_counts_too()
    {
        var organization = await CreateAsync();
        await ChangeAndFollowAsync(organization, 0);

        var (exitCode, _, error) = await ServerProgram.RunAsync(
            settings, "organization", "update", "--id", organization, "--attribute-prefix", "cli_");

        Assert.That(exitCode, Is.Zero, error);
        await FollowAsync(here, async client => await SetAttributeAsync(client, organization, "cli_a") == 200);
        await FollowAsync(there, async client => await SetAttributeAsync(client, organization, "cli_a") == 200);
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_deleted_organization_is_refused_everywhere_and_a_created_one_is_known_everywhere(bool cut)
    {
        var id = NewId();
        Assert.That(await SetAttributeAsync(here, id, "a"), Is.EqualTo(403));
        if (cut)
            await QueryAsync<long>(KillListeners);
        await AdministrateAsync(HttpMethod.Post, "/v1/organizations", $$"""{"organizationId":"{{id}}"}""");
        await FollowAsync(here, async client => await SetAttributeAsync(client, id, "a") == 200);

        if (cut)
            await QueryAsync<long>(KillListeners);
        await AdministrateAsync(HttpMethod.Delete, $"/v1/organizations/{id}?force=true", json: null);
        await FollowAsync(here, async client => await SetAttributeAsync(client, id, "b") == 403);
    }

    private static HttpClient Connect(ServerProcess server) => new() { BaseAddress = server.Http, Timeout = Patience };

    private string NewId() => $"converging-{Interlocked.Increment(ref organizations)}";

    private async Task<string> CreateAsync()
    {
        var id = NewId();
        await AdministrateAsync(HttpMethod.Post, "/v1/organizations", $$"""{"organizationId":"{{id}}"}""");
        return id;
    }

    // Another prefix each time: the one before is good until the change is in effect, and refused from then on.
    private async Task ChangeAndFollowAsync(string organization, int number)
    {
        var prefix = $"p{number}_";
        await AdministrateAsync(HttpMethod.Patch, $"/v1/organizations/{organization}", Prefix(prefix));
        await FollowAsync(here, async client => await SetAttributeAsync(client, organization, $"{prefix}a") == 200);
    }

    /// <summary>Asks again and again. Of the requests that are sent more than a second from now, none may be of the old mind.</summary>
    private static async Task FollowAsync(HttpClient client, Func<HttpClient, Task<bool>> isInEffect)
    {
        var changed = TimeProvider.System.GetTimestamp();
        TimeSpan sent;
        do
        {
            sent = TimeProvider.System.GetElapsedTime(changed);
            var inEffect = await isInEffect(client);
            if (sent > Second)
                Assert.That(inEffect, $"{sent.TotalMilliseconds:0} ms after the change it was not in effect.");
        }
        while (sent < 1.5 * Second);
    }

    private async Task<int> SetAttributeAsync(HttpClient client, string organization, string key)
    {
        using var request = Request(HttpMethod.Patch, "/v1/users/me/profile", issuer.Mint(organization, "alice"), $$$"""{"attributes":{"{{{key}}}":"1"}}""");
        using var response = await client.SendAsync(request);
        return (int)response.StatusCode;
    }

    private async Task AdministrateAsync(HttpMethod method, string path, string? json)
    {
        using var request = Request(method, path, issuer.Mint("platform", "operator", "platform.admin"), json);
        using var response = await there.SendAsync(request);
        Assert.That((int)response.StatusCode, Is.EqualTo(200), await response.Content.ReadAsStringAsync());
    }

    private static string Prefix(string prefix) => $"{{\"settings\":{{\"attributes\":{{\"requiredPrefix\":\"{prefix}\"}}}}}}";

    private static HttpRequestMessage Request(HttpMethod method, string path, string token, string? json)
    {
        var request = new HttpRequestMessage(method, path)
        {
            Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return request;
    }

    // On one connection, with the database's own pause.
    private async Task<int> CutAsync(CancellationToken cancellationToken)
    {
        var cuts = 0;
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(CancellationToken.None);
        while (!cancellationToken.IsCancellationRequested)
        {
            await using var command = new NpgsqlCommand($"{KillListeners}; SELECT pg_sleep(0.05)", connection);
            cuts += (int)(long)(await command.ExecuteScalarAsync(CancellationToken.None))!;
        }

        return cuts;
    }

    private async Task<int[]> ListenersAsync()
    {
        var found = new List<int>();
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(FindListeners, connection);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            found.Add(reader.GetInt32(0));
        return [.. found];
    }

    private static async Task SignalAsync(string signal, int[] processes)
    {
        foreach (var process in processes)
        {
            using var kill = System.Diagnostics.Process.Start("kill", [signal, process.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
            await kill.WaitForExitAsync();
        }
    }

    private async Task<T> QueryAsync<T>(string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }
}
