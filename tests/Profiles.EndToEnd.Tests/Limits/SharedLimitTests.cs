using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using Grpc.Core;
using Grpc.Net.Client;
using Npgsql;
using Profiles.EndToEnd.Tests.Harness;
using Profiles.V1;

namespace Profiles.EndToEnd.Tests.Limits;

/// <summary>Three servers on one database count together.</summary>
internal sealed class SharedLimitTests
{
    private const int Requests = 2_000;
    private const int Chunk = 20;
    private const int Servers = 3;
    private const int CallersEach = 4;
    private const int AloneEvent = 1051;
    private const int TogetherEvent = 1052;
    private const string Issuer = "https://issuer.example";

    // A refusal may come early, by the time of a round trip.
    private const int RefusalsUntilTheEnd = 30;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    private DataFolder data = null!;
    private TokenMint mint = null!;
    private string database = null!;
    private List<ServerProcess> servers = null!;
    private List<GrpcChannel> channels = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        data = new DataFolder();
        database = await ExternalDatabase.CreateAsync("limits");
        var settings = data.With(
            ("ConnectionStrings__Profiles", $"{database};Maximum Pool Size=10"),
            ("Tokens__Issuer", Issuer),
            ("Tokens__KeysFile", MakeIssuer()),
            ("RateLimits__User__Read", $"{Requests}/1h"));
        var (exitCode, _, error) = await ServerProgram.RunAsync(settings, "organization", "create", "--id", "acme");
        Assert.That(exitCode, Is.Zero, error);
        servers = [.. await Task.WhenAll(Enumerable.Range(0, Servers).Select(_ => ServerProcess.StartAsync(settings)))];
        channels = servers.ConvertAll(server => GrpcChannel.ForAddress(server.Grpc));
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        channels.ForEach(channel => channel.Dispose());
        foreach (var server in servers)
            await server.DisposeAsync();
        mint.Dispose();
        data.Dispose();
        Assert.That(servers.SelectMany(server => server.Errors()), Is.Empty);
    }

    [Test]
    public async Task All_together_let_through_a_chunk_each_too_much_at_most()
    {
        await Task.WhenAll(Enumerable.Range(0, Servers).Select(WarmUpAsync));
        var alone = servers.Sum(server => Count(server, AloneEvent));
        var clock = Stopwatch.StartNew();
        var token = Token("alice");
        var granted = await Task.WhenAll(
            channels.SelectMany(channel => Enumerable.Range(0, CallersEach).Select(_ => CallToTheEndAsync(channel, token))));
        var back = (int)Math.Ceiling(Requests * (clock.Elapsed / Window));
        await TestContext.Out.WriteLineAsync($"{granted.Sum()} of {Requests}, {back} of them came back in {clock.Elapsed}");

        // Otherwise the bound is another one.
        Assert.That(servers.Sum(server => Count(server, AloneEvent)), Is.EqualTo(alone), "A server was alone.");
        Assert.That(granted.Sum(), Is.InRange(Requests, Requests + back + (Servers * Chunk)));
        foreach (var channel in channels)
            Assert.That(await StatusAsync(channel, token), Is.EqualTo(StatusCode.ResourceExhausted));
    }

    [Test]
    public async Task Without_the_shared_buckets_each_server_goes_on_alone_and_then_together_again()
    {
        var token = Token("bob");
        await ExecuteAsync("ALTER TABLE rate_limit_buckets RENAME TO hidden");
        await StatusAsync(channels[0], token);
        await servers[0].WaitForEventAsync(AloneEvent);
        for (var i = 0; i < 3 * Chunk; i++)
            Assert.That(await StatusAsync(channels[0], token), Is.EqualTo(StatusCode.NotFound));

        await ExecuteAsync("ALTER TABLE hidden RENAME TO rate_limit_buckets");
        await servers[0].WaitForEventAsync(TogetherEvent);
        Assert.That(await StatusAsync(channels[0], token), Is.EqualTo(StatusCode.NotFound));
    }

    // How often it was let through.
    private static async Task<int> CallToTheEndAsync(GrpcChannel channel, string token)
    {
        var (granted, refused) = (0, 0);
        while (refused < RefusalsUntilTheEnd)
        {
            var status = await StatusAsync(channel, token);
            Assert.That(status, Is.AnyOf(StatusCode.NotFound, StatusCode.ResourceExhausted));
            if (status == StatusCode.NotFound)
                (granted, refused) = (granted + 1, 0);
            else
                refused++;
        }

        return granted;
    }

    private static int Count(ServerProcess server, int id) =>
        server.Output.Split('\n').Count(line => line.Contains($"\"EventId\":{id},", StringComparison.Ordinal));

    // On a busy machine, the first round trip of a new process can take so long that it goes on alone for a second.
    private async Task WarmUpAsync(int server)
    {
        var token = Token("carol");
        var clock = Stopwatch.StartNew();
        for (var calls = 0; calls < 2 * Chunk || Count(servers[server], AloneEvent) > Count(servers[server], TogetherEvent); calls++)
        {
            await StatusAsync(channels[server], token);
            Assert.That(clock.Elapsed, Is.LessThan(Patience));
        }
    }

    // There is no profile: that is the answer to a call that was let through.
    private static async Task<StatusCode> StatusAsync(GrpcChannel channel, string token) =>
        (await RpcErrors.FailureOf(new ProfileService.ProfileServiceClient(channel).GetMyProfileAsync(
            new GetMyProfileRequest(), new Metadata { { "authorization", $"Bearer {token}" } }))).StatusCode;

    private string MakeIssuer()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        mint = new TokenMint(key.ExportPkcs8PrivateKeyPem());
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        var entry = new { kty = "EC", crv = "P-256", kid = mint.KeyId, x = TokenMint.Encode(point.X), y = TokenMint.Encode(point.Y) };
        var file = Path.Combine(data.Path, "keys.json");
        File.WriteAllText(file, JsonSerializer.Serialize(new { keys = new[] { entry } }));
        return file;
    }

    private string Token(string user)
    {
        var claims = TokenMint.Claims("acme", user);
        claims["iss"] = Issuer;
        return mint.Mint(claims);
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
