using Microsoft.Extensions.Logging;

namespace Profiles.Postgres.Embedded;

/// <summary>
/// Starts the database server again when it ends unasked. Its crash recovery brings back every transaction that was
/// acknowledged. The wait grows with each restart in a row; when it does not even become ready, it is given up in the end.
/// </summary>
internal sealed class PostmasterSupervisor : IAsyncDisposable
{
    // A server that ran this long begins a new row.
    private static readonly TimeSpan Lasting = TimeSpan.FromSeconds(10);

    private readonly PostmasterLauncher launcher;
    private readonly IReadOnlyList<TimeSpan> delays;
    private readonly ILogger logger;
    private readonly TimeProvider time;
    private readonly CancellationTokenSource stopping = new();

    // Written by the watching task alone; read by DisposeAsync when that has ended.
    private volatile Postmaster current;

    /// <summary>Begins to watch over a server that is ready.</summary>
    public PostmasterSupervisor(
        Postmaster first, PostmasterLauncher launcher, IReadOnlyList<TimeSpan> delays, ILogger logger, TimeProvider time)
    {
        current = first;
        this.launcher = launcher;
        this.delays = delays;
        this.logger = logger;
        this.time = time;
        Completion = WatchAsync();
    }

    /// <summary>Completes when it was stopped, fails when it has given up.</summary>
    public Task Completion { get; }

    /// <summary>The server's process at this moment.</summary>
    public int ProcessId => current.ProcessId;

    /// <summary>Stops the server for good.</summary>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await Completion.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await launcher.StopAsync(current);
        stopping.Dispose();
    }

    private async Task WatchAsync()
    {
        var crashes = 0;
        try
        {
            while (true)
            {
                await current.Exited.WaitAsync(stopping.Token);
                crashes = time.GetElapsedTime(current.Started) < Lasting ? crashes + 1 : 0;
                logger.EndedUnasked(current.ProcessId, current.ExitCode);
                current.Dispose();
                current = await RestartAsync(crashes);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Asked to stop: DisposeAsync does the rest.
        }
    }

    private async Task<Postmaster> RestartAsync(int crashes)
    {
        EmbeddedPostgresException? last = null;
        for (var attempt = 1; attempt <= delays.Count; attempt++)
        {
            await Task.Delay(delays[Math.Min(crashes + attempt, delays.Count) - 1], time, stopping.Token);
            try
            {
                var postmaster = await launcher.StartAsync(stopping.Token);
                logger.Restarted(postmaster.ProcessId, attempt);
                return postmaster;
            }
            catch (EmbeddedPostgresException failure)
            {
                last = failure;
                logger.RestartFailed(attempt, delays.Count, failure);
            }
        }
        logger.GivenUp(delays.Count);
        throw new EmbeddedPostgresException($"PostgreSQL ended and could not be started again in {delays.Count} attempts.", last);
    }
}
