using Grpc.Core;
using Grpc.Net.Client;
using Npgsql;
using Profiles.EndToEnd.Tests.Harness;
using Profiles.V1;

namespace Profiles.EndToEnd.Tests.Usernames;

/// <summary>
/// Many callers at once, at two servers on one database: one owner each, never a denied name in use, never a failure that is the
/// service's own.
/// </summary>
internal sealed class RaceTests
{
    private const int Callers = 64;
    private const string Organization = "racing";

    private static readonly StatusCode[] s_allowed = [StatusCode.OK, StatusCode.AlreadyExists, StatusCode.FailedPrecondition];

    private DataFolder data = null!;
    private string database = string.Empty;
    private ExternalIssuer issuer = null!;
    private ServerProcess[] servers = null!;
    private GrpcChannel[] channels = null!;
    private ProfileService.ProfileServiceClient[] profiles = null!;
    private UsernameService.UsernameServiceClient[] usernames = null!;

    private CallOptions AsServer => ProfilesTest.As(issuer.Mint(
        Organization, "backend", "profiles.read", "profiles.write", "usernames.read", "usernames.write"));

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        (data, issuer) = (new DataFolder(), new ExternalIssuer());
        database = await ExternalDatabase.CreateAsync("username_races");
        var settings = data.With([("ConnectionStrings__Profiles", database), .. await issuer.SettingsAsync(data)]);
        var (exitCode, _, error) = await ServerProgram.RunAsync(settings, "organization", "create", "--id", Organization);
        Assert.That(exitCode, Is.Zero, error);
        servers = await Task.WhenAll(ServerProcess.StartAsync(settings), ServerProcess.StartAsync(settings));
        channels = Array.ConvertAll(servers, server => GrpcChannel.ForAddress(server.Grpc));
        profiles = Array.ConvertAll(channels, channel => new ProfileService.ProfileServiceClient(channel));
        usernames = Array.ConvertAll(channels, channel => new UsernameService.UsernameServiceClient(channel));
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
        Assert.That(servers.SelectMany(server => server.Errors()), Is.Empty);
    }

    [Test]
    [CancelAfter(600_000)]
    public async Task Of_many_who_claim_a_name_in_one_form_or_another_one_gets_it(CancellationToken cancellationToken)
    {
        const int rounds = 1_000;
        for (var round = 0; round < rounds && !cancellationToken.IsCancellationRequested; round++)
        {
            var names = Enumerable.Range(0, Callers).Select(caller => Variant(round, caller)).ToList();
            var codes = await Task.WhenAll(names.Select((name, caller) => ClaimAsync(caller, name)));

            Assert.That(codes.Distinct(), Is.SubsetOf((StatusCode[])[StatusCode.OK, StatusCode.AlreadyExists]), $"round {round}");
            Assert.That(codes.Count(code => code == StatusCode.OK), Is.EqualTo(1), $"round {round}");
            var winner = Array.IndexOf(codes, StatusCode.OK);
            Assert.That((await NamesAsync()).Where(held => Plain(held.Name) == Plain(names[0])), Is.EqualTo(new[] { ($"u{winner:00}", names[winner]) }));
        }
    }

    [Test]
    [CancelAfter(600_000)]
    public async Task Claims_and_changes_of_the_denylist_never_leave_a_denied_name_in_use(CancellationToken cancellationToken)
    {
        const int rounds = 100;
        string[] names = ["coco", "сосо", "COCO", "other", "bob", "вов"];
        for (var round = 0; round < rounds && !cancellationToken.IsCancellationRequested; round++)
        {
            var claims = Enumerable.Range(0, Callers).Select(caller => ClaimAsync(caller, names[caller % names.Length]));
            var deny = DenyAsync(0, new() { ["coco"] = $"moved{round}", ["вов"] = $"renamed{round}" });
            var replace = ReplaceAsync(1, "bob", "other");
            var allow = AllowAsync(0, "other");
            Assert.That((await Task.WhenAll([.. claims, deny, replace, allow])).Distinct(), Is.SubsetOf(s_allowed), $"round {round}");

            var denied = (await usernames[0].ListDeniedUsernamesAsync(new ListDeniedUsernamesRequest(), AsServer)).Usernames;
            var held = (await NamesAsync()).ConvertAll(name => Plain(name.Name));
            Assert.That(held, Is.Unique);
            Assert.That(held.Intersect(denied.Select(Plain)), Is.Empty);
            foreach (var name in denied)
            {
                var check = await usernames[1].CheckUsernameAsync(new CheckUsernameRequest { Username = name }, AsServer);
                Assert.That(check.State, Is.EqualTo(UsernameState.Denied));
            }

            Assert.That(await ReplaceAsync(1), Is.EqualTo(StatusCode.OK));
            await AssertRowsAgreeAsync();
        }
    }

    // What the names of these tests are alike by.
    private static string Plain(string name) =>
        name.ToLowerInvariant().Replace('с', 'c').Replace('о', 'o').Replace('в', 'b');

    // In small letters, in capitals, and the same in Cyrillic letters.
    private static string Variant(int round, int caller)
    {
        var name = caller % 2 == 0 ? $"coco{round}" : $"сосо{round}";
        return caller % 4 < 2 ? name : name.ToUpperInvariant();
    }

    private Task<StatusCode> ClaimAsync(int caller, string name) => CodeOfAsync(profiles[caller % 2].SetProfileAsync(
        new SetProfileRequest { UserId = $"u{caller:00}", Profile = new Profile { PreferredUsername = name } }, AsServer));

    private Task<StatusCode> DenyAsync(int server, Dictionary<string, string> names) =>
        CodeOfAsync(usernames[server].DenyUsernamesAsync(new DenyUsernamesRequest { Usernames = { names } }, AsServer));

    private Task<StatusCode> AllowAsync(int server, params string[] names) =>
        CodeOfAsync(usernames[server].AllowUsernamesAsync(new AllowUsernamesRequest { Usernames = { names } }, AsServer));

    private Task<StatusCode> ReplaceAsync(int server, params string[] names) =>
        CodeOfAsync(usernames[server].ReplaceDenylistAsync(new ReplaceDenylistRequest { Usernames = { names } }, AsServer));

    private async Task<List<(string User, string Name)>> NamesAsync()
    {
        var page = await profiles[0].ListProfilesAsync(new ListProfilesRequest { PageSize = 100 }, AsServer);
        return [.. page.Profiles.Where(profile => profile.HasPreferredUsername).Select(profile => (profile.UserId, profile.PreferredUsername))];
    }

    // What profiles say and what names say: no user with two names, none without the row of its name.
    private async Task AssertRowsAgreeAsync()
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            """
            SELECT count(*)
            FROM (SELECT user_id FROM profiles WHERE NOT deleted AND preferred_username IS NOT NULL) p
            FULL JOIN (SELECT owner_id FROM usernames WHERE owner_id IS NOT NULL) u ON u.owner_id = p.user_id
            WHERE p.user_id IS NULL OR u.owner_id IS NULL
            """,
            connection);
        Assert.That(await command.ExecuteScalarAsync(), Is.Zero);
    }

    private static async Task<StatusCode> CodeOfAsync<T>(AsyncUnaryCall<T> call)
    {
        try
        {
            await call;
            return StatusCode.OK;
        }
        catch (RpcException exception)
        {
            return exception.StatusCode;
        }
    }
}
