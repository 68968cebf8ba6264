using System.Globalization;
using System.Security.Cryptography;
using Profiles.EndToEnd.Tests.Harness;
using Profiles.V1;

namespace Profiles.EndToEnd.Tests.Credentials;

/// <summary>Requests that an application's server signs.</summary>
internal sealed class SignedApplicationTests : CredentialTest
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    [Test]
    public async Task A_signed_request_may_do_what_the_application_may()
    {
        var (application, secret) = await CreateApplicationAsync(new Application { Permissions = { "profiles.read" } });

        Assert.That(application.AppKey, Does.Match("^[0-9a-z]{13}$"));
        Assert.That(secret, Does.Match("^[0-9A-Za-z]{22}$"));
        Assert.That(await OutcomeAsync("ListProfiles", Sign(application.AppKey, secret)), Is.EqualTo(Ok));
        Assert.That(await OutcomeAsync("SetProfile", Sign(application.AppKey, secret)), Is.EqualTo("PermissionDenied 403 PERMISSION_MISSING"));
        Assert.That(await OutcomeAsync("GetMyProfile", Sign(application.AppKey, secret)), Is.EqualTo("PermissionDenied 403 USER_REQUIRED"));
    }

    [Test]
    public async Task A_signature_without_a_freshness_window_is_good_for_ever_and_for_all_requests()
    {
        var (application, secret) = await CreateApplicationAsync();
        var headers = Sign(application.AppKey, secret, nonce: "14314", timestamp: "1408710653491");

        for (var i = 0; i < 3; i++)
            Assert.That(await OutcomeAsync("ListProfiles", headers), Is.EqualTo(Ok));
    }

    [Test]
    public async Task An_application_of_another_system_is_taken_over()
    {
        var appKey = "imported" + RandomNumberGenerator.GetHexString(8, lowercase: true);
        var request = new CreateApplicationRequest { Application = new Application(), ImportedAppKey = appKey, ImportedAppSecret = "y0icysjl4h3LWz" };

        var created = await Credentials.CreateApplicationAsync(request, AsRoot);

        Assert.That((created.Application.AppKey, created.AppSecret), Is.EqualTo((appKey, "y0icysjl4h3LWz")));
        Assert.That(await OutcomeAsync("ListProfiles", Sign(appKey, "y0icysjl4h3LWz")), Is.EqualTo(Ok));
        var failure = await RpcErrors.FailureOf(Credentials.CreateApplicationAsync(request, AsRoot));
        Assert.That(failure.Reason(), Is.EqualTo("CREDENTIAL_EXISTS"));
    }

    private static IEnumerable<TestCaseData> BadHeaders()
    {
        yield return Bad("another secret", (app, secret) => Sign(app, secret + "x"));
        yield return Bad("another application", (_, secret) => Sign("0123456789abc", secret));
        yield return Bad("no application at all", (_, secret) => Sign("x", secret));
        yield return Bad("another nonce", (app, secret) => Replace(Sign(app, secret), "nonce", "1"));
        yield return Bad("another timestamp", (app, secret) => Replace(Sign(app, secret), "timestamp", "1"));
        yield return Bad("another signature", (app, secret) => Replace(Sign(app, secret), "signature", new string('0', 40)));
        yield return Bad("a truncated signature", (app, secret) => Replace(Sign(app, secret), "signature", Sign(app, secret)[3].Value[..39]));
        yield return Bad("no hexadecimal", (app, secret) => Replace(Sign(app, secret), "signature", new string('z', 40)));
        yield return Bad("an oversized nonce", (app, secret) => Sign(app, secret, nonce: new string('1', 129)));
        yield return Bad("an oversized timestamp", (app, secret) => Sign(app, secret, timestamp: new string('1', 129)));
        yield return Bad("an oversized app key", (_, secret) => Sign(new string('a', 65), secret));
        foreach (var name in (string[])["nonce", "timestamp", "signature"])
            yield return Bad($"no {name}", (app, secret) => [.. Sign(app, secret).Where(header => header.Name != name)]);
    }

    [TestCaseSource(nameof(BadHeaders))]
    public async Task A_bad_signature_is_refused(Func<string, string, (string, string)[]> headers)
    {
        var (application, secret) = await CreateApplicationAsync();

        Assert.That(await OutcomeAsync("ListProfiles", headers(application.AppKey, secret)), Is.EqualTo(Invalid));
        Assert.That(await OutcomeAsync("ListProfiles", Sign(application.AppKey, secret)), Is.EqualTo(Ok));
    }

    [Test]
    public async Task Signatures_without_an_app_key_are_no_credential()
    {
        var (application, secret) = await CreateApplicationAsync();

        Assert.That(
            await OutcomeAsync("ListProfiles", [.. Sign(application.AppKey, secret).Skip(1)]),
            Is.EqualTo("Unauthenticated 401 CREDENTIAL_MISSING"));
    }

    [TestCase(-250, false, Ok)]
    [TestCase(-250, true, Ok)]
    [TestCase(+250, false, Ok)]
    [TestCase(-400, false, Invalid)]
    [TestCase(-400, true, Invalid)]
    [TestCase(+400, false, Invalid)]
    public async Task Within_the_freshness_window_a_signature_is_good(int seconds, bool inSeconds, string outcome)
    {
        var (application, secret) = await CreateApplicationAsync(new Application { FreshnessWindow = new() { Seconds = 310 } });
        var time = TimeProvider.System.GetUtcNow().AddSeconds(seconds);
        var timestamp = inSeconds ? time.ToUnixTimeSeconds() : time.ToUnixTimeMilliseconds();

        var headers = Sign(application.AppKey, secret, timestamp: timestamp.ToString(CultureInfo.InvariantCulture));

        Assert.That(await OutcomeAsync("ListProfiles", headers), Is.EqualTo(outcome));
    }

    [TestCase("soon")]
    [TestCase("-1")]
    [TestCase("99999999999999999999")]
    public async Task With_a_freshness_window_a_timestamp_has_to_be_one(string timestamp)
    {
        var (application, secret) = await CreateApplicationAsync(new Application { FreshnessWindow = new() { Seconds = 86400 } });

        Assert.That(await OutcomeAsync("ListProfiles", Sign(application.AppKey, secret, timestamp: timestamp)), Is.EqualTo(Invalid));
    }

    [Test]
    public async Task Where_replays_are_refused_a_signature_is_taken_once()
    {
        var (application, secret) = await CreateApplicationAsync(new Application { FreshnessWindow = new() { Seconds = 300 }, RefuseReplays = true });
        var headers = Sign(application.AppKey, secret, nonce: "1", timestamp: Now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));
        var capital = Replace(headers, "signature", headers[3].Value.ToUpperInvariant());

        var first = await RestAsync("GET", "/v1/profiles", token: "", json: null, headers);

        Assert.That(first.Status, Is.EqualTo(200));
        Assert.That(await OutcomeAsync("ListProfiles", headers), Is.EqualTo(Invalid));
        Assert.That(await OutcomeAsync("ListProfiles", capital), Is.EqualTo(Invalid));
        Assert.That((await RestAsync("GET", "/v1/profiles", token: "", json: null, Sign(application.AppKey, secret))).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task Of_many_at_once_one_is_taken()
    {
        var (application, secret) = await CreateApplicationAsync(new Application { FreshnessWindow = new() { Seconds = 300 }, RefuseReplays = true });
        var headers = Sign(application.AppKey, secret);

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => RestAsync("GET", "/v1/profiles", token: "", json: null, headers)));

        Assert.That(answers.Select(answer => answer.Status).Order(), Is.EqualTo(new[] { 200 }.Concat(Enumerable.Repeat(401, 9))));
    }

    [Test]
    public async Task After_a_rotation_both_secrets_are_good_and_after_another_the_oldest_is_not()
    {
        var (application, first) = await CreateApplicationAsync();
        var second = await RotateAsync(application, overlapSeconds: 3600);
        Assert.That(await OutcomeAsync("ListProfiles", Sign(application.AppKey, first)), Is.EqualTo(Ok));
        Assert.That(await OutcomeAsync("ListProfiles", Sign(application.AppKey, second.Secret)), Is.EqualTo(Ok));
        Assert.That(second.Application.Secrets.Select(secret => secret.ExpireTime is null), Is.EqualTo(new[] { true, false }));

        var third = await RotateAsync(application, overlapSeconds: 3600);
        Assert.That(third.Application.Secrets, Has.Count.EqualTo(2));
        Assert.That(await OutcomeAsync("ListProfiles", Sign(application.AppKey, second.Secret)), Is.EqualTo(Ok));
        Assert.That(await OutcomeAsync("ListProfiles", Sign(application.AppKey, third.Secret)), Is.EqualTo(Ok));
        Assert.That(await OutcomeAsync("ListProfiles", Sign(application.AppKey, first)), Is.EqualTo(Invalid));
    }

    [Test]
    public async Task A_revoked_application_is_refused_like_an_unknown_one()
    {
        var (application, secret) = await CreateApplicationAsync();
        var revoked = await Credentials.RevokeApplicationAsync(new RevokeApplicationRequest { ApplicationId = application.ApplicationId }, AsRoot);

        Assert.That(revoked.Application.Secrets, Is.Empty);
        Assert.That(await OutcomeAsync("ListProfiles", Sign(application.AppKey, secret)), Is.EqualTo(Invalid));
        var failure = await RpcErrors.FailureOf(Credentials.RotateApplicationSecretAsync(
            new RotateApplicationSecretRequest { ApplicationId = application.ApplicationId }, AsRoot));
        Assert.That(failure.Reason(), Is.EqualTo("CREDENTIAL_ENDED"));
    }

    [Test]
    public async Task The_history_names_the_application()
    {
        var (application, secret) = await CreateApplicationAsync();
        await RestAsync("PATCH", "/v1/profiles/alice", token: "", """{"nickname":"Al"}""", Sign(application.AppKey, secret));

        var history = await Grpc.ListProfileChangesAsync(new ListProfileChangesRequest { UserId = "alice" }, AsServer);

        Assert.That(
            history.Changes.Single().Actor,
            Is.EqualTo(new Actor { Type = ActorType.Application, Id = application.ApplicationId, CredentialId = application.ApplicationId }));
    }

    private async Task<(Application Application, string Secret)> RotateAsync(Application application, int overlapSeconds)
    {
        var request = new RotateApplicationSecretRequest { ApplicationId = application.ApplicationId, Overlap = new() { Seconds = overlapSeconds } };
        var rotated = await Credentials.RotateApplicationSecretAsync(request, AsRoot);
        SharedServer.UsedSecrets.Add(rotated.AppSecret);
        return (rotated.Application, rotated.AppSecret);
    }

    private static TestCaseData Bad(string name, Func<string, string, (string, string)[]> headers) =>
        new TestCaseData(headers).SetArgDisplayNames(name);

    private static (string Name, string Value)[] Replace((string Name, string Value)[] headers, string name, string value) =>
        [.. headers.Select(header => header.Name == name ? (name, value) : header)];
}
