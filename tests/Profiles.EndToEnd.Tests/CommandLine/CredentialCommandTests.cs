using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Profiles.EndToEnd.Tests.Credentials;
using Profiles.EndToEnd.Tests.Harness;
using Profiles.V1;

namespace Profiles.EndToEnd.Tests.CommandLine;

/// <summary>The commands about credentials, beside the running server.</summary>
internal sealed class CredentialCommandTests : CredentialTest
{
    [Test]
    public async Task Key_create_prints_the_key_and_nothing_else_and_the_running_server_takes_it()
    {
        var (output, error) = await RunAsync("key", "create", "--organization", Organization, "--type", "administrative", "--name", "Billing");
        SharedServer.UsedSecrets.Add(output);

        Assert.That(output, Does.Match(@"^profiles_admin_[0-9A-Za-z]{49}\z"));
        Assert.That(error, Does.Contain(Organization).And.Contain("shown this once").And.Not.Contain(output));
        Assert.That(await OutcomeAsync("ListProfiles", Key(output)), Is.EqualTo(Ok));
    }

    [Test]
    public async Task Key_create_in_json_has_id_and_key_and_the_audit_names_the_operator()
    {
        var (output, error) = await RunAsync(
            "key", "create", "--organization", Organization, "--type", "session", "--user", "alice", "--expires", "30d", "--json");
        var json = JsonNode.Parse(output)!.AsObject();
        var (id, key) = (json["id"]!.GetValue<string>(), json["key"]!.GetValue<string>());
        SharedServer.UsedSecrets.Add(key);

        Assert.That(json.Select(member => member.Key), Is.EqualTo(new[] { "id", "key" }));
        Assert.That(error, Is.Empty);
        var created = (await Credentials.GetApiKeyAsync(new GetApiKeyRequest { KeyId = id }, AsRoot)).ApiKey;
        Assert.That(created.UserId, Is.EqualTo("alice"));
        Assert.That(created.ExpireTime.Seconds - created.CreateTime.Seconds, Is.EqualTo(30 * 86400).Within(5));
        var events = await new AuditService.AuditServiceClient(Invoker).ListAuditEventsAsync(new ListAuditEventsRequest(), AsRoot);
        Assert.That(events.Events.Single(recorded => recorded.ResourceId == id).Actor, Is.EqualTo(new Actor { Type = ActorType.Operator, Id = "command-line" }));
    }

    [Test]
    public async Task Keys_are_listed_rotated_and_revoked()
    {
        var json = JsonNode.Parse((await RunAsync("key", "create", "--organization", Organization, "--type", "public", "--json")).Output)!;
        var (id, first) = (json["id"]!.GetValue<string>(), json["key"]!.GetValue<string>());

        var list = await RunAsync("key", "list", "--organization", Organization);
        var (second, _) = await RunAsync("key", "rotate", "--organization", Organization, id, "--overlap", "1h");
        var revoked = await RunAsync("key", "revoke", "--organization", Organization, id);
        var after = JsonNode.Parse((await RunAsync("key", "list", "--organization", Organization, "--json")).Output)!["keys"]!.AsArray().Single()!;

        SharedServer.UsedSecrets.Add(first);
        SharedServer.UsedSecrets.Add(second);
        Assert.That(list.Output, Does.Contain(id).And.Contain("public").And.Contain("valid").And.Not.Contain(first));
        Assert.That(second, Does.StartWith("profiles_public_").And.Not.EqualTo(first));
        Assert.That(revoked.Output, Does.Contain(id));
        Assert.That((after["id"]!.GetValue<string>(), after["revokeTime"] is not null), Is.EqualTo((id, true)));
    }

    [Test]
    public async Task A_key_of_another_system_is_imported()
    {
        var text = RandomNumberGenerator.GetHexString(32, lowercase: true);

        var (output, _) = await RunAsync("key", "create", "--organization", Organization, "--type", "administrative", "--import", text);

        Assert.That(output, Is.EqualTo(text));
        Assert.That(await OutcomeAsync("ListProfiles", Key(text)), Is.EqualTo(Ok));
    }

    [Test]
    public async Task Applications_are_created_listed_rotated_and_revoked()
    {
        var json = JsonNode.Parse((await RunAsync("app", "create", "--organization", Organization, "--json")).Output)!.AsObject();
        var (id, appKey, secret) = (json["id"]!.GetValue<string>(), json["appKey"]!.GetValue<string>(), json["appSecret"]!.GetValue<string>());
        SharedServer.UsedSecrets.Add(secret);
        Assert.That(json.Select(member => member.Key), Is.EqualTo(new[] { "id", "appKey", "appSecret" }));
        Assert.That(await OutcomeAsync("ListProfiles", Sign(appKey, secret)), Is.EqualTo(Ok));

        var (newer, hint) = await RunAsync("app", "rotate", "--organization", Organization, id);
        SharedServer.UsedSecrets.Add(newer);
        var list = await RunAsync("app", "list", "--organization", Organization);

        Assert.That(newer, Does.Match(@"^[0-9A-Za-z]{22}\z"));
        Assert.That(hint, Does.Contain(appKey).And.Not.Contain(newer));
        Assert.That(list.Output, Does.Contain(id).And.Contain(appKey).And.Not.Contain(newer));
        Assert.That(await OutcomeAsync("ListProfiles", Sign(appKey, newer)), Is.EqualTo(Ok));
        await RunAsync("app", "revoke", "--organization", Organization, id);
        var failure = await FailAsync("app", "rotate", "--organization", Organization, id);
        Assert.That(failure, Is.EqualTo("The application is revoked or expired."));
    }

    [TestCase("--type", "key", "create", "--organization", "demo")]
    [TestCase("--type", "key", "create", "--organization", "demo", "--type", "root")]
    [TestCase("--organization", "key", "create", "--type", "public")]
    [TestCase("--organization", "key", "create", "--type", "public", "--organization", "a b")]
    [TestCase("There is no such organization", "key", "create", "--type", "public", "--organization", "nowhere")]
    [TestCase("There is no such organization", "app", "list", "--organization", "nowhere")]
    [TestCase("--user", "key", "create", "--organization", "demo", "--type", "session")]
    [TestCase("--user", "key", "create", "--organization", "demo", "--type", "public", "--user", "alice")]
    [TestCase("--permission", "key", "create", "--organization", "demo", "--type", "administrative", "--permission", "everything")]
    [TestCase("--expires", "key", "create", "--organization", "demo", "--type", "public", "--expires", "never")]
    [TestCase("--import", "key", "create", "--organization", "demo", "--type", "public", "--import", "short")]
    [TestCase("--freshness", "app", "create", "--organization", "demo", "--refuse-replays")]
    [TestCase("--freshness", "app", "create", "--organization", "demo", "--freshness", "2d")]
    [TestCase("--import-key", "app", "create", "--organization", "demo", "--import-secret", "y0icysjl4h3LWz")]
    [TestCase("There is no such API key", "key", "revoke", "--organization", "demo", "0190e2c8-5a3f-7c1e-8f2b-3d4c5b6a7988")]
    [TestCase("The id must be a UUID", "key", "revoke", "--organization", "demo", "mine")]
    public async Task What_is_wrong_is_named(string words, params string[] arguments)
    {
        var error = await FailAsync(arguments);

        Assert.That(error, Does.Contain(words).And.Not.Contain("   at "));
    }

    [Test]
    public async Task Commands_make_the_first_administrator_of_an_empty_database()
    {
        using var data = new DataFolder();
        using var issuer = new ExternalIssuer();
        var settings = data.With([("ConnectionStrings__Profiles", await ExternalDatabase.CreateAsync("first_administrator"))]);
        var created = await ServerProgram.RunAsync(settings, "organization", "create", "--id", "platform");
        var key = await ServerProgram.RunAsync(
            settings, "key", "create", "--organization", "platform", "--type", "administrative", "--permission", "platform.admin");
        Assert.That((created.ExitCode, key.ExitCode), Is.EqualTo((0, 0)), created.Error + key.Error);

        await using var server = await ServerProcess.StartAsync(data.With([.. settings.Select(setting => (setting.Key, setting.Value)), .. await issuer.SettingsAsync(data)]));
        using var http = new HttpClient { BaseAddress = server.Http };
        http.DefaultRequestHeaders.Add("x-api-key", key.Output);
        using var acme = await http.PostAsync("/v1/organizations", new StringContent("""{"organizationId":"acme"}""", null, "application/json"));

        Assert.That((int)acme.StatusCode, Is.EqualTo(200), await acme.Content.ReadAsStringAsync());
        Assert.That(server.Output, Does.Not.Contain(key.Output));
    }

    [Test]
    public async Task The_examples_print_the_same_key_at_every_start()
    {
        using var data = new DataFolder();
        var keys = new List<string>();
        for (var i = 0; i < 2; i++)
        {
            await using var server = await ServerProcess.StartAsync(data.Settings, "serve", "--examples");
            var printed = await server.WaitForOutputAsync("KEY=");
            keys.Add(printed[^1].Split('\'')[1]);
            using var http = new HttpClient { BaseAddress = server.Http };
            http.DefaultRequestHeaders.Add("x-api-key", keys[i]);
            Assert.That((int)(await http.GetAsync("/v1/profiles")).StatusCode, Is.EqualTo(200));
        }

        var list = await ServerProgram.RunAsync(data.Settings, "key", "list", "--organization", "demo", "--json");
        Assert.That(keys[0], Is.EqualTo(keys[1]));
        Assert.That(JsonNode.Parse(list.Output)!["keys"]!.AsArray(), Has.Count.EqualTo(1), list.Error);
    }

    private static async Task<(string Output, string Error)> RunAsync(params string[] arguments)
    {
        var (exitCode, output, error) = await ServerProgram.RunAsync(SharedServer.Data.Settings, arguments);
        Assert.That(exitCode, Is.Zero, error);
        return (output, error);
    }

    private static async Task<string> FailAsync(params string[] arguments)
    {
        var (exitCode, _, error) = await ServerProgram.RunAsync(SharedServer.Data.Settings, arguments);
        Assert.That(exitCode, Is.Not.Zero);
        return error;
    }
}
