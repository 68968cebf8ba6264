namespace Profiles.Server.Health;

/// <summary>
/// Announces that the server is about to stop, and gives those who send it requests time to notice, before the ports close.
/// </summary>
internal sealed class Drain(Readiness readiness, TimeSpan duration, TimeProvider clock, ILogger<Drain> logger)
    : IHostedLifecycleService
{
    /// <summary>Runs before any other service is stopped, the web server among them.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        readiness.Drain();
        try
        {
            if (duration > TimeSpan.Zero)
                await WaitAsync(cancellationToken);
        }
        finally
        {
            ServerLog.Stopping(logger);
            readiness.Close();
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private Task WaitAsync(CancellationToken cancellationToken)
    {
        ServerLog.Draining(logger, duration.TotalSeconds);
        return Task.Delay(duration, clock, cancellationToken);
    }
}
