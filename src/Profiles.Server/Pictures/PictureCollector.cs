using Profiles.Core.Pictures;

namespace Profiles.Server.Pictures;

/// <summary>Removes, in the background, pictures that no profile has had for a day, and files that no picture has.</summary>
internal sealed class PictureCollector(PictureRemoval removal, TimeProvider clock, ILogger<PictureCollector> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            do
            {
                await CollectAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end; thrown out of a start that failed, it would be logged as an error of ours.
        }
    }

    private async Task CollectAsync(CancellationToken stoppingToken)
    {
        try
        {
            var (pictures, files) = await removal.RemoveAsync(stoppingToken);
            if (pictures > 0 || files > 0)
                ServerLog.PicturesCollected(logger, pictures, files);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            ServerLog.CollectingFailed(logger, exception);
        }
    }
}
