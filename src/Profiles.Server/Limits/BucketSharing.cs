using System.Collections.Concurrent;
using Profiles.Core.Limits;

namespace Profiles.Server.Limits;

/// <summary>
/// Tells the other servers, through the database, what was taken out of shared buckets, and learns what they took: in one
/// statement for all buckets of an organization, one round trip at a time, whatever the number of calls. Within a second at
/// the latest; at once when a bucket's chunk is half used. While the database cannot be reached, each server goes on alone.
/// </summary>
internal sealed class BucketSharing(
    IRateLimitStore store, TimeProvider time, NanosecondClock clock, ILogger<BucketSharing> logger) : BackgroundService
{
    internal static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    // A database that is slow is not gone. Callers who wait so long would wait for it in what they call too.
    internal static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private const int MaxCharges = 10_000;

    private static readonly TimeSpan CleanUpInterval = TimeSpan.FromHours(1);

    private readonly ConcurrentQueue<SharedBucket> queue = new();
    private readonly SemaphoreSlim hurry = new(0);
    private TaskCompletionSource settled = NewCompletion();
    private volatile bool isAlone;
    private int isHurrying;
    private long nextCleanUp;

    /// <summary>Completes with the next round trip, whatever comes of it.</summary>
    public Task Settled => Volatile.Read(ref settled).Task;

    /// <summary>Whether the database could not be reached the last time.</summary>
    public bool IsAlone => isAlone;

    /// <summary>Notes that a bucket has something to tell.</summary>
    public void Enqueue(SharedBucket bucket) => queue.Enqueue(bucket);

    /// <summary>Has the next round trip begin as soon as the last one is over.</summary>
    public void Hurry()
    {
        if (!isAlone && Interlocked.Exchange(ref isHurrying, 1) == 0)
            hurry.Release();
    }

    /// <summary>Settles what is there now. Never twice at a time.</summary>
    internal async Task SettleAsync(CancellationToken cancellationToken)
    {
        var buckets = Collect();
        try
        {
            if (buckets.Count > 0)
                await ChargeAsync(buckets, cancellationToken);
        }
        finally
        {
            // Those who wait look again, and wait for the next one if need be.
            Interlocked.Exchange(ref settled, NewCompletion()).SetResult();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                // First of all this, which opens the connection before somebody waits for it.
                await CleanUpAsync(stoppingToken);
                await WaitAsync(stoppingToken);
                await SettleAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end: what was not told is forgotten, a chunk at most.
        }
    }

    public override void Dispose()
    {
        hurry.Dispose();
        base.Dispose();
    }

    private async Task WaitAsync(CancellationToken stoppingToken)
    {
        using var pause = new CancellationTokenSource(Interval, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, pause.Token);
        try
        {
            await hurry.WaitAsync(either.Token);
            Volatile.Write(ref isHurrying, 0);
        }
        catch (OperationCanceledException) when (!stoppingToken.IsCancellationRequested)
        {
            // A second has passed.
        }
    }

    private List<SharedBucket> Collect()
    {
        var buckets = new List<SharedBucket>();
        while (buckets.Count < MaxCharges && queue.TryDequeue(out var bucket))
            buckets.Add(bucket);
        if (!queue.IsEmpty)
            Hurry();
        return buckets;
    }

    private async Task ChargeAsync(List<SharedBucket> buckets, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        var charges = buckets.ConvertAll(bucket => bucket.BeginSettling());
        try
        {
            // Waits no longer, even if the driver does.
            var debts = await store.ChargeAsync(charges, either.Token).WaitAsync(either.Token);
            SetAlone(alone: false, exception: null);
            var now = clock.Now;
            for (var i = 0; i < buckets.Count; i++)
                buckets[i].Settle(debts[i], now);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            SetAlone(alone: true, exception);
            buckets.ForEach(bucket => bucket.Abandon());
        }
    }

    private void SetAlone(bool alone, Exception? exception)
    {
        if (alone == isAlone)
            return;
        isAlone = alone;
        if (alone)
            ServerLog.LimitsAlone(logger, exception);
        else
            ServerLog.LimitsShared(logger);
    }

    private async Task CleanUpAsync(CancellationToken cancellationToken)
    {
        var now = clock.Now;
        if (isAlone || now < nextCleanUp)
            return;
        nextCleanUp = now + (CleanUpInterval.Ticks * 100);
        try
        {
            await store.ForgetFullAsync(cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            ServerLog.ForgettingFailed(logger, exception);
        }
    }

    private static TaskCompletionSource NewCompletion() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
