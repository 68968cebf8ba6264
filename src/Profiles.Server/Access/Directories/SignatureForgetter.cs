using Profiles.Core.Credentials.Applications;

namespace Profiles.Server.Access.Directories;

/// <summary>Forgets, every five minutes, the signatures that would not pass for fresh any more.</summary>
internal sealed class SignatureForgetter(ISignatureStore signatures, TimeProvider clock, ILogger<SignatureForgetter> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await ForgetAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end.
        }
    }

    private async Task ForgetAsync(CancellationToken stoppingToken)
    {
        try
        {
            await signatures.ForgetAsync(clock.GetUtcNow().UtcDateTime, stoppingToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            ServerLog.ForgettingFailed(logger, exception);
        }
    }
}
