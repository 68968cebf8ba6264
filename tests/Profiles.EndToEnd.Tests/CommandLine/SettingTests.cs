using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Profiles.EndToEnd.Tests.Harness;

namespace Profiles.EndToEnd.Tests.CommandLine;

/// <summary>A wrong setting stops the start with a sentence that names it, and tells no secret.</summary>
internal sealed class SettingTests
{
    private const string Password = "s3cr3t-w0rd";
    private const string Database = "ConnectionStrings__Profiles";

    private DataFolder data = null!;

    [SetUp]
    public void MakeDataFolder() => data = new DataFolder();

    [TearDown]
    public void RemoveDataFolder() => data.Dispose();

    [TestCase("PROFILES_HTTP_PORT", "abc")]
    [TestCase("PROFILES_HTTP_PORT", "65536")]
    [TestCase("PROFILES_HTTP_PORT", "-1")]
    [TestCase("PROFILES_HTTP_PORT", "80 80")]
    [TestCase("PROFILES_GRPC_PORT", "1e3")]
    [TestCase("PROFILES_BIND_ADDRESS", "localhost")]
    [TestCase("PROFILES_BIND_ADDRESS", "1.2.3.4.5")]
    [TestCase("PROFILES_REFLECTION", "true")]
    [TestCase("PROFILES_REFLECTION", "ON")]
    [TestCase("PROFILES_OPENAPI", "yes")]
    [TestCase("PROFILES_DRAIN_SECONDS", "-1")]
    [TestCase("PROFILES_DRAIN_SECONDS", "61")]
    [TestCase("PROFILES_DRAIN_SECONDS", "1.5")]
    [TestCase("PROFILES_POSTGRES_BIN", "/nonexistent")]
    [TestCase("PROFILES_DATA", "/dev/null/profiles")]
    [TestCase("PROFILES_CORS_ORIGINS", "app.example.com")]
    [TestCase("PROFILES_CORS_ORIGINS", "https://app.example.com/")]
    [TestCase("PROFILES_CORS_ORIGINS", "https://app.example.com, ftp://app.example.com")]
    [TestCase("PROFILES_CORS_ORIGINS", "https://*.example.com/x")]
    [TestCase("PROFILES_CORS_MAX_AGE", "86401")]
    [TestCase("PROFILES_HSTS_MAX_AGE", "1y")]
    [TestCase("PROFILES_TRUSTED_PROXIES", "proxy.example.com")]
    [TestCase("PROFILES_TRUSTED_PROXIES", "10.0.0.0/8, 10.0.0.0/33")]
    [TestCase("PROFILES_PROXY_HOPS", "0")]
    [TestCase("PROFILES_PROXY_HOPS", "11")]
    [TestCase("PROFILES_CLIENT_CERTIFICATES", "required")]
    [TestCase("PROFILES_CLIENT_CERTIFICATES", "maybe")]
    [TestCase("PROFILES_CLIENT_CA_FILE", "/nonexistent.pem")]
    [TestCase("Dialects__Zitadel__Enabled", "true")]
    [TestCase("Dialects__Zitadel__Prefix", "api")]
    [TestCase("Dialects__Epixel__Prefix", "a/b")]
    [TestCase("Dialects__Epixel__Version", "{version}")]
    [TestCase("RateLimits__User__Read", "6000")]
    [TestCase("RateLimits__Server__Write", "0/1m")]
    [TestCase("RateLimits__User__Reed", "6000/1m")]
    [TestCase("RateLimits__Users", "6000/1m")]
    [TestCase("RateLimits__Shared", "yes")]
    [TestCase("Limits__FailedAuthentications", "300")]
    [TestCase("Limits__Calls", "0")]
    [TestCase("Limits__Calls", "many")]
    [TestCase("Limits__Queue", "-1")]
    [TestCase("Limits__Streams", "0")]
    [TestCase("Limits__Connections", "0")]
    [TestCase("Limits__MessageBytes", "1023")]
    [TestCase("Limits__Message", "1024")]
    public async Task A_wrong_setting_is_named(string name, string value) => await AssertRefused(name, (name, value));

    [Test]
    public async Task A_dialect_that_does_not_exist_is_named() =>
        await AssertRefused("Dialects__Zitadell", ("Dialects__Zitadell__Enabled", "off"));

    [TestCase("/nonexistent.pem", "must be a file of certificates in PEM")]
    [TestCase("/dev/null", "has none")]
    public async Task A_bad_file_of_authorities_is_named(string file, string said)
    {
        var error = await AssertRefused(
            "PROFILES_CLIENT_CA_FILE", ("PROFILES_CLIENT_CA_FILE", file), ("Kestrel__Endpoints__Https__Url", "https://127.0.0.1:0"));

        Assert.That(error, Does.Contain(said));
    }

    [TestCase("nonsense")]
    [TestCase("Host=db;Nonsense=1;Password=" + Password)]
    [TestCase("Host=db;Port=abc;Password=" + Password)]
    [TestCase("Host=db;Port=99999999999;Password=" + Password)]
    [TestCase("Host=db;Timeout=-5;Password=" + Password)]
    [TestCase("Host=db;SSL Mode=maybe;Password=" + Password)]
    [TestCase("Database=profiles;Username=profiles;Password=" + Password)]
    [TestCase("postgres://profiles:" + Password + "@db/profiles")]
    [TestCase("Host=db;Password='" + Password)]
    public async Task A_bad_connection_string_is_named_and_not_repeated(string connectionString)
    {
        var error = await AssertRefused(Database, (Database, connectionString), ("Tokens__Issuer", "x"), ("Tokens__KeysFile", KeysFile()));

        Assert.That(error, Does.Not.Contain(Password));
    }

    [TestCase("Host=127.0.0.1;Port=1;Timeout=2;Database=profiles;Username=profiles;Password=" + Password)]
    [TestCase("Host=/nonexistent;Timeout=2;Database=profiles;Username=profiles;Password=" + Password)]
    [TestCase("Host=host.invalid;Timeout=2;Database=profiles;Username=profiles;Password=" + Password)]
    public async Task A_database_that_cannot_be_reached_stops_the_start(string connectionString)
    {
        (string, string)[] settings = [(Database, connectionString), ("Tokens__Issuer", "x"), ("Tokens__KeysFile", KeysFile())];

        var error = await AssertRefused("The database cannot be used", settings);
        var (exitCode, _, migrate) = await ServerProgram.RunAsync(data.With(settings), "migrate");

        Assert.That(error, Does.Not.Contain(Password));
        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(migrate, Does.Contain("The database cannot be used").And.Not.Contain(Password).And.Not.Contain("   at "));
    }

    [Test]
    public async Task An_address_that_is_not_this_machine_s_is_named() =>
        await AssertRefused("PROFILES_BIND_ADDRESS", ("PROFILES_BIND_ADDRESS", "192.0.2.1"));

    [Test]
    public async Task A_level_of_the_log_that_does_not_exist_is_named() =>
        await AssertRefused("Logging", ("Logging__LogLevel__Default", "bogus"));

    [Test]
    public async Task An_external_database_needs_an_issuer() =>
        await AssertRefused("Tokens__Issuer", (Database, "Host=db;Password=" + Password));

    [TestCase("Tokens__Issuer", null, "{\"keys\":[]}")]
    [TestCase("Tokens__Issuer", TokenMint.Issuer, "{\"keys\":[]}")]
    [TestCase("Tokens__KeysFile", "https://issuer.example", "")]
    [TestCase("Tokens__KeysFile", "https://issuer.example", "nonsense")]
    [TestCase("Tokens__KeysFile", "https://issuer.example", "[]")]
    [TestCase("Tokens__KeysFile", "https://issuer.example", "{\"keys\":[]}")]
    [TestCase("Tokens__KeysFile", "https://issuer.example", "{\"keys\":{}}")]
    [TestCase("Tokens__KeysFile", "https://issuer.example", "{\"keys\":[{\"kty\":\"oct\",\"kid\":\"1\",\"k\":\"AAAA\"}]}")]
    [TestCase("Tokens__KeysFile", "https://issuer.example", "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"1\",\"n\":\"AQAB\",\"e\":\"AQAB\"}]}")]
    [TestCase("Tokens__KeysFile", "https://issuer.example", "{\"keys\":[{\"kty\":\"\\ud800\"}]}")]
    [TestCase("Tokens__KeysFile", "https://issuer.example", "{\"keys\":[{\"\\ud800\":1}]}")]
    [TestCase("Tokens__KeysFile", "https://issuer.example", "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"1\",\"x\":\"AAAB\",\"y\":\"!\"}]}")]
    public async Task Wrong_settings_of_keys_are_named(string named, string? issuer, string? keys)
    {
        var file = Path.Combine(data.Path, "keys.json");
        if (keys is not null)
            await File.WriteAllTextAsync(file, keys);

        await AssertRefused(named, ("Tokens__Issuer", issuer ?? string.Empty), ("Tokens__KeysFile", keys is null ? string.Empty : file));
    }

    [TestCase("Tokens__Issuers__0__Issuer", "http://issuer.example")]
    [TestCase("Tokens__Issuers__0__Issuer", TokenMint.Issuer)]
    [TestCase("Tokens__Issuers__0__KeysAddress", "http://issuer.example/keys")]
    [TestCase("Tokens__Issuers__0__Discovery", "issuer.example")]
    [TestCase("Tokens__Issuers__0__CaFile", "/nonexistent")]
    [TestCase("Tokens__Issuers__0__Organization", "a b")]
    [TestCase("Tokens__Issuers__0__Organizations", "a,b")]
    [TestCase("Tokens__Issuers__0__Claims__Roles", "a..b")]
    [TestCase("Tokens__Issuers__0__Roles__admin", "platform.admin")]
    [TestCase("Tokens__Issuers__0__Platform", "yes")]
    [TestCase("Tokens__Issuers__1__Issuer", "https://issuer.example")]
    [TestCase("Tokens:Issuers:0:Key", "a")]
    public async Task Wrong_settings_of_tokens_are_named(string named, string value) => await AssertRefused(
        named, ("Tokens__Issuers__0__Issuer", "https://issuer.example"), (named.Replace(":", "__", StringComparison.Ordinal), value));

    [Test]
    public async Task A_file_of_keys_that_is_not_there_is_named() =>
        await AssertRefused("Tokens__KeysFile", ("Tokens__Issuer", "https://issuer.example"), ("Tokens__KeysFile", "/nonexistent/keys.json"));

    [Test]
    public async Task A_private_key_is_refused()
    {
        using var key = RSA.Create(2048);
        var file = Path.Combine(data.Path, "keys.json");
        await File.WriteAllTextAsync(file, JsonWebKeys.Write(key, "1", includePrivate: true));

        var error = await AssertRefused("Tokens__KeysFile", ("Tokens__Issuer", "https://issuer.example"), ("Tokens__KeysFile", file));

        Assert.That(error, Does.Contain("secret member"));
    }

    [Test]
    public async Task A_damaged_key_of_the_development_issuer_is_named()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(data.IssuerKey)!);
        await File.WriteAllTextAsync(data.IssuerKey, "nonsense");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(data.IssuerKey, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        await AssertRefused(Path.GetFileName(data.IssuerKey));
        var (exitCode, _, error) = await ServerProgram.RunAsync(data.Settings, "token", "--organization", "demo", "--user", "alice");

        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(error, Does.Contain(Path.GetFileName(data.IssuerKey)).And.Not.Contain("   at "));
    }

    [Test]
    public async Task A_data_folder_serves_one_server_at_a_time() =>
        await AssertRefused("PROFILES_DATA", ("PROFILES_DATA", SharedServer.Data.Path));

    [TestCase("PROFILES_HTTP_PORT")]
    [TestCase("PROFILES_GRPC_PORT")]
    public async Task A_port_in_use_is_named(string name)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);

        var error = await AssertRefused(name, (name, port));

        Assert.That(error, Does.Contain(port));
    }

    [Test]
    public async Task Token_is_refused_with_an_external_database()
    {
        var (exitCode, output, error) = await ServerProgram.RunAsync(
            data.With((Database, "Host=db;Password=" + Password)), "token", "--organization", "demo", "--user", "alice");

        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(output, Is.Empty);
        Assert.That(error, Does.Contain("embedded mode").And.Not.Contain(Password));
    }

    private string KeysFile()
    {
        using var key = RSA.Create(2048);
        var file = Path.Combine(data.Path, "good-keys.json");
        File.WriteAllText(file, JsonWebKeys.Write(key, "1"));
        return file;
    }

    private async Task<string> AssertRefused(string named, params (string Name, string Value)[] settings)
    {
        var (exitCode, output, error) = await ServerProgram.RunAsync(data.With(settings), "serve");

        Assert.That(exitCode, Is.EqualTo(1), error);
        Assert.That(output, Is.Empty);
        // Before it stand log events.
        Assert.That(error.Split('\n').Where(line => !line.StartsWith('{')), Has.One.Items.And.All.Contains(named), error);
        return error;
    }
}
