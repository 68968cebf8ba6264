using System.Threading.RateLimiting;

namespace Profiles.Server.Limits;

/// <summary>
/// How many calls are carried out at once, and how many wait; and how many streams are open. What is beyond that is refused at
/// once, so that what was let in is as fast as ever.
/// </summary>
internal sealed class CallPermits(int calls, int queue, int streams) : IAsyncDisposable
{
    private readonly ConcurrencyLimiter ofCalls = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = calls,
        QueueLimit = queue,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    // Of their own, for a stream may last for days. One that waited would look like one that is silent, so none waits.
    private readonly ConcurrencyLimiter ofStreams = new(new ConcurrencyLimiterOptions { PermitLimit = streams, QueueLimit = 0 });

    /// <summary>A permit, to be disposed of when the call has ended; not acquired when there is none.</summary>
    public ValueTask<RateLimitLease> AcquireAsync(bool isStream, CancellationToken cancellationToken) =>
        (isStream ? ofStreams : ofCalls).AcquireAsync(1, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await ofCalls.DisposeAsync();
        await ofStreams.DisposeAsync();
    }
}
