using System.Text.Json.Nodes;
using Profiles.EndToEnd.Tests.Harness;

namespace Profiles.EndToEnd.Tests.CommandLine;

/// <summary><c>organization …</c> beside the running server.</summary>
internal sealed class OrganizationCommandTests : ProfilesTest
{
    [Test]
    public async Task What_a_command_creates_the_running_server_knows()
    {
        var id = SharedServer.NewOrganizationId();

        var (exitCode, output, error) = await RunAsync("create", "--id", id, "--display-name", "Acme", "--json");
        var overRest = await RestAsync("GET", $"/v1/organizations/{id}", SharedServer.AdministratorToken);
        var profile = await RestAsync("GET", MyProfile, SharedServer.Mint.Mint(id, "alice"));

        Assert.That(exitCode, Is.Zero, error);
        Assert.That(JsonNode.DeepEquals(JsonNode.Parse(output), overRest.Json), output);
        Assert.That(overRest.Json!["displayName"]!.GetValue<string>(), Is.EqualTo("Acme"));
        Assert.That(profile.Reason, Is.EqualTo("PROFILE_NOT_FOUND"));
    }

    [Test]
    public async Task Options_and_settings_say_what_it_is_like()
    {
        var file = Path.Combine(SharedServer.Data.Path, $"{Organization}.json");
        await File.WriteAllTextAsync(file, """{"usernames":{"minLength":3,"max_length":20},"rateLimits":{"read":{"requests":5,"window":"60s"}}}""");

        var first = await RunAsync(
            "update", "--id", Organization, "--settings", $"@{file}", "--username-pattern", "[a-z]+", "--attribute-prefix", "x_",
            "--attribute", "x_note", "--attribute", "x_tier:10", "--attribute", "x_time:5:[0-9]{2}:[0-9]{2}", "--json");
        var second = await RunAsync(
            "update", "--id", Organization, "--settings", """{"usernames":{"minLength":null},"rate_limits":null}""", "--username-pattern", "", "--json");

        Assert.That(first.ExitCode, Is.Zero, first.Error);
        Assert.That(JsonNode.Parse(first.Output)!["settings"]!.ToJsonString(), Is.EqualTo(
            """{"usernames":{"minLength":3,"maxLength":20,"pattern":"[a-z]\u002B"},"attributes":{"definitions":[{"name":"x_note"},{"name":"x_tier","maxLength":10},{"name":"x_time","maxLength":5,"pattern":"[0-9]{2}:[0-9]{2}"}],"requiredPrefix":"x_"},"rateLimits":{"read":{"requests":5,"window":"60s"}}}"""));
        Assert.That(second.ExitCode, Is.Zero, second.Error);
        var settings = JsonNode.Parse(second.Output)!["settings"]!;
        Assert.That(settings["usernames"]!.ToJsonString(), Is.EqualTo("""{"maxLength":20}"""));
        Assert.That(settings["rateLimits"], Is.Null);
        Assert.That(settings["attributes"]!["definitions"]!.AsArray(), Has.Count.EqualTo(3));
    }

    [Test]
    public async Task Get_and_list_show_what_is_there()
    {
        var (_, shown, _) = await RunAsync("get", "--id", Organization);
        var (_, json, _) = await RunAsync("get", "--id", Organization, "--json");
        var (_, list, _) = await RunAsync("list");
        var (_, listed, _) = await RunAsync("list", "--json");

        Assert.That(JsonNode.Parse(shown)!["organizationId"]!.GetValue<string>(), Is.EqualTo(Organization));
        Assert.That(JsonNode.DeepEquals(JsonNode.Parse(json), JsonNode.Parse(shown)));
        Assert.That(list.Split('\n').Select(line => line.Split('\t')[0]), Is.SupersetOf((string[])["demo", Organization]));
        Assert.That(
            JsonNode.Parse(listed)!["organizations"]!.AsArray().Select(entry => entry!["organizationId"]!.GetValue<string>()),
            Is.SupersetOf((string[])["demo", Organization]));
    }

    [Test]
    public async Task The_history_names_the_operator()
    {
        await RunAsync("update", "--id", Organization, "--display-name", "Acme");
        var token = SharedServer.Mint.Mint(Organization, "auditor", "audit.read");

        var recorded = (await RestAsync("GET", "/v1/auditEvents?orderBy=event_time%20desc&pageSize=1", token)).Json!["events"]![0]!;

        Assert.That(recorded["actor"]!.ToJsonString(), Is.EqualTo("""{"type":"ACTOR_TYPE_OPERATOR","id":"command-line"}"""));
        Assert.That(recorded["httpRequestId"], Is.Null);
        Assert.That(recorded["changedFields"]!.ToJsonString(), Is.EqualTo("""["display_name"]"""));
    }

    [TestCase("--id", "create")]
    [TestCase("--id", "create", "--id", "a b")]
    [TestCase("There is an organization of this id", "create", "--id", "demo")]
    [TestCase("There is no such organization", "get", "--id", "never-was")]
    [TestCase("There is no such organization", "update", "--id", "never-was", "--display-name", "x")]
    [TestCase("--display-name", "update", "--id", "demo")]
    [TestCase("--settings", "update", "--id", "demo", "--settings", "{")]
    [TestCase("nonsense", "update", "--id", "demo", "--settings", "{\"nonsense\":1}")]
    [TestCase("--settings", "update", "--id", "demo", "--settings", "@/nonexistent")]
    [TestCase("settings.usernames.min_length", "update", "--id", "demo", "--settings", "{\"usernames\":{\"minLength\":0}}")]
    [TestCase("settings.usernames.pattern", "update", "--id", "demo", "--username-pattern", "(")]
    [TestCase("--attribute", "update", "--id", "demo", "--attribute", "a:b")]
    [TestCase("settings.attributes.definitions[0].name", "update", "--id", "demo", "--attribute", "a-b")]
    public async Task What_is_wrong_is_named(string named, params string[] arguments)
    {
        var (exitCode, output, error) = await RunAsync(arguments);

        Assert.That(exitCode, Is.Not.Zero);
        Assert.That(error, Does.Contain(named).And.Not.Contain("   at "));
        Assert.That(output, Does.Not.Contain("Created").And.Not.Contain("Changed"));
    }

    private static Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments) =>
        ServerProgram.RunAsync(SharedServer.Data.Settings, ["organization", .. arguments]);
}
