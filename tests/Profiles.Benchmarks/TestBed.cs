using Npgsql;
using Profiles.Benchmarks.Load;
using Profiles.Benchmarks.Measuring;
using Profiles.EndToEnd.Tests.Harness;
using Profiles.Postgres.Embedded;
using DataFolder = Profiles.EndToEnd.Tests.Harness.DataFolder;

namespace Profiles.Benchmarks;

/// <summary>The server to measure, with its database and users.</summary>
internal sealed class TestBed : IAsyncDisposable
{
    // Fewer than the tokens that a server remembers.
    private const int UsersWithTokens = 4096;

    private const int Attempts = 150;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly DataFolder data = new();
    private TokenMint mint = null!;
    private string[] userTokens = [];
    private int users;

    private TestBed()
    {
    }

    public ServerProcess Server { get; private set; } = null!;

    public NpgsqlDataSource Database { get; private set; } = null!;

    /// <summary>Holds a password.</summary>
    public string ConnectionString { get; private set; } = null!;

    public Population Population { get; private set; } = null!;

    public Meter Meter { get; private set; } = null!;

    /// <summary>A token of a server that may do all that is measured.</summary>
    public string ServerToken { get; private set; } = null!;

    /// <summary>The version of the database.</summary>
    public string PostgresVersion { get; private set; } = null!;

    public static async Task<TestBed> StartAsync()
    {
        var bed = new TestBed();
        try
        {
            await bed.RunAsync();
            return bed;
        }
        catch
        {
            await bed.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes users until there are as many.</summary>
    public async Task GrowAsync(int count)
    {
        await Population.GrowAsync(users, count);
        users = count;
        userTokens = [.. Enumerable.Range(0, Math.Min(count, UsersWithTokens)).Select(TokenOf)];
    }

    /// <summary>A load on the server: by a backend, or by users.</summary>
    public LoadSpec Spec(Protocol protocol, Operation operation, int callers, int? among = null) => new(
        protocol is Protocol.Rest or Protocol.GrpcWeb ? Server.Http : Server.Grpc,
        protocol,
        operation,
        operation.AsUser ? userTokens : [ServerToken],
        callers,
        Math.Min(among ?? users, operation.AsUser ? userTokens.Length : int.MaxValue));

    /// <summary>Whether the database has room for so many connections. Those of a program that has just ended go one by one.</summary>
    public async Task<bool> HasConnectionsAsync(int count)
    {
        const string free =
            """
            SELECT current_setting('max_connections')::int - count(*)::int FROM pg_stat_activity WHERE backend_type = 'client backend'
            """;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            await using var command = Database.CreateCommand(free);
            if ((int)(await command.ExecuteScalarAsync())! >= count)
                return true;
            await Task.Delay(Pause, TimeProvider.System);
        }

        return false;
    }

    public async ValueTask DisposeAsync()
    {
        if (Meter is not null)
            await Meter.DisposeAsync();
        mint?.Dispose();
        if (Database is not null)
            await Database.DisposeAsync();
        if (Server is not null)
            await Server.DisposeAsync();
        data.Dispose();
    }

    private async Task RunAsync()
    {
        Server = await ServerProcess.StartAsync(ServerSettings.Of(data));
        ConnectionString = await EmbeddedPostgres.TryAttachAsync(Path.Combine(data.Path, "postgres"), TimeProvider.System)
            ?? throw new InvalidOperationException("The server's database is not there.");
        Database = NpgsqlDataSource.Create(ConnectionString);
        await using (var version = Database.CreateCommand("SELECT split_part(current_setting('server_version'), ' ', 1)"))
            PostgresVersion = (string)(await version.ExecuteScalarAsync())!;
        Population = new Population(Database);
        Meter = await Meter.CreateAsync(Server.Id, Database);
        mint = new TokenMint(await File.ReadAllTextAsync(data.IssuerKey));
        ServerToken = Mint("backend", "profiles.read", "profiles.write", "usernames.read", "usernames.write");
    }

    private string TokenOf(int user) =>
        Mint(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Population.UserPrefix}{user:D8}"));

    private string Mint(string subject, params string[] permissions) => mint.Mint(Population.Organization, subject, permissions);
}
