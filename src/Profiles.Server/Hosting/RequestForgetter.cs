using Profiles.Core.Storage;

namespace Profiles.Server.Hosting;

/// <summary>Forgets, once an hour, the request ids whose time for retries is over.</summary>
internal sealed class RequestForgetter(IProfileStore store, TimeProvider clock, ILogger<RequestForgetter> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            do
            {
                await ForgetAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end; thrown out of a start that failed, it would be logged as an error of ours.
        }
    }

    private async Task ForgetAsync(CancellationToken stoppingToken)
    {
        try
        {
            var oldest = clock.GetUtcNow().UtcDateTime - IdempotentRequest.Retention;
            var count = await store.ForgetRequestsAsync(oldest, stoppingToken);
            if (count > 0)
                ServerLog.RequestsForgotten(logger, count);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            ServerLog.ForgettingFailed(logger, exception);
        }
    }
}
