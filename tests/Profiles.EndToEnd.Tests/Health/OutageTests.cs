using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Grpc.Health.V1;
using Grpc.Net.Client;
using Npgsql;
using Profiles.EndToEnd.Tests.Harness;
using static Grpc.Health.V1.HealthCheckResponse.Types;
using HealthClient = Grpc.Health.V1.Health.HealthClient;

namespace Profiles.EndToEnd.Tests.Health;

/// <summary>While its database is gone a server says so, and that it is back as soon as it is.</summary>
internal sealed class OutageTests
{
    private const int DatabaseReadyEvent = 2100;
    private const string Service = "profiles.v1.ProfileService";

    private DataFolder hostData = null!;
    private DataFolder data = null!;
    private ServerProcess host = null!;
    private ServerProcess server = null!;
    private GrpcChannel channel = null!;
    private HttpClient http = null!;

    // One server has the database, and can be killed with it; the other one's health is looked at.
    [SetUp]
    public async Task StartAsync()
    {
        hostData = new DataFolder();
        data = new DataFolder();
        host = await ServerProcess.StartAsync(hostData.Settings);
        var keys = Path.Combine(data.Path, "keys.json");
        using (var key = System.Security.Cryptography.RSA.Create(2048))
            await File.WriteAllTextAsync(keys, JsonWebKeys.Write(key, "1"));
        server = await ServerProcess.StartAsync(data.With(
            ("ConnectionStrings__Profiles", await ExternalDatabase.CreateAsync("outage", hostData)),
            ("Tokens__Issuer", "https://issuer.example"),
            ("Tokens__KeysFile", keys)));
        channel = GrpcChannel.ForAddress(server.Grpc);
        http = new HttpClient { BaseAddress = server.Http };
    }

    [TearDown]
    public async Task StopAsync()
    {
        http.Dispose();
        channel.Dispose();
        await server.DisposeAsync();
        await host.DisposeAsync();
        data.Dispose();
        hostData.Dispose();
    }

    [Test]
    public async Task Killing_the_database_is_noticed_and_so_is_its_return()
    {
        var client = new HealthClient(channel);
        using var whole = client.Watch(new HealthCheckRequest());
        using var service = client.Watch(new HealthCheckRequest { Service = Service });
        Assert.That(await whole.NextAsync(), Is.EqualTo(ServingStatus.Serving));
        Assert.That(await service.NextAsync(), Is.EqualTo(ServingStatus.Serving));

        await KillDatabaseAsync();
        Assert.That(await whole.NextAsync(), Is.EqualTo(ServingStatus.NotServing));
        Assert.That(await service.NextAsync(), Is.EqualTo(ServingStatus.NotServing));
        Assert.That((await client.CheckAsync(new HealthCheckRequest())).Status, Is.EqualTo(ServingStatus.NotServing));
        Assert.That(await GetAsync("/healthz/ready"), Is.EqualTo((503, "NOT_SERVING", "DATABASE_UNREACHABLE")));
        Assert.That(await GetAsync("/healthz/live"), Is.EqualTo((200, "LIVE", null as string)));

        await host.DisposeAsync();
        host = await ServerProcess.StartAsync(hostData.Settings);
        Assert.That(await whole.NextAsync(), Is.EqualTo(ServingStatus.Serving));
        Assert.That(await service.NextAsync(), Is.EqualTo(ServingStatus.Serving));
        Assert.That(await GetAsync("/healthz/ready"), Is.EqualTo((200, "SERVING", null as string)));
        Assert.That(server.Errors(), Is.Empty);
    }

    [Test]
    public async Task A_schema_that_lost_its_migrations_is_noticed()
    {
        using var watch = new HealthClient(channel).Watch(new HealthCheckRequest());
        Assert.That(await watch.NextAsync(), Is.EqualTo(ServingStatus.Serving));

        await using (var connection = new NpgsqlConnection(await ExternalDatabase.ConnectAsync("outage", hostData)))
        {
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand("DROP TABLE schema_migrations", connection);
            await command.ExecuteNonQueryAsync();
        }

        Assert.That(await watch.NextAsync(), Is.EqualTo(ServingStatus.NotServing));
        Assert.That(await GetAsync("/healthz/ready"), Is.EqualTo((503, "NOT_SERVING", "SCHEMA_OUTDATED")));
    }

    // First the server that would start it anew.
    private async Task KillDatabaseAsync()
    {
        var ready = await host.WaitForEventAsync(DatabaseReadyEvent);
        await host.KillAsync();
        var process = ready.GetProperty("State").GetProperty("ProcessId").GetInt32();
        using var kill = Process.Start("kill", ["-KILL", process.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    private async Task<(int Status, string Said, string? Reason)> GetAsync(string path)
    {
        using var response = await http.GetAsync(path);
        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        return ((int)response.StatusCode, body["status"]!.GetValue<string>(), body["reason"]?.GetValue<string>());
    }
}
