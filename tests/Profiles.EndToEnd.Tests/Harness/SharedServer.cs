using Profiles.EndToEnd.Tests.Harness;

namespace Profiles.EndToEnd.Tests;

/// <summary>The server that most tests share. Each test has an organization of its own in it.</summary>
[SetUpFixture]
internal sealed class SharedServer
{
    /// <summary>The origin whose pages may call.</summary>
    public const string WebOrigin = "https://app.example.net";

    // User ids, names and addresses that tests write.
    private static readonly string[] Personal = ["alice", "Alice", "bob", "carol", "Liddell", "Sørensen", "example.com", "b.example", "@"];

    private static DataFolder? data;
    private static int organizations;

    public static ServerProcess Server { get; private set; } = null!;

    public static TokenMint Mint { get; private set; } = null!;

    public static DataFolder Data => data!;

    /// <summary>An organization that no other test uses.</summary>
    public static string NewOrganization() => $"org-{Interlocked.Increment(ref organizations)}";

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        data = new DataFolder();
        // Tests send more bad credentials than one address may.
        Server = await ServerProcess.StartAsync(data.With(
            ("PROFILES_CORS_ORIGINS", WebOrigin), ("Limits__FailedAuthentications", "off")));
        Mint = new TokenMint(await File.ReadAllTextAsync(data.IssuerKey));
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await Server.DisposeAsync();
        var logs = $"{Server.Output}\n{DatabaseLogs()}";
        Mint.Dispose();
        data!.Dispose();
        // The gRPC server calls it an error when a client goes away while it sends: that is the client's own doing.
        var errors = Server.Errors().Where(error => !error.Contains("The client reset the request stream"));
        Assert.That(errors, Is.Empty, "The server logged errors.");
        Assert.That(Secrets().Where(secret => logs.Contains(secret, StringComparison.Ordinal)), Is.Empty, "The logs tell on somebody.");
    }

    // Tokens by their signatures, so that parts of one are found too.
    private static IEnumerable<string> Secrets() =>
        Mint.Minted.Select(token => token[(token.LastIndexOf('.') + 1)..]).Where(signature => signature.Length > 20).Concat(Personal);

    private static string DatabaseLogs() =>
        string.Join('\n', Directory.GetFiles(Path.Combine(Data.Path, "postgres", "log")).Select(File.ReadAllText));
}
