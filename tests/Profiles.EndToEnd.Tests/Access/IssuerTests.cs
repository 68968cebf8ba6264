using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Grpc.Core;
using Grpc.Net.Client;
using Profiles.EndToEnd.Tests.Harness;
using Profiles.Server.Tests.Tokens.Keys;
using Profiles.V1;

namespace Profiles.EndToEnd.Tests.Access;

/// <summary>A server that trusts several issuers, each in another way, while their keys change and they come and go.</summary>
internal sealed class IssuerTests
{
    private const string MyProfile = "/v1/users/me/profile";
    private const int KeysUnreadable = 1062;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    // What the documentation promises: a request waits 2 seconds at most. The rest is for a machine that is busy.
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(5);

    private DataFolder data = null!;
    private TestAuthority authority = null!;
    private IssuerServer discovered = null!;
    private IssuerServer addressed = null!;
    private IssuerServer silent = null!;
    private string awayAddress = string.Empty;
    private TokenMint first = null!;
    private TokenMint second = null!;
    private ServerProcess server = null!;
    private HttpClient http = null!;

    private string KeysFile => Path.Combine(data.Path, "keys.json");

    [SetUp]
    public async Task StartAsync()
    {
        (data, authority, first, second) = (new DataFolder(), new TestAuthority(), TokenMint.Create(), TokenMint.Create());
        await File.WriteAllTextAsync(KeysFile, first.KeySet);
        var caFile = Path.Combine(data.Path, "ca.pem");
        await File.WriteAllTextAsync(caFile, authority.Certificate.ExportCertificatePem());
        (discovered, addressed, silent) = (await StartIssuerAsync(), await StartIssuerAsync(tls: true), await StartIssuerAsync());
        silent.Answer(IssuerServer.Description, context => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted));
        awayAddress = $"http://127.0.0.1:{FreePort()}";
        var database = await ExternalDatabase.CreateAsync($"issuers_{TestContext.CurrentContext.Test.ID.Replace('-', '_')}");
        await CreateOrganizationAsync(database);
        server = await ServerProcess.StartAsync(data.With(
            ("ConnectionStrings__Profiles", database),
            // These tests ask again and again until an answer changes.
            ("Limits__FailedAuthentications", "off"),
            ("Tokens__Issuers__0__Issuer", discovered.Address),
            ("Tokens__Issuers__0__Claims__Organization", "tenant.id"),
            ("Tokens__Issuers__0__Claims__Roles", "realm_access.roles"),
            ("Tokens__Issuers__0__Roles__support", "profiles.read"),
            ("Tokens__Issuers__0__Organizations", "acme beta"),
            ("Tokens__Issuers__1__Issuer", "addressed"),
            ("Tokens__Issuers__1__KeysAddress", addressed.Address + IssuerServer.KeySet),
            ("Tokens__Issuers__1__CaFile", caFile),
            ("Tokens__Issuers__1__Organization", "acme"),
            ("Tokens__Issuers__1__Audience", "other"),
            ("Tokens__Issuers__2__Issuer", "file"),
            ("Tokens__Issuers__2__KeysFile", KeysFile),
            ("Tokens__Issuers__3__Issuer", awayAddress),
            ("Tokens__Issuers__4__Issuer", silent.Address)));
        http = new HttpClient { BaseAddress = server.Http, Timeout = Patience };
    }

    [TearDown]
    public async Task StopAsync()
    {
        http.Dispose();
        await server.DisposeAsync();
        foreach (var issuer in new[] { discovered, addressed, silent })
            await issuer.DisposeAsync();
        Assert.That(server.Errors(), Is.Empty);
        var signatures = first.Minted.Concat(second.Minted).Select(token => token[(token.LastIndexOf('.') + 1)..]);
        Assert.That(signatures.Where(server.Output.Contains), Is.Empty, "The log tells a token.");
        first.Dispose();
        second.Dispose();
        authority.Dispose();
        data.Dispose();
    }

    [Test]
    public async Task Tokens_of_every_issuer_are_taken_and_say_what_its_settings_make_of_them()
    {
        var tenant = new { id = "acme" };
        var user = Token(first, discovered.Address, ("tenant", tenant));
        var support = Token(first, discovered.Address, ("tenant", tenant), ("realm_access", new { roles = new[] { "support", "x" } }));
        var fixedOrganization = Token(first, "addressed", ("org", null), ("aud", "other"), ("permissions", new[] { "profiles.read" }));

        Assert.That(await StatusOf(user, HttpMethod.Patch, body: """{"nickname":"Al"}"""), Is.EqualTo(200));
        Assert.That(await StatusOf(user, path: "/v1/profiles/alice"), Is.EqualTo(403));
        Assert.That(await StatusOf(support, path: "/v1/profiles/alice"), Is.EqualTo(200));
        Assert.That(await StatusOf(fixedOrganization, path: "/v1/profiles/alice"), Is.EqualTo(200), "the same organization");
        Assert.That(await StatusOf(Token(first, "file"), HttpMethod.Patch, body: """{"nickname":"Al"}"""), Is.EqualTo(200));

        Assert.That(await StatusOf(Token(first, discovered.Address, ("tenant", new { id = "gamma" }))), Is.EqualTo(401), "not its own");
        Assert.That(await StatusOf(Token(first, discovered.Address)), Is.EqualTo(401), "no organization");
        Assert.That(await StatusOf(Token(first, "addressed")), Is.EqualTo(401), "the audience of others");
        Assert.That(await StatusOf(Token(first, "stranger")), Is.EqualTo(401));
    }

    [Test]
    public async Task Keys_rotate_on_the_running_server_and_a_flood_costs_one_reading()
    {
        string Of(TokenMint mint) => Token(mint, discovered.Address, ("tenant", new { id = "acme" }));
        Assert.That(await StatusOf(Of(first), HttpMethod.Patch, body: """{"nickname":"Al"}"""), Is.EqualTo(200));
        discovered.Answer(IssuerServer.KeySet, second.KeySet);

        // The issuer was asked at the start, so it may not be asked at once again.
        Assert.That(await AnswerUntilAsync(200, Of(second)), Is.EqualTo((int[])[401, 200]).Or.EqualTo((int[])[200]));
        Assert.That(await StatusOf(Of(first)), Is.EqualTo(401), "Its key is gone.");
        Assert.That(discovered.Requests, Has.Count.EqualTo(4), "Two readings of two documents.");
    }

    [Test]
    public async Task File_is_read_again()
    {
        Assert.That(await StatusOf(Token(first, "file")), Is.EqualTo(404));
        await File.WriteAllTextAsync(KeysFile, second.KeySet);

        Assert.That(await AnswerUntilAsync(404, Token(second, "file")), Is.EqualTo((int[])[401, 404]).Or.EqualTo((int[])[404]));
        Assert.That(await StatusOf(Token(first, "file")), Is.EqualTo(401));
    }

    [Test]
    public async Task Issuer_that_is_away_at_the_start_is_taken_when_it_comes_and_its_keys_stay_when_it_goes()
    {
        var token = Token(first, awayAddress);
        await AssertUnavailableAsync(token);
        Assert.That(server.Output, Does.Contain($"\"EventId\":{KeysUnreadable}"));

        var issuer = await StartIssuerAsync(port: new Uri(awayAddress).Port);
        Assert.That(await AnswerUntilAsync(404, token), Is.EqualTo((int[])[503, 404]).Or.EqualTo((int[])[404]));

        await issuer.DisposeAsync();
        Assert.That(await StatusOf(token), Is.EqualTo(404));
        // Whether it has a new key cannot be told as soon as it was asked in vain.
        Assert.That(await AnswerUntilAsync(503, Token(second, awayAddress)), Is.EqualTo((int[])[401, 503]).Or.EqualTo((int[])[503]));
        Assert.That(await StatusOf(token), Is.EqualTo(404));
    }

    [Test]
    public async Task Issuer_that_never_answers_keeps_nobody_waiting()
    {
        var watch = Stopwatch.StartNew();
        await AssertUnavailableAsync(Token(first, silent.Address));
        // Two calls.
        Assert.That(watch.Elapsed, Is.LessThan(2 * LongestAnswer));
        Assert.That(await StatusOf(Token(first, "file")), Is.EqualTo(404));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task CreateOrganizationAsync(string database)
    {
        var settings = data.With(("ConnectionStrings__Profiles", database));
        var (exitCode, _, error) = await ServerProgram.RunAsync(settings, "organization", "create", "--id", "acme");
        Assert.That(exitCode, Is.Zero, error);
    }

    private static string Token(TokenMint mint, string issuer, params (string Name, object? Value)[] others)
    {
        var claims = TokenMint.Claims("acme", "alice");
        claims["iss"] = issuer;
        foreach (var (name, value) in others)
            claims[name] = value;
        return mint.Mint(claims);
    }

    private async Task<IssuerServer> StartIssuerAsync(bool tls = false, int port = 0)
    {
        var issuer = await IssuerServer.StartAsync(tls ? authority.Issue() : null, port);
        issuer.Answer(IssuerServer.KeySet, first.KeySet);
        return issuer;
    }

    private async Task<int> StatusOf(string token, HttpMethod? method = null, string path = MyProfile, string? body = null) =>
        (await CallAsync(token, method, path, body)).Status;

    private async Task<RestAnswer> CallAsync(string token, HttpMethod? method = null, string path = MyProfile, string? body = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, path);
        request.Content = body is null ? null : new StringContent(body, null, "application/json");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await http.SendAsync(request);
        return await RestAnswer.ReadAsync(response);
    }

    // Calls without a pause until the answer comes, and returns all different ones in their order.
    private async Task<int[]> AnswerUntilAsync(int status, string token)
    {
        var answers = new List<int>();
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < Patience)
        {
            var answer = await StatusOf(token);
            if (answers.Count == 0 || answers[^1] != answer)
                answers.Add(answer);
            if (answer == status)
                break;
        }

        return [.. answers];
    }

    private async Task AssertUnavailableAsync(string token)
    {
        var rest = await CallAsync(token);
        Assert.That((rest.Status, rest.Reason), Is.EqualTo((503, "ISSUER_UNAVAILABLE")));
        Assert.That(rest.Response.Headers.RetryAfter?.Delta, Is.GreaterThan(TimeSpan.Zero));
        Assert.That(rest.Response.Headers.WwwAuthenticate, Is.Empty);

        using var channel = GrpcChannel.ForAddress(server.Grpc);
        var failure = await RpcErrors.FailureOf(new ProfileService.ProfileServiceClient(channel).GetMyProfileAsync(
            new GetMyProfileRequest(), new Metadata { { "authorization", $"Bearer {token}" } }));
        Assert.That((failure.StatusCode, failure.Reason()), Is.EqualTo((StatusCode.Unavailable, "ISSUER_UNAVAILABLE")));
    }
}
