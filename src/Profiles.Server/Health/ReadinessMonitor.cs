using Profiles.Core.Storage;
using Profiles.Server.Hosting;

namespace Profiles.Server.Health;

/// <summary>Asks the database every second whether it can be used, so that no probe has to; and drains the server before it stops.</summary>
internal sealed class ReadinessMonitor(
    IStorageProbe probe, Readiness readiness, ServerSettings settings, TimeProvider clock, ILogger<ReadinessMonitor> logger)
    : BackgroundService, IHostedLifecycleService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private Task<bool>? question;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Before anything stops: says that the server is not ready, and leaves time to act on it.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        readiness.Drain();
        if (settings.DrainTime > TimeSpan.Zero)
            await Task.Delay(settings.DrainTime, clock, CancellationToken.None);
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

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

    private async Task CheckAsync(CancellationToken stoppingToken)
    {
        var usable = await AskAsync(stoppingToken);
        if (!readiness.SetStorage(usable))
            return;
        if (usable)
            ServerLog.Ready(logger);
        else
            ServerLog.NotReady(logger);
    }

    // A question that is stuck counts as no, and no other is asked until it is over.
    private async Task<bool> AskAsync(CancellationToken stoppingToken)
    {
        question ??= probe.IsUsableAsync(stoppingToken);
        try
        {
            return await question.WaitAsync(Patience, clock, stoppingToken);
        }
        catch (TimeoutException)
        {
            return false;
        }
        finally
        {
            if (question.IsCompleted)
                question = null;
        }
    }
}
