using Profiles.Core.Identity;

namespace Profiles.Postgres.Gathering;

/// <summary>The calls of one organization, in their order. Not safe for threads: the gatherer's lock guards it.</summary>
/// <param name="organization">The organization.</param>
internal sealed class Lane<TCall, TResult>(OrganizationId organization)
{
    private readonly Queue<PendingCall<TCall, TResult>> ready = new();

    // Of each key one call is ready or under way; those after it wait here.
    private readonly Dictionary<string, Queue<PendingCall<TCall, TResult>>?> followers = new(StringComparer.Ordinal);

    // When the batches that are under way began.
    private readonly List<long> begun = [];

    public OrganizationId Organization => organization;

    /// <summary>Whether it stands in the line of lanes that have something to do.</summary>
    public bool IsInLine { get; set; }

    /// <summary>The calls that are in no batch yet.</summary>
    public int Count { get; private set; }

    public bool IsEmpty => Count == 0 && begun.Count == 0;

    public void Add(PendingCall<TCall, TResult> call)
    {
        Count++;
        if (call.Key is not { } key || followers.TryAdd(key, null))
            ready.Enqueue(call);
        else
            (followers[key] ??= new Queue<PendingCall<TCall, TResult>>()).Enqueue(call);
    }

    /// <summary>Whether another batch may begin.</summary>
    public bool MayBegin(GatherLimits limits, TimeProvider clock)
    {
        if (ready.Count == 0)
            return false;
        var counting = 0;
        foreach (var time in begun)
        {
            if (clock.GetElapsedTime(time) < GatherLimits.Long)
                counting++;
        }

        return counting < limits.BatchesOfOrganization;
    }

    /// <summary>Takes the calls of the next batch; none when all callers have gone.</summary>
    public List<PendingCall<TCall, TResult>> Begin(int most, long now)
    {
        var batch = new List<PendingCall<TCall, TResult>>(Math.Min(most, ready.Count));
        while (batch.Count < most && ready.TryDequeue(out var call))
        {
            Count--;
            if (call.TryTake())
                batch.Add(call);
            else
                Release(call);
        }

        if (batch.Count > 0)
            begun.Add(now);
        return batch;
    }

    /// <summary>Ends a batch, so that the next calls of its keys become ready.</summary>
    public void End(List<PendingCall<TCall, TResult>> batch, long began)
    {
        begun.Remove(began);
        foreach (var call in batch)
            Release(call);
    }

    private void Release(PendingCall<TCall, TResult> call)
    {
        if (call.Key is not { } key)
            return;
        if (followers[key] is { Count: > 0 } next)
            ready.Enqueue(next.Dequeue());
        else
            followers.Remove(key);
    }
}
