namespace Profiles.Server.Tokens.Keys;

/// <summary>Keeps the keys of all issuers fresh while the server runs. Its start waits for none of them.</summary>
internal sealed class KeyRefresher(TokenValidator tokens) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.WhenAll(tokens.Issuers.Select(issuer => issuer.Keys).OfType<RefreshedKeys>()
                .Select(keys => keys.KeepFreshAsync(stoppingToken)));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end; thrown out of a start that failed, it would be logged as an error of ours.
        }
    }
}
