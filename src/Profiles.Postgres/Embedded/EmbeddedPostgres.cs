using Microsoft.Extensions.Logging;

namespace Profiles.Postgres.Embedded;

/// <summary>
/// A private PostgreSQL that runs as long as this process needs it: data in a folder, a Unix socket, no network port, never as
/// root. It is restarted when it crashes, and stopped (database left clean) with <see cref="StopAsync"/>. When this process is
/// killed, it goes on alone; the next start on the same folder stops it and begins anew, so there are never two.
/// </summary>
public sealed class EmbeddedPostgres : IAsyncDisposable
{
    private readonly DataFolder folder;
    private readonly DataFolderLock ownership;
    private readonly PostmasterSupervisor supervisor;
    private int stopped;

    private EmbeddedPostgres(
        DataFolder folder, DataFolderLock ownership, PostmasterSupervisor supervisor, string connectionString)
    {
        this.folder = folder;
        this.ownership = ownership;
        this.supervisor = supervisor;
        ConnectionString = connectionString;
    }

    /// <summary>
    /// Connects to the database <c>profiles</c> as the role of the same name, which owns it. It holds the password, so it does
    /// not belong in a log. It stays valid through restarts.
    /// </summary>
    public string ConnectionString { get; }

    /// <summary>
    /// Completes when the database was stopped, and fails with <see cref="EmbeddedPostgresException"/> when it kept crashing
    /// and was given up: the server should then end.
    /// </summary>
    public Task Completion => supervisor.Completion;

    /// <summary>The database server's process at this moment.</summary>
    internal int ProcessId => supervisor.ProcessId;

    /// <summary>Starts the database of a data folder, made when there is none, and waits until it accepts connections.</summary>
    /// <param name="options">Where its data and programs are.</param>
    /// <param name="logger">Takes the events 2100–2199.</param>
    /// <param name="time">The clock of waits and timeouts.</param>
    /// <param name="cancellationToken">Gives the start up; what was begun is undone.</param>
    /// <returns>The running database, to be disposed of.</returns>
    /// <exception cref="EmbeddedPostgresException">It cannot be had; the message tells why and what to do.</exception>
    public static async Task<EmbeddedPostgres> StartAsync(
        EmbeddedPostgresOptions options, ILogger logger, TimeProvider time, CancellationToken cancellationToken = default)
    {
        if (OperatingSystem.IsWindows())
            throw NotOnWindows();
        var data = new DataFolder(options.DataFolder);
        var user = await DatabaseUser.ChooseAsync(data, cancellationToken);
        await OwnedFolder.PrepareRootAsync(data, user, cancellationToken);
        var held = await DataFolderLock.AcquireAsync(data, time, cancellationToken);
        try
        {
            var startup = new Startup(options, data, user, logger, time);
            var (watched, connectionString) = await startup.RunAsync(cancellationToken);
            return new EmbeddedPostgres(data, held, watched, connectionString);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Finds the database that another process, such as a running server, keeps running in a data folder, and waits for it while
    /// that process is starting it. Nothing is started or stopped.
    /// </summary>
    /// <param name="dataFolder">The data folder of that process.</param>
    /// <param name="time">The clock of the wait.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The connection string; null when nobody runs it, so that <see cref="StartAsync"/> may.</returns>
    /// <exception cref="EmbeddedPostgresException">
    /// The folder belongs to another user, or the process that owns it does not get its database ready within 30 seconds.
    /// </exception>
    public static Task<string?> TryAttachAsync(
        string dataFolder, TimeProvider time, CancellationToken cancellationToken = default)
    {
        if (OperatingSystem.IsWindows())
            throw NotOnWindows();
        return Attachment.TryAttachAsync(new DataFolder(dataFolder), time, cancellationToken);
    }

    /// <summary>Ends all sessions, stops the database and leaves it clean. Calling it again does nothing.</summary>
    public async Task StopAsync()
    {
        if (Interlocked.Exchange(ref stopped, 1) != 0)
            return;
        await supervisor.DisposeAsync();
        SocketFolder.RemoveOutside(folder);
        ownership.Dispose();
    }

    /// <inheritdoc cref="StopAsync"/>
    public ValueTask DisposeAsync() => new(StopAsync());

    private static EmbeddedPostgresException NotOnWindows() =>
        new("The embedded PostgreSQL does not run on Windows: name a database of your own with ConnectionStrings__Profiles.");
}
