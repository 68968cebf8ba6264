using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Grpc.Core;
using Grpc.Net.Client;
using Profiles.EndToEnd.Tests.Harness;
using Profiles.V1;

namespace Profiles.Benchmarks;

/// <summary>The operations to measure. Each checks its answer.</summary>
internal sealed class Target : IDisposable
{
    private readonly GrpcChannel channel;
    private readonly ProfileService.ProfileServiceClient client;
    private readonly Metadata headers;
    private readonly HttpClient http;

    public Target(ServerProcess server, string token)
    {
        channel = GrpcChannel.ForAddress(server.Grpc);
        client = new ProfileService.ProfileServiceClient(channel);
        headers = new Metadata { { "authorization", $"Bearer {token}" } };
        http = new HttpClient { BaseAddress = server.Http };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public IReadOnlyList<(string Name, Func<int, int, Task> Call)> Operations =>
    [
        ("gRPC update", UpdateAsync),
        ("gRPC read", ReadAsync),
        ("REST update", UpdateOverRestAsync),
        ("REST read", ReadOverRestAsync),
    ];

    public async Task CreateUsersAsync(int count)
    {
        foreach (var users in Enumerable.Range(0, count).Chunk(100))
        {
            var requests = users.Select(user => new SetProfileRequest
            {
                UserId = Name(user),
                Profile = new Profile { GivenName = "Alice", FamilyName = "Liddell", Locale = "en-GB", Attributes = { ["tier"] = "gold" } },
            });
            await client.BatchSetProfilesAsync(new BatchSetProfilesRequest { Requests = { requests } }, headers);
        }
    }

    public void Dispose()
    {
        http.Dispose();
        channel.Dispose();
    }

    private async Task UpdateAsync(int user, int n)
    {
        var nickname = Guid.CreateVersion7().ToString("N");
        var answer = await client.SetProfileAsync(
            new SetProfileRequest { UserId = Name(user), Profile = new Profile { Nickname = nickname } }, headers);
        Check(answer.Profile.Nickname == nickname && !answer.Unchanged);
    }

    private async Task ReadAsync(int user, int n)
    {
        var answer = await client.GetProfileAsync(new GetProfileRequest { UserId = Name(user) }, headers);
        Check(answer.Profile.GivenName == "Alice");
    }

    private async Task UpdateOverRestAsync(int user, int n)
    {
        var nickname = Guid.CreateVersion7().ToString("N");
        using var body = new StringContent($"{{\"nickname\":\"{nickname}\"}}", Encoding.UTF8, "application/json");
        using var answer = await http.PatchAsync($"/v1/profiles/{Name(user)}", body);
        Check((await answer.Content.ReadAsStringAsync()).Contains(nickname, StringComparison.Ordinal));
    }

    private async Task ReadOverRestAsync(int user, int n) =>
        Check((await http.GetStringAsync($"/v1/profiles/{Name(user)}")).Contains("Alice", StringComparison.Ordinal));

    private static string Name(int user) => string.Create(CultureInfo.InvariantCulture, $"user-{user}");

    private static void Check(bool right)
    {
        if (!right)
            throw new InvalidOperationException("An answer was not the expected one.");
    }
}
