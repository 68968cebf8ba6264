using System.Collections.Concurrent;
using Profiles.Core.Identity;

namespace Profiles.Postgres.Tests.Gathering;

/// <summary>Batches that end when a test says so. The result of a call is the call itself.</summary>
internal sealed class ManualBatches
{
    private readonly ConcurrentQueue<ManualBatch> begun = new();

    /// <summary>Those that have begun, in their order.</summary>
    public IReadOnlyList<ManualBatch> Begun => [.. begun];

    public Task<IReadOnlyList<string>> CarryOutAsync(OrganizationId organization, IReadOnlyList<string> calls)
    {
        var batch = new ManualBatch(organization, [.. calls]);
        begun.Enqueue(batch);
        return batch.Results.Task;
    }
}

/// <summary>A batch.</summary>
internal sealed record ManualBatch(OrganizationId Organization, IReadOnlyList<string> Calls)
{
    // Continuations run at once, so that what follows has begun when the end returns.
    public TaskCompletionSource<IReadOnlyList<string>> Results { get; } = new();

    public void End() => Results.SetResult(Calls);

    public void Fail(Exception exception) => Results.SetException(exception);
}

/// <summary>A clock that a test moves.</summary>
internal sealed class ManualTime : TimeProvider
{
    private long ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => ticks;

    public void Advance(TimeSpan time) => ticks += time.Ticks;
}
