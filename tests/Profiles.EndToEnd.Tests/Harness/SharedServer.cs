using Profiles.EndToEnd.Tests.Harness;

namespace Profiles.EndToEnd.Tests;

/// <summary>The server that most tests share. Each test has an organization of its own in it.</summary>
[SetUpFixture]
internal sealed class SharedServer
{
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
        Server = await ServerProcess.StartAsync(data.Settings);
        Mint = new TokenMint(await File.ReadAllTextAsync(data.IssuerKey));
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await Server.DisposeAsync();
        Mint.Dispose();
        data!.Dispose();
        Assert.That(Server.Errors(), Is.Empty, "The server logged errors.");
    }
}
