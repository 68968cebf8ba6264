using System.Net.Http.Headers;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Net.Client;
using Npgsql;
using Profiles.EndToEnd.Tests.Harness;
using Profiles.V1;

namespace Profiles.EndToEnd.Tests.Limits;

/// <summary>A server that has all calls it can carry out. A lock in the database holds them.</summary>
internal sealed class OverloadTests
{
    private const int Calls = 2;
    private const int Queue = 1;
    private const string MyProfile = "/v1/users/me/profile";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Test]
    public async Task What_is_beyond_is_refused_at_once_and_the_others_finish()
    {
        using var data = new DataFolder();
        await using var server = await ServerProcess.StartAsync(data.With(("Limits__Calls", $"{Calls}"), ("Limits__Queue", $"{Queue}")));
        using var mint = new TokenMint(await File.ReadAllTextAsync(data.IssuerKey));
        using var http = new HttpClient { BaseAddress = server.Http, Timeout = Patience };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", mint.Mint("demo", "alice"));
        using var channel = GrpcChannel.ForAddress(server.Grpc);
        Assert.That((await WriteAsync(http, 0)).Status, Is.EqualTo(200));

        await using var connection = new NpgsqlConnection(await ExternalDatabase.ConnectAsync("profiles", data));
        await connection.OpenAsync();
        await ExecuteAsync(connection, "BEGIN; SELECT FROM profiles WHERE user_id = 'alice' FOR UPDATE");
        // None of them can end, so the first answer is a refusal.
        var calls = Enumerable.Range(1, Calls + Queue + 1).Select(n => WriteAsync(http, n)).ToList();
        var refused = await (await Task.WhenAny(calls)).WaitAsync(Patience);

        Assert.That(refused.Status, Is.EqualTo(503));
        Assert.That(refused.Reason, Is.EqualTo("OVERLOADED"));
        Assert.That(refused.Response.Headers.RetryAfter?.Delta, Is.EqualTo(TimeSpan.FromSeconds(1)));
        var overGrpc = await RpcErrors.FailureOf(new ProfileService.ProfileServiceClient(channel).GetMyProfileAsync(new GetMyProfileRequest()));
        Assert.That(overGrpc.StatusCode, Is.EqualTo(StatusCode.Unavailable));
        Assert.That(overGrpc.Reason(), Is.EqualTo("OVERLOADED"));
        Assert.That((await http.GetAsync("/healthz/ready")).IsSuccessStatusCode, Is.True);
        Assert.That(
            (await new Grpc.Health.V1.Health.HealthClient(channel).CheckAsync(new HealthCheckRequest())).Status,
            Is.EqualTo(HealthCheckResponse.Types.ServingStatus.Serving));
        Assert.That(calls.Count(call => call.IsCompleted), Is.EqualTo(1));

        await ExecuteAsync(connection, "COMMIT");
        var finished = await Task.WhenAll(calls).WaitAsync(Patience);
        Assert.That(finished.Select(answer => answer.Status).Order(), Is.EqualTo(Enumerable.Repeat(200, Calls + Queue).Append(503)));
        Assert.That((await WriteAsync(http, 9)).Status, Is.EqualTo(200));
        Assert.That(server.Errors(), Is.Empty);
    }

    private static async Task<RestAnswer> WriteAsync(HttpClient http, int n)
    {
        using var body = new StringContent($$"""{"nickname":"N{{n}}"}""", null, "application/json");
        using var response = await http.PatchAsync(MyProfile, body);
        return await RestAnswer.ReadAsync(response);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
