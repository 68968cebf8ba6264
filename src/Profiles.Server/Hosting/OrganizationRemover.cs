using Profiles.Core.Organizations;

namespace Profiles.Server.Hosting;

/// <summary>Removes, in the background, what deleted organizations leave behind. Of all instances one at a time does it.</summary>
internal sealed class OrganizationRemover(IOrganizationStore store, TimeProvider clock, ILogger<OrganizationRemover> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    // Longer than any request takes that was let in before the deletion, and may still write.
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            do
            {
                await RemoveAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end; thrown out of a start that failed, it would be logged as an error of ours.
        }
    }

    private async Task RemoveAsync(CancellationToken stoppingToken)
    {
        try
        {
            foreach (var organization in await store.RemoveDeletedAsync(clock.GetUtcNow().UtcDateTime - Grace, stoppingToken))
                ServerLog.OrganizationRemoved(logger, organization.Value);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            ServerLog.RemovingFailed(logger, exception);
        }
    }
}
