using Profiles.Core.Identity;

namespace Profiles.Postgres.Gathering;

/// <summary>The calls of one organization, in their order. Not safe for threads: the gatherer's lock guards it.</summary>
/// <param name="organization">The organization.</param>
internal sealed class Lane<TCall, TResult>(OrganizationId organization)
{
    private readonly Queue<PendingCall<TCall, TResult>> ready = new();

    // Of each key one call is ready or under way; those after it wait here.
    private readonly Dictionary<string, Queue<PendingCall<TCall, TResult>>?> followers = new(StringComparer.Ordinal);

    // The batches that are under way.
    private readonly List<Batch> begun = [];

    public OrganizationId Organization => organization;

    /// <summary>Whether it stands in the line of lanes that have something to do.</summary>
    public bool IsInLine { get; set; }

    /// <summary>The calls that are in no batch yet.</summary>
    public int Count { get; private set; }

    public bool IsEmpty => Count == 0 && begun.Count == 0;

    /// <summary>Whether there are calls that could go into a batch now.</summary>
    public bool HasReady => ready.Count > 0;

    public void Add(PendingCall<TCall, TResult> call)
    {
        Count++;
        if (call.Key is not { } key || followers.TryAdd(key, null))
            ready.Enqueue(call);
        else
            (followers[key] ??= new Queue<PendingCall<TCall, TResult>>()).Enqueue(call);
    }

    /// <summary>
    /// Whether another batch may begin. Beside one that is under way it has to be as large: small ones cost nearly as much as large
    /// ones, and those that wait go with the next one.
    /// </summary>
    public bool MayBegin(GatherLimits limits, TimeProvider clock)
    {
        if (ready.Count == 0)
            return false;
        var (counting, least) = (0, 0);
        foreach (var batch in begun)
        {
            if (clock.GetElapsedTime(batch.Began) >= GatherLimits.Long)
                continue;
            counting++;
            least = Math.Max(least, batch.Calls.Count);
        }

        return counting < limits.BatchesOfOrganization && ready.Count >= least;
    }

    /// <summary>Takes the calls of the next batch; none when all callers have gone.</summary>
    public Batch Begin(int most, long now)
    {
        var calls = new List<PendingCall<TCall, TResult>>(Math.Min(most, ready.Count));
        while (calls.Count < most && ready.TryDequeue(out var call))
        {
            Count--;
            if (call.TryTake())
                calls.Add(call);
            else
                Release(call);
        }

        var batch = new Batch(this, calls, now);
        if (calls.Count > 0)
            begun.Add(batch);
        return batch;
    }

    /// <summary>Ends a batch, so that the next calls of its keys become ready.</summary>
    public void End(Batch batch)
    {
        begun.Remove(batch);
        foreach (var call in batch.Calls)
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

    /// <summary>Calls that are carried out together.</summary>
    /// <param name="lane">Theirs.</param>
    /// <param name="calls">The calls.</param>
    /// <param name="began">When they began to be carried out.</param>
    internal sealed class Batch(Lane<TCall, TResult> lane, List<PendingCall<TCall, TResult>> calls, long began)
    {
        public Lane<TCall, TResult> Lane => lane;

        public List<PendingCall<TCall, TResult>> Calls => calls;

        public long Began => began;
    }
}
