using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Profiles.EndToEnd.Tests.Harness;

namespace Profiles.EndToEnd.Tests.Credentials;

/// <summary>The master keys that encrypt secrets: where they come from, and how one replaces another.</summary>
internal sealed class MasterKeyTests
{
    private readonly string oldKey = $"old:{Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}";
    private readonly string newKey = $"new:{Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}";

    private DataFolder data = null!;
    private ExternalIssuer issuer = null!;
    private IReadOnlyDictionary<string, string> settings = null!;
    private (string AppKey, string Secret) application;

    [OneTimeSetUp]
    public async Task CreateAnApplication()
    {
        data = new DataFolder();
        issuer = new ExternalIssuer();
        settings = data.With([("ConnectionStrings__Profiles", await ExternalDatabase.CreateAsync("master_keys")), .. await issuer.SettingsAsync(data)]);
        await RunAsync([], "organization", "create", "--id", "acme");
        var created = JsonNode.Parse((await RunAsync([("PROFILES_MASTER_KEYS", oldKey)], "app", "create", "--organization", "acme", "--json")).Output)!;
        application = (created["appKey"]!.GetValue<string>(), created["appSecret"]!.GetValue<string>());
    }

    [OneTimeTearDown]
    public void Remove()
    {
        issuer.Dispose();
        data.Dispose();
    }

    [Test]
    public async Task Without_a_master_key_no_secret_can_be_made()
    {
        var (exitCode, output, error) = await ServerProgram.RunAsync(settings, "app", "create", "--organization", "acme");

        Assert.That((exitCode, output), Is.EqualTo((1, string.Empty)));
        Assert.That(error, Does.Contain("PROFILES_MASTER_KEYS"));
        Assert.That((await ServerProgram.RunAsync(settings, "app", "reencrypt")).ExitCode, Is.EqualTo(1));
    }

    [Test]
    public async Task A_new_master_key_replaces_the_old_one_beside_a_running_server()
    {
        await TheNewKeyAloneIsNotEnoughAsync();
        var file = Path.Combine(data.Path, "master-keys");
        await WriteAsync(file, $"{newKey}\n{oldKey}\n", "600");
        await using (var server = await ServerProcess.StartAsync(With(("PROFILES_MASTER_KEYS_FILE", file))))
        {
            Assert.That(await StatusAsync(server), Is.EqualTo(HttpStatusCode.OK));
            var (_, output, _) = await RunAsync([("PROFILES_MASTER_KEYS_FILE", file)], "app", "reencrypt");
            Assert.That(output, Is.EqualTo("Encrypted 1 secrets anew."));
            Assert.That(await StatusAsync(server), Is.EqualTo(HttpStatusCode.OK));
        }

        await using var later = await ServerProcess.StartAsync(With(("PROFILES_MASTER_KEYS", newKey)));
        Assert.That(await StatusAsync(later), Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await RunAsync([("PROFILES_MASTER_KEYS", newKey)], "app", "reencrypt")).Output, Is.EqualTo("Encrypted 0 secrets anew."));
    }

    // The server refuses the application and warns; the command tells which key is missing.
    private async Task TheNewKeyAloneIsNotEnoughAsync()
    {
        await using var server = await ServerProcess.StartAsync(With(("PROFILES_MASTER_KEYS", newKey)));
        Assert.That(await StatusAsync(server), Is.EqualTo(HttpStatusCode.Unauthorized));
        var warning = await server.WaitForEventAsync(1025);
        Assert.That(warning.GetProperty("Message").GetString(), Does.Contain("master key old"));
        Assert.That(server.Errors(), Is.Empty);

        var (exitCode, _, error) = await ServerProgram.RunAsync(With(("PROFILES_MASTER_KEYS", newKey)), "app", "reencrypt");
        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(error, Does.Contain("1 secrets could not be read").And.Contain("old"));
    }

    [TestCase("604", "closed to others")]
    [TestCase("620", "closed to others")]
    [TestCase("602", "closed to others")]
    public async Task A_file_that_others_can_read_or_write_is_refused(string mode, string sentence)
    {
        var file = Path.Combine(data.Path, $"open-{mode}");
        await WriteAsync(file, newKey, mode);

        var (exitCode, _, error) = await ServerProgram.RunAsync(With(("PROFILES_MASTER_KEYS_FILE", file)), "app", "create", "--organization", "acme");

        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(error, Does.Contain("PROFILES_MASTER_KEYS_FILE").And.Contain(sentence).And.Not.Contain(newKey[4..]));
    }

    [TestCase("no keys at all")]
    [TestCase("k1:c2hvcnQ=")]
    public async Task Keys_that_break_the_rule_are_refused_by_the_server_without_being_repeated(string keys)
    {
        var (exitCode, _, error) = await ServerProgram.RunAsync(With(("PROFILES_MASTER_KEYS", keys)), "serve");

        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(error, Does.Contain("PROFILES_MASTER_KEYS has no master key in line 1").And.Not.Contain(keys));
    }

    [Test]
    public async Task Both_settings_at_once_and_a_file_that_is_not_there_are_refused()
    {
        var both = await ServerProgram.RunAsync(With(("PROFILES_MASTER_KEYS", newKey), ("PROFILES_MASTER_KEYS_FILE", "/nowhere")), "serve");
        var missing = await ServerProgram.RunAsync(With(("PROFILES_MASTER_KEYS_FILE", "/nowhere")), "serve");

        Assert.That((both.ExitCode, missing.ExitCode), Is.EqualTo((1, 1)));
        Assert.That(both.Error, Does.Contain("cannot be set both"));
        Assert.That(missing.Error, Does.Contain("/nowhere"));
    }

    [Test]
    public void The_embedded_mode_has_a_file_of_its_own()
    {
        var file = Path.Combine(SharedServer.Data.Path, "master-keys");

        Assert.That(File.ReadAllText(file), Does.Match("^embedded:[A-Za-z0-9+/]{43}=\n$"));
        if (!OperatingSystem.IsWindows())
            Assert.That(File.GetUnixFileMode(file), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    private static async Task WriteAsync(string file, string content, string mode)
    {
        await File.WriteAllTextAsync(file, content);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, (UnixFileMode)Convert.ToInt32(mode, 8));
    }

    private Dictionary<string, string> With(params (string Name, string Value)[] more)
    {
        var all = new Dictionary<string, string>(settings, StringComparer.Ordinal);
        foreach (var (name, value) in more)
            all[name] = value;
        return all;
    }

    private async Task<(int ExitCode, string Output, string Error)> RunAsync((string, string)[] more, params string[] arguments)
    {
        var result = await ServerProgram.RunAsync(With(more), arguments);
        Assert.That(result.ExitCode, Is.Zero, result.Error);
        return result;
    }

    private async Task<HttpStatusCode> StatusAsync(ServerProcess server)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Http, "/v1/profiles"));
        request.Headers.Add("app-key", application.AppKey);
        request.Headers.Add("nonce", "1");
        request.Headers.Add("timestamp", "1");
        request.Headers.Add("signature", Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(application.Secret + "11"))));
        using var response = await http.SendAsync(request);
        return response.StatusCode;
    }
}
