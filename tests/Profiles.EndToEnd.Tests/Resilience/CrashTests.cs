using System.Diagnostics;
using System.Globalization;
using Grpc.Core;
using Grpc.Net.Client;
using Profiles.EndToEnd.Tests.Harness;
using Profiles.V1;

namespace Profiles.EndToEnd.Tests.Resilience;

/// <summary>Nothing that was acknowledged is lost, whatever is killed in the middle of writes.</summary>
internal sealed class CrashTests
{
    private const int Writers = 8;
    private const int Rounds = 3;
    private const int WritesBeforeTheKill = 60;
    private const int DatabaseReadyEvent = 2100;
    private const int DatabaseDiedEvent = 2130;

    [Test]
    public async Task Killing_the_server_in_the_middle_of_writes_loses_nothing_that_was_acknowledged()
    {
        using var data = new DataFolder();
        var acknowledged = new int[Writers];
        for (var round = 0; round < Rounds; round++)
        {
            await using var server = await ServerProcess.StartAsync(data.Settings);
            using var channel = GrpcChannel.ForAddress(server.Grpc);
            var client = new ProfileService.ProfileServiceClient(channel);
            var token = await MintAsync(data);
            await CheckAsync(client, token, acknowledged);

            var enough = new TaskCompletionSource();
            var left = WritesBeforeTheKill;
            var writers = Enumerable.Range(0, Writers).Select(i => WriteUntilFailureAsync(client, token, i, acknowledged, () =>
            {
                if (Interlocked.Decrement(ref left) == 0)
                    enough.SetResult();
            })).ToList();
            await enough.Task.WaitAsync(TimeSpan.FromSeconds(60));
            await server.KillAsync();
            await Task.WhenAll(writers).WaitAsync(TimeSpan.FromSeconds(60));
        }

        await using var last = await ServerProcess.StartAsync(data.Settings);
        using var lastChannel = GrpcChannel.ForAddress(last.Grpc);
        await CheckAsync(new ProfileService.ProfileServiceClient(lastChannel), await MintAsync(data), acknowledged);
        Assert.That(acknowledged.Sum(), Is.GreaterThanOrEqualTo(Rounds * WritesBeforeTheKill));
    }

    [Test]
    public async Task Killing_the_database_in_the_middle_of_writes_loses_nothing_and_retries_have_one_effect()
    {
        const int writesEach = 40;
        using var data = new DataFolder();
        await using var server = await ServerProcess.StartAsync(data.Settings);
        using var channel = GrpcChannel.ForAddress(server.Grpc);
        var client = new ProfileService.ProfileServiceClient(channel);
        var token = await MintAsync(data);

        var started = 0;
        var kills = new[] { new TaskCompletionSource(), new TaskCompletionSource(), new TaskCompletionSource() };
        var writers = Enumerable.Range(0, Writers).Select(async writer =>
        {
            for (var n = 1; n <= writesEach; n++)
            {
                var count = Interlocked.Increment(ref started);
                if (count % (Writers * writesEach / 4) == 0 && count / (Writers * writesEach / 4) <= kills.Length)
                    kills[(count / (Writers * writesEach / 4)) - 1].SetResult();
                await WriteUntilSuccessAsync(client, token, writer, n);
            }
        }).ToList();

        foreach (var moment in kills)
        {
            await moment.Task.WaitAsync(TimeSpan.FromSeconds(60));
            var ready = await server.WaitForEventAsync(DatabaseReadyEvent);
            Kill(ready.GetProperty("State").GetProperty("ProcessId").GetInt32());
        }

        await Task.WhenAll(writers).WaitAsync(TimeSpan.FromSeconds(120));
        await CheckAsync(client, token, Enumerable.Repeat(writesEach, Writers).ToArray(), mayBeOneAhead: false);
        // The driver reports connections that it finds broken, and the supervisor each death: nothing else went wrong.
        var others = server.Errors().Where(error => !error.Contains("\"Category\":\"Npgsql.Connection\""));
        Assert.That(others.Count(error => error.Contains($"\"EventId\":{DatabaseDiedEvent},")), Is.EqualTo(kills.Length));
        Assert.That(others.Count(), Is.EqualTo(kills.Length), string.Join('\n', others));
    }

    private static async Task WriteUntilFailureAsync(
        ProfileService.ProfileServiceClient client, string token, int writer, int[] acknowledged, Action noteSuccess)
    {
        try
        {
            while (true)
            {
                // A write that was cut off may have been carried out: the next one must not be the same.
                var n = acknowledged[writer] + 1;
                await client.SetProfileAsync(Request(writer, n), Credentials(token));
                acknowledged[writer] = n;
                noteSuccess();
            }
        }
        catch (RpcException exception) when (exception.StatusCode is StatusCode.Unavailable or StatusCode.Internal or StatusCode.Cancelled)
        {
            // The server is gone.
        }
    }

    private static async Task WriteUntilSuccessAsync(ProfileService.ProfileServiceClient client, string token, int writer, int n)
    {
        var request = Request(writer, n);
        request.RequestId = Guid.CreateVersion7().ToString();
        while (true)
        {
            try
            {
                await client.SetProfileAsync(request, Credentials(token));
                return;
            }
            catch (RpcException exception) when (exception.StatusCode == StatusCode.Unavailable)
            {
                // What a client does that was told to try again.
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
            }
        }
    }

    private static async Task CheckAsync(
        ProfileService.ProfileServiceClient client, string token, int[] acknowledged, bool mayBeOneAhead = true)
    {
        for (var writer = 0; writer < Writers; writer++)
        {
            if (acknowledged[writer] == 0)
                continue;
            var user = $"writer-{writer}";
            var read = await client.GetProfileAsync(new GetProfileRequest { UserId = user }, Credentials(token));
            var n = int.Parse(read.Profile.Attributes["n"], CultureInfo.InvariantCulture);
            var highest = acknowledged[writer] + (mayBeOneAhead ? 1 : 0);
            Assert.That(n, Is.InRange(acknowledged[writer], highest), user);
            Assert.That(read.Profile.Revision, Is.EqualTo(n), $"{user}: each write has one effect");
            acknowledged[writer] = n;

            var changes = await client.ListProfileChangesAsync(
                new ListProfileChangesRequest { UserId = user, PageSize = 100, OrderBy = "revision desc" }, Credentials(token));
            var expected = Enumerable.Range(1, n).Reverse().Take(100).Select(revision => (long)revision);
            Assert.That(changes.Changes.Select(change => change.Revision), Is.EqualTo(expected), $"{user}: no gap in its history");
        }
    }

    private static SetProfileRequest Request(int writer, int n) => new()
    {
        UserId = $"writer-{writer}",
        Profile = new Profile { Attributes = { ["n"] = n.ToString(CultureInfo.InvariantCulture) } },
    };

    private static CallOptions Credentials(string token) => new(
        new Metadata { { "authorization", $"Bearer {token}" } }, TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(60));

    private static async Task<string> MintAsync(DataFolder data)
    {
        using var mint = new TokenMint(await File.ReadAllTextAsync(data.IssuerKey));
        return mint.Mint("demo", "backend", "profiles.read", "profiles.write");
    }

    private static void Kill(int process)
    {
        using var kill = Process.Start("kill", ["-KILL", process.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }
}
