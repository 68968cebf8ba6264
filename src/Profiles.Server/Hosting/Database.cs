using Npgsql;
using Profiles.Postgres.Embedded;

namespace Profiles.Server.Hosting;

/// <summary>The database that a command works on: an external one, the embedded one, or that of a server beside it.</summary>
internal sealed class Database : IAsyncDisposable
{
    private readonly EmbeddedPostgres? embedded;

    private Database(string connectionString, EmbeddedPostgres? embedded)
    {
        ConnectionString = connectionString;
        this.embedded = embedded;
    }

    /// <summary>The connection string, with its password.</summary>
    public string ConnectionString { get; }

    /// <summary>Fails when the embedded database cannot be kept running; never completes otherwise while it is in use.</summary>
    public Task Lost => embedded?.Completion ?? Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System);

    /// <summary>The database of a server: starts the embedded one where none is configured.</summary>
    /// <exception cref="EmbeddedPostgresException">The embedded database cannot be had.</exception>
    public static async Task<Database> OpenForServerAsync(
        ServerSettings settings, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        if (settings.ConnectionString is { } external)
            return new Database(Check(external), embedded: null);

        var options = new EmbeddedPostgresOptions
        {
            DataFolder = DataFolderOf(settings),
            BinariesFolder = settings.PostgresBinaries,
        };
        var logger = loggers.CreateLogger<EmbeddedPostgres>();
        var started = await EmbeddedPostgres.StartAsync(options, logger, TimeProvider.System, cancellationToken);
        return new Database(started.ConnectionString, started);
    }

    /// <summary>The database of a command: that of a server that is running, or else opened as for a server.</summary>
    /// <exception cref="EmbeddedPostgresException">The embedded database cannot be had.</exception>
    public static async Task<Database> OpenForCommandAsync(
        ServerSettings settings, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        if (settings.IsEmbedded
            && await EmbeddedPostgres.TryAttachAsync(DataFolderOf(settings), TimeProvider.System, cancellationToken) is { } running)
        {
            return new Database(running, embedded: null);
        }

        return await OpenForServerAsync(settings, loggers, cancellationToken);
    }

    /// <summary>Stops the embedded database, if this command started it.</summary>
    public ValueTask DisposeAsync() => embedded?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static string DataFolderOf(ServerSettings settings) => Path.Combine(settings.DataFolder, "postgres");

    private static string Check(string connectionString)
    {
        try
        {
            if (!string.IsNullOrWhiteSpace(new NpgsqlConnectionStringBuilder(connectionString).Host))
                return connectionString;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or KeyNotFoundException)
        {
            // It may quote the string, and with it the password, so what it says is not passed on.
        }

        throw new SettingException(
            "ConnectionStrings__Profiles must be a connection string such as "
            + "'Host=db;Database=profiles;Username=profiles;Password=…'.");
    }
}
