using System.Collections.Concurrent;
using Grpc.Net.Client;
using Profiles.EndToEnd.Tests.Harness;
using Profiles.V1;

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
    private static GrpcChannel? channel;
    private static OrganizationService.OrganizationServiceClient? administration;

    public static ServerProcess Server { get; private set; } = null!;

    public static TokenMint Mint { get; private set; } = null!;

    public static DataFolder Data => data!;

    /// <summary>API keys and secrets that tests used.</summary>
    public static ConcurrentBag<string> UsedSecrets { get; } = [];

    /// <summary>A token of a platform administrator. The organization <c>demo</c> is there from the start.</summary>
    public static string AdministratorToken { get; private set; } = string.Empty;

    /// <summary>The id of an organization that no other test uses, and that does not exist yet.</summary>
    public static string NewOrganizationId() => $"org-{Interlocked.Increment(ref organizations)}";

    /// <summary>Creates an organization that no other test uses.</summary>
    public static async Task<string> NewOrganizationAsync()
    {
        var id = NewOrganizationId();
        var request = new CreateOrganizationRequest { Organization = new Organization { OrganizationId = id } };
        await administration!.CreateOrganizationAsync(request, ProfilesTest.As(AdministratorToken));
        return id;
    }

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        data = new DataFolder();
        // Tests send more bad credentials than one address may.
        Server = await ServerProcess.StartAsync(data.With(
            ("PROFILES_CORS_ORIGINS", WebOrigin), ("Limits__FailedAuthentications", "off")));
        Mint = new TokenMint(await File.ReadAllTextAsync(data.IssuerKey));
        AdministratorToken = Mint.Mint("demo", "operator", "platform.admin");
        channel = GrpcChannel.ForAddress(Server.Grpc);
        administration = new OrganizationService.OrganizationServiceClient(channel);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        channel?.Dispose();
        await Server.DisposeAsync();
        var logs = $"{Server.Output}\n{DatabaseLogs()}";
        Mint.Dispose();
        data!.Dispose();
        Assert.That(Server.Errors(), Is.Empty, "The server logged errors.");
        Assert.That(Secrets().Where(secret => logs.Contains(secret, StringComparison.Ordinal)), Is.Empty, "The logs tell on somebody.");
    }

    // Tokens by their signatures, so that parts of one are found too.
    private static IEnumerable<string> Secrets() =>
        Mint.Minted.Select(token => token[(token.LastIndexOf('.') + 1)..]).Where(signature => signature.Length > 20)
            .Concat(UsedSecrets).Concat(Personal);

    private static string DatabaseLogs() =>
        string.Join('\n', Directory.GetFiles(Path.Combine(Data.Path, "postgres", "log")).Select(File.ReadAllText));
}
