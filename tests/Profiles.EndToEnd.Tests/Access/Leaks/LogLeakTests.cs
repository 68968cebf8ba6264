using Profiles.EndToEnd.Tests.Harness;

namespace Profiles.EndToEnd.Tests.Access.Leaks;

/// <summary>
/// Ten thousand requests with good and bad credentials, in the right and in wrong places: the log of server and database tells none of
/// them, nothing fails within, and memory stays what it was.
/// </summary>
internal sealed class LogLeakTests
{
    private const int Requests = 10_000;
    private const int WarmUp = 2_000;
    private const int AtOnce = 16;
    private const long MostGrowth = 200L * 1024 * 1024;
    private const string MasterKey = "test:q83vASNFZ4mrze8BI0VniavN7wEjRWeJq83vASNFZ4k=";

    [TestCase("Information")]
    [TestCase("Debug")]
    public async Task The_log_tells_no_secret(string level)
    {
        using var data = new DataFolder();
        await using var server = await ServerProcess.StartAsync(data.With(Settings(level)));
        using var mint = new TokenMint(await File.ReadAllTextAsync(data.IssuerKey));
        using var clients = new AdministrationClients(server, mint);
        var secrets = await LeakSecrets.CreateAsync(clients, mint);
        var search = await SearchAsync(secrets, data, mint);
        using var load = new LeakLoad(server, secrets.Sent);

        await load.RunAsync(0, WarmUp, AtOnce);
        var before = server.Memory;
        await load.RunAsync(WarmUp, Requests, AtOnce);
        var growth = server.Memory - before;
        await server.StopAsync();

        TestContext.Out.WriteLine($"{level}: {load.Summary}; log of {server.Output.Length:N0} characters; memory {before >> 20} MiB, then {growth >> 20:+0;-0} MiB");
        Assert.That(load.Faults, Is.Empty);
        Assert.That(load.Sent, Is.EqualTo(Requests));
        Assert.That(load.Statuses.Keys, Is.SupersetOf((int[])[200, 400, 401, 403, 404]));
        Assert.That(server.Output.Split('\n').Count(line => line.Contains("was refused", StringComparison.Ordinal)), Is.GreaterThan(Requests / 4));
        Assert.That(server.Errors(), Is.Empty);
        Assert.That(search.FindIn(server.Output), Is.Empty);
        Assert.That(search.FindIn(DatabaseLogs(data)), Is.Empty);
        Assert.That(growth, Is.LessThan(MostGrowth));
    }

    // All that the server can say at this level, and no throttle that would spare it the work.
    private static (string Name, string Value)[] Settings(string level) =>
    [
        ("PROFILES_MASTER_KEYS", MasterKey),
        ("Limits__FailedAuthentications", "off"),
        ("RateLimits__User__Read", "off"),
        ("RateLimits__User__Write", "off"),
        ("RateLimits__User__Administration", "off"),
        ("Logging__LogLevel__Default", level),
        ("Logging__LogLevel__Profiles", level),
        ("Logging__LogLevel__Grpc", level),
        ("Logging__LogLevel__Microsoft", level),
        ("Logging__LogLevel__Npgsql", level),
    ];

    private static async Task<SecretSearch> SearchAsync(LeakSecrets secrets, DataFolder data, TokenMint mint)
    {
        var search = new SecretSearch();
        foreach (var secret in secrets.Sent.Select(secret => secret.Text).Concat(secrets.Kept).Concat(mint.Minted))
        {
            // What is the same in all of a kind is no secret: the header of tokens, the beginning of keys.
            var own = secret.Contains('.') ? secret[(secret.IndexOf('.') + 1)..] : secret.Split('_')[^1];
            search.Add(own);
        }

        search.Add(MasterKey["test:".Length..]);
        foreach (var line in (await File.ReadAllLinesAsync(data.IssuerKey)).Where(line => !line.StartsWith('-')))
            search.Add(line);
        search.Add((await File.ReadAllTextAsync(Path.Combine(data.Path, "postgres", "password"))).Trim());
        return search;
    }

    private static string DatabaseLogs(DataFolder data) =>
        string.Join('\n', Directory.GetFiles(Path.Combine(data.Path, "postgres", "log")).Select(File.ReadAllText));
}
