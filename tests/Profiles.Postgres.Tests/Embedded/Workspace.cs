using Npgsql;
using Profiles.Postgres.Embedded;

namespace Profiles.Postgres.Tests.Embedded;

/// <summary>A folder of a test's own, with what starts in it; whatever still runs there at the end is killed.</summary>
internal sealed class Workspace : IAsyncDisposable
{
    private const UnixFileMode PassThrough = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    public Workspace()
    {
        File.SetUnixFileMode(Top, PassThrough);
        Data = new DataFolder(Path.Combine(Top, "data"));
    }

    /// <summary>Where the set-up put PostgreSQL's programs; empty when the installed ones serve.</summary>
    public static string Binaries { get; } = Environment.GetEnvironmentVariable("PROFILES_POSTGRES_BIN") ?? "";

    public string Top { get; } = Directory.CreateTempSubdirectory("profiles-test-").FullName;

    public DataFolder Data { get; }

    public RecordingLogger Log { get; } = new();

    public static Task<PostgresBinaries> InstalledAsync() => PostgresBinaries.FindAsync(
        Binaries,
        clusterMajor: null,
        PostgresInstallations.Candidates(Environment.GetEnvironmentVariable("PATH")),
        CancellationToken.None);

    public static async Task<object?> QueryAsync(string connectionString, string sql)
    {
        var single = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false };
        await using var connection = new NpgsqlConnection(single.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    public Task<EmbeddedPostgres> StartAsync(CancellationToken cancellationToken = default) =>
        StartAsync(new EmbeddedPostgresOptions { DataFolder = Data.Root, BinariesFolder = Binaries }, cancellationToken);

    public Task<EmbeddedPostgres> StartAsync(EmbeddedPostgresOptions options, CancellationToken cancellationToken = default) =>
        EmbeddedPostgres.StartAsync(options, Log, TimeProvider.System, cancellationToken)
            .WaitAsync(Timeout, CancellationToken.None);

    public Task<string?> AttachAsync() => EmbeddedPostgres.TryAttachAsync(Data.Root, TimeProvider.System).WaitAsync(Timeout);

    public Task<int[]> PostmastersAsync() => Postmasters.BelowAsync(Top);

    public async ValueTask DisposeAsync()
    {
        foreach (var processId in await PostmastersAsync())
            Signals.Send(processId, Signal.Kill);
        await Tool.RequireAsync("rm", ["-rf", Top], user: null, CancellationToken.None);
    }
}
