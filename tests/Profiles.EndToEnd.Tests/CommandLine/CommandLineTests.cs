using System.Text.Json.Nodes;
using Profiles.EndToEnd.Tests.Harness;

namespace Profiles.EndToEnd.Tests.CommandLine;

/// <summary>The commands beside the running server, in the server's data folder.</summary>
internal sealed class CommandLineTests : ProfilesTest
{
    private static readonly string[] ForAlice = ["token", "--organization", "demo", "--user", "alice"];

    [Test]
    public async Task Token_prints_a_token_and_nothing_else_and_the_running_server_accepts_it()
    {
        var (exitCode, output, error) = await RunAsync([.. ForAlice, "--permission", "profiles.read", "--permission", "profiles.write"]);

        Assert.That(exitCode, Is.Zero, error);
        Assert.That(error, Is.Empty);
        Assert.That(output, Does.Match(@"^[\w-]+\.[\w-]+\.[\w-]+\z"));
        var answer = await RestAsync("GET", "/v1/profiles", output);
        Assert.That(answer.Status, Is.EqualTo(200));
    }

    [Test]
    public async Task Token_gives_no_permission_that_was_not_asked_for()
    {
        var (_, token, _) = await RunAsync(ForAlice);

        Assert.That((await RestAsync("GET", "/v1/profiles", token)).Status, Is.EqualTo(403));
        Assert.That((await RestAsync("GET", MyProfile, token)).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task Token_in_json_is_an_object_with_the_token()
    {
        var (exitCode, output, error) = await RunAsync([.. ForAlice, "--json"]);

        Assert.That(exitCode, Is.Zero, error);
        var token = JsonNode.Parse(output)!["token"]!.GetValue<string>();
        Assert.That((await RestAsync("GET", MyProfile, token)).Status, Is.EqualTo(404));
    }

    [TestCase("1s", 1)]
    [TestCase("90s", 90)]
    [TestCase("5m", 300)]
    [TestCase("2h", 7200)]
    [TestCase("365d", 365 * 86400)]
    public async Task Expires_sets_the_end_of_the_token(string expires, int seconds)
    {
        var (exitCode, token, error) = await RunAsync([.. ForAlice, "--expires", expires]);

        Assert.That(exitCode, Is.Zero, error);
        var claims = JsonNode.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(token.Split('.')[1]))!;
        Assert.That(claims["exp"]!.GetValue<long>() - claims["iat"]!.GetValue<long>(), Is.EqualTo(seconds));
    }

    [TestCase("--organization", "token", "--user", "alice")]
    [TestCase("--user", "token", "--organization", "demo")]
    [TestCase("--organization", "token", "--organization", "a b", "--user", "alice")]
    [TestCase("--organization", "token", "--organization", "", "--user", "alice")]
    [TestCase("--user", "token", "--organization", "demo", "--user", "a/b")]
    [TestCase("--expires", "token", "--organization", "demo", "--user", "alice", "--expires", "soon")]
    [TestCase("--expires", "token", "--organization", "demo", "--user", "alice", "--expires", "0s")]
    [TestCase("--expires", "token", "--organization", "demo", "--user", "alice", "--expires", "-1h")]
    [TestCase("--expires", "token", "--organization", "demo", "--user", "alice", "--expires", "366d")]
    [TestCase("--expires", "token", "--organization", "demo", "--user", "alice", "--expires", "99999999999d")]
    [TestCase("permissions", "token", "--organization", "demo", "--user", "alice", "--permission", "")]
    [TestCase("--nonsense", "token", "--organization", "demo", "--user", "alice", "--nonsense")]
    [TestCase("nonsense", "nonsense")]
    [TestCase("--nonsense", "migrate", "--nonsense")]
    public async Task A_bad_option_is_named(string name, params string[] arguments)
    {
        var (exitCode, output, error) = await RunAsync(arguments);

        Assert.That(exitCode, Is.Not.Zero);
        Assert.That(error, Does.Contain(name));
        Assert.That(error, Does.Not.Contain("   at "));
        Assert.That(output, Does.Not.Match(@"^[\w-]+\.[\w-]+\.[\w-]+\z"));
    }

    [Test]
    public async Task Errors_are_json_where_json_is_asked_for()
    {
        var (exitCode, output, error) = await RunAsync("token", "--organization", "a b", "--user", "alice", "--json");

        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(output, Is.Empty);
        Assert.That(JsonNode.Parse(error)!["error"]!.GetValue<string>(), Does.Contain("--organization"));
    }

    [Test]
    public async Task Migrate_finds_the_schema_of_the_running_server_up_to_date()
    {
        var words = await RunAsync("migrate");
        var json = await RunAsync("migrate", "--json");

        Assert.That(words.ExitCode, Is.Zero, words.Error);
        Assert.That(words.Output, Does.Contain("up to date"));
        Assert.That(json.ExitCode, Is.Zero, json.Error);
        var answer = JsonNode.Parse(json.Output)!;
        Assert.That(answer["version"]!.GetValue<int>(), Is.Positive);
        Assert.That(answer["applied"]!.AsArray(), Is.Empty);
        Assert.That((await RestAsync("GET", MyProfile, UserToken)).Status, Is.EqualTo(404));
    }

    [TestCase("serve", "--help")]
    [TestCase("migrate", "--help")]
    [TestCase("token", "--help")]
    [TestCase("organization", "--help")]
    [TestCase("organization", "create", "--help")]
    [TestCase("key", "create", "--help")]
    [TestCase("app", "create", "--help")]
    [TestCase("--help")]
    public async Task Help_names_the_options(params string[] arguments)
    {
        var (exitCode, output, _) = await RunAsync(arguments);

        Assert.That(exitCode, Is.Zero);
        Assert.That(output, Does.Contain("--json"));
        foreach (var word in arguments is ["--help"] ? (string[])["serve", "migrate", "token", "organization", "key", "app"] : [arguments[0]])
            Assert.That(output, Does.Contain(word));
    }

    private static Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments) =>
        ServerProgram.RunAsync(SharedServer.Data.Settings, arguments);
}
