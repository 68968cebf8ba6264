using System.Collections.Concurrent;
using Profiles.Core.Credentials.ApiKeys;

namespace Profiles.Server.Access.Directories;

/// <summary>Remembers when keys were used, and writes it down once a minute, many keys in one round trip.</summary>
internal sealed class ApiKeyUses(IApiKeyStore store, TimeProvider clock, ILogger<ApiKeyUses> logger) : BackgroundService
{
    /// <summary>How often it is written down.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private const int BatchSize = 1000;

    private volatile ConcurrentDictionary<Guid, ApiKeyUse> uses = new();

    /// <summary>Notes a use; of those of one minute the first.</summary>
    public void Note(ApiKey key, DateTime time)
    {
        var noted = uses;
        if (!noted.ContainsKey(key.Id))
            noted.TryAdd(key.Id, new ApiKeyUse(key.Organization, key.Id, time));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await WriteAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end.
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await WriteAsync(cancellationToken);
    }

    // A use that is noted in the old map while it is being written is lost: the next minute of the same key has another.
    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        var used = Interlocked.Exchange(ref uses, new ConcurrentDictionary<Guid, ApiKeyUse>());
        try
        {
            foreach (var batch in used.Values.OrderBy(use => use.Id).Chunk(BatchSize))
                await store.NoteUsesAsync(batch, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            ServerLog.UsesNotNoted(logger, exception);
        }
    }
}
