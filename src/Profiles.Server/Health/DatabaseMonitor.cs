using Profiles.Core.Storage;

namespace Profiles.Server.Health;

/// <summary>
/// Asks the database in the background, so that however many ask the server for its health, the database is asked once every
/// three seconds.
/// </summary>
internal sealed class DatabaseMonitor(
    IDatabaseProbe probe, Readiness readiness, TimeProvider clock, ILogger<DatabaseMonitor> logger) : BackgroundService
{
    internal static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);
    internal static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    // Once before the ports open, so that the first caller gets a true answer.
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await CheckAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await CheckAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end.
        }
    }

    private async Task CheckAsync(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            // Waits no longer, even if the driver does.
            var hasSchema = await probe.HasSchemaAsync(either.Token).WaitAsync(either.Token);
            Report(hasSchema ? Obstacle.None : Obstacle.SchemaOutdated, exception: null);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            Report(Obstacle.DatabaseUnreachable, exception);
        }
    }

    private void Report(Obstacle found, Exception? exception)
    {
        if (!readiness.SetDatabase(found))
            return;
        if (found == Obstacle.None)
            ServerLog.Ready(logger);
        else
            ServerLog.NotReady(logger, found, exception);
    }
}
