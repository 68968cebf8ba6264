using Profiles.Core.Usernames;

namespace Profiles.Server.Hosting;

/// <summary>Undoes, at the start and every minute, replacements of denylists that broke off with their server.</summary>
internal sealed class DenylistMender(IUsernameStore store, TimeProvider clock, ILogger<DenylistMender> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            do
            {
                await MendAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end.
        }
    }

    private async Task MendAsync(CancellationToken stoppingToken)
    {
        try
        {
            await store.UndoUnfinishedAsync(stoppingToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            ServerLog.MendingFailed(logger, exception);
        }
    }
}
