using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;
using Npgsql;
using Profiles.EndToEnd.Tests.Harness;
using Profiles.V1;

namespace Profiles.EndToEnd.Tests.Gathering;

/// <summary>
/// Many callers at once, who share users, repeat themselves, leave, and send what makes statements fail. What each of them was told is held
/// against the history of each user.
/// </summary>
[TestFixture(1)]
[TestFixture(2)]
internal sealed class RecordedHistoryTests(int count)
{
    private const int Seed = 8;
    private const int Callers = 64;
    private const int Calls = 24;
    private const int UnexpectedEvent = 1010;
    private const string Organization = "recorded";

    private DataFolder data = null!;
    private ExternalIssuer issuer = null!;
    private Disturbances disturbances = null!;
    private ServerProcess[] servers = null!;
    private GrpcChannel[] channels = null!;
    private Destination[] destinations = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        (data, issuer) = (new DataFolder(), new ExternalIssuer());
        var database = await ExternalDatabase.CreateAsync($"recorded_{count}");
        var settings = data.With([("ConnectionStrings__Profiles", database), .. await issuer.SettingsAsync(data)]);
        var (exitCode, _, error) = await ServerProgram.RunAsync(settings, "organization", "create", "--id", Organization);
        Assert.That(exitCode, Is.Zero, error);
        servers = await Task.WhenAll(Enumerable.Range(0, count).Select(_ => ServerProcess.StartAsync(settings)));
        channels = Array.ConvertAll(servers, server => GrpcChannel.ForAddress(server.Grpc));
        var token = issuer.Mint(Organization, "backend", "profiles.read", "profiles.write", "organization.write");
        destinations = Array.ConvertAll(channels, channel => new Destination(new ProfileService.ProfileServiceClient(channel), token));
        await FreeNamesAtOnceAsync(token);
        disturbances = new Disturbances(database);
        await disturbances.BeginAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        foreach (var channel in channels)
            channel.Dispose();
        foreach (var server in servers)
            await server.DisposeAsync();
        issuer.Dispose();
        data.Dispose();
        NpgsqlConnection.ClearAllPools();
    }

    [Test]
    [CancelAfter(120_000)]
    public async Task Every_acknowledged_write_took_place_once_and_in_order()
    {
        await TestContext.Out.WriteLineAsync($"Seed {Seed}");
        var log = new CallLog();
        var callers = Enumerable.Range(0, Callers).Select(number => new Caller(number, Seed, destinations, log)).ToList();
        foreach (var calls in (int[])[Calls / 3, Calls / 3, Calls / 3])
        {
            var running = callers.ConvertAll(caller => caller.RunAsync(calls));
            await Task.WhenAny(running);
            await disturbances.CutConnectionsAsync();
            await Task.WhenAll(running);
        }

        var histories = new List<UserHistory>();
        var problems = new List<string>();
        foreach (var attempts in log.Attempts.GroupBy(attempt => attempt.User, StringComparer.Ordinal))
        {
            var (changes, last) = await ReadAsync(attempts.Key);
            histories.Add(new UserHistory(attempts.Key, changes, [.. attempts]));
            problems.AddRange(new HistoryCheck(histories[^1]).Problems(last));
        }

        problems.AddRange(new NameCheck(histories).Problems());
        Assert.That(problems, Is.Empty, $"Seed {Seed}");
        AssertAllWasTried(log.Attempts);
        var poisonings = log.Attempts.Count(attempt => attempt.Status == StatusCode.Internal);
        var errors = servers.SelectMany(server => server.Errors()).ToList();
        Assert.That(errors.Count(error => error.Contains($"\"EventId\":{UnexpectedEvent},")), Is.GreaterThanOrEqualTo(poisonings));
        Assert.That(errors.Where(error => !error.Contains("A row that is refused.")), Is.Empty);
    }

    private static void AssertAllWasTried(IReadOnlyCollection<Attempt> attempts)
    {
        foreach (var outcome in attempts.GroupBy(attempt => $"{attempt.Status} {attempt.Reason}").OrderByDescending(group => group.Count()))
            TestContext.Out.WriteLine($"{outcome.Count(),5} {outcome.Key}");
        var reasons = attempts.Select(attempt => attempt.Reason).ToHashSet(StringComparer.Ordinal);
        Assert.That(reasons, Is.SupersetOf((string[])["INTERNAL", "STALE_ETAG", RefusalCheck.Taken, "PROFILE_NOT_FOUND"]));
        Assert.That(attempts, Has.Some.Property(nameof(Attempt.Unchanged)).True);
        Assert.That(attempts, Has.Some.Property(nameof(Attempt.Status)).EqualTo(StatusCode.Cancelled));
        Assert.That(attempts, Has.Some.Property(nameof(Attempt.Status)).EqualTo(StatusCode.DeadlineExceeded));
    }

    private async Task FreeNamesAtOnceAsync(string token)
    {
        var names = new UsernameSettings { Hold = new Duration() };
        await new OrganizationService.OrganizationServiceClient(channels[0]).UpdateOrganizationAsync(
            new UpdateOrganizationRequest
            {
                OrganizationId = Organization,
                Organization = new Organization { Settings = new OrganizationSettings { Usernames = names } },
                UpdateMask = new FieldMask { Paths = { "settings.usernames.hold" } },
            },
            ProfilesTest.As(token));
    }

    // What callers left behind may still be carried out: read until nothing changed meanwhile.
    private async Task<(List<ProfileChange> Changes, Profile? Last)> ReadAsync(string user)
    {
        while (true)
        {
            var changes = await ChangesAsync(user);
            var last = await LastAsync(user);
            if ((await ChangesAsync(user)).Count == changes.Count)
                return (changes, last);
        }
    }

    private async Task<List<ProfileChange>> ChangesAsync(string user)
    {
        var (changes, token) = (new List<ProfileChange>(), string.Empty);
        do
        {
            var page = await destinations[0].Profiles.ListProfileChangesAsync(
                new ListProfileChangesRequest { UserId = user, PageSize = 100, PageToken = token }, ProfilesTest.As(destinations[0].Token));
            changes.AddRange(page.Changes);
            token = page.NextPageToken;
        }
        while (token.Length > 0);
        return changes;
    }

    private async Task<Profile?> LastAsync(string user)
    {
        try
        {
            return (await destinations[0].Profiles.GetProfileAsync(
                new GetProfileRequest { UserId = user }, ProfilesTest.As(destinations[0].Token))).Profile;
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.NotFound)
        {
            return null;
        }
    }
}
