using System.Collections.Concurrent;
using Profiles.Core.Identity;

namespace Profiles.Postgres.Tests.Gathering;

/// <summary>Batches that end when a test says so. The result of a call is the call itself.</summary>
internal sealed class ManualBatches
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentQueue<ManualBatch> begun = new();
    private readonly SemaphoreSlim news = new(0);

    /// <summary>Those that have begun, in their order.</summary>
    public IReadOnlyList<ManualBatch> Begun => [.. begun];

    /// <summary>Waits until so many have begun, and returns the last of them.</summary>
    public async Task<ManualBatch> WaitAsync(int count)
    {
        while (begun.Count < count)
            Assert.That(await news.WaitAsync(Patience), Is.True, $"Only {begun.Count} batches have begun.");
        return Begun[count - 1];
    }

    public Task<IReadOnlyList<string>> CarryOutAsync(OrganizationId organization, IReadOnlyList<string> calls)
    {
        var batch = new ManualBatch(organization, [.. calls]);
        begun.Enqueue(batch);
        news.Release();
        return batch.Results.Task;
    }
}

/// <summary>A batch.</summary>
internal sealed record ManualBatch(OrganizationId Organization, IReadOnlyList<string> Calls)
{
    public TaskCompletionSource<IReadOnlyList<string>> Results { get; } = new();

    public void End() => Results.SetResult(Calls);

    public void Fail(Exception exception) => Results.SetException(exception);
}
