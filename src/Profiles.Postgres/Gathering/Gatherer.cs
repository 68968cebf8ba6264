using Profiles.Core.Identity;
using Profiles.Postgres.Connections;

namespace Profiles.Postgres.Gathering;

/// <summary>
/// Carries out calls that wait at the same moment together, by organization. A call that finds nothing under way is carried out at
/// once and alone; the more callers there are, the larger the batches become. Organizations take turns.
/// </summary>
internal sealed class Gatherer<TCall, TResult> : IDisposable
{
    private readonly Func<OrganizationId, IReadOnlyList<TCall>, Task<IReadOnlyList<TResult>>> carryOut;
    private readonly GatherLimits limits;
    private readonly TimeProvider clock;

    private readonly Lock gate = new();
    private readonly Dictionary<OrganizationId, Lane<TCall, TResult>> lanes = [];
    private readonly Queue<Lane<TCall, TResult>> line = new();
    private readonly SemaphoreSlim room;
    private readonly ITimer alarm;
    private bool alarmIsSet;
    private int workers;

    /// <param name="carryOut">Carries out calls of one organization, and returns a result for each, in their order.</param>
    /// <param name="limits">How much is gathered.</param>
    /// <param name="clock">Tells which batches take long.</param>
    public Gatherer(
        Func<OrganizationId, IReadOnlyList<TCall>, Task<IReadOnlyList<TResult>>> carryOut, GatherLimits limits, TimeProvider clock)
    {
        (this.carryOut, this.limits, this.clock) = (carryOut, limits, clock);
        room = new SemaphoreSlim(limits.Waiting);
        alarm = clock.CreateTimer(_ => GoRound(), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Carries out a call. Once it is in a batch, cancelling it lets its caller go and changes nothing else.</summary>
    /// <param name="organization">The organization.</param>
    /// <param name="key">Calls with the same key are carried out one after the other; null for a call that meets no other one.</param>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public Task<TResult> RunAsync(OrganizationId organization, string? key, TCall call, CancellationToken cancellationToken)
    {
        var entry = room.WaitAsync(cancellationToken);
        return entry.IsCompletedSuccessfully
            ? BeginAsync(organization, key, call, cancellationToken)
            : WaitAsync(entry, organization, key, call, cancellationToken);
    }

    public void Dispose()
    {
        alarm.Dispose();
        room.Dispose();
    }

    private async Task<TResult> WaitAsync(
        Task entry, OrganizationId organization, string? key, TCall call, CancellationToken cancellationToken)
    {
        await entry;
        return await BeginAsync(organization, key, call, cancellationToken);
    }

    private Task<TResult> BeginAsync(OrganizationId organization, string? key, TCall call, CancellationToken cancellationToken)
    {
        var pending = new PendingCall<TCall, TResult>(key, call);
        pending.GiveUpWith(cancellationToken);
        if (Add(organization, pending))
            StartWorker();
        return pending.Completion;
    }

    // Whether a worker has to be started for it.
    private bool Add(OrganizationId organization, PendingCall<TCall, TResult> call)
    {
        lock (gate)
        {
            if (!lanes.TryGetValue(organization, out var lane))
                lanes.Add(organization, lane = new Lane<TCall, TResult>(organization));
            lane.Add(call);
            PutInLine(lane);
            return lane.IsInLine && AddWorker();
        }
    }

    private void PutInLine(Lane<TCall, TResult> lane)
    {
        if (lane.IsInLine)
            return;
        if (lane.MayBegin(limits, clock))
        {
            lane.IsInLine = true;
            line.Enqueue(lane);
        }
        else if (lane.HasReady && !alarmIsSet)
        {
            alarmIsSet = alarm.Change(GatherLimits.Long, Timeout.InfiniteTimeSpan);
        }
    }

    private bool AddWorker()
    {
        if (workers == limits.Batches)
            return false;
        workers++;
        return true;
    }

    // Calls that wait for a batch that takes long begin beside it.
    private void GoRound()
    {
        var added = 0;
        lock (gate)
        {
            alarmIsSet = false;
            foreach (var lane in lanes.Values)
                PutInLine(lane);
            while (added < line.Count && AddWorker())
                added++;
        }

        for (; added > 0; added--)
            StartWorker();
    }

    // A batch is of many requests: what it logs must not bear the id of the one that happened to start it.
    private void StartWorker()
    {
        using (ExecutionContext.SuppressFlow())
            _ = WorkAsync();
    }

    private async Task WorkAsync()
    {
        while (Begin() is { } batch)
        {
            await CarryOutAsync(batch.Lane.Organization, batch.Calls, isAlone: batch.Calls.Count == 1);
            // What the server has begun to do meanwhile comes first: calls on their way go with the next batch.
            await Task.Yield();
            End(batch);
        }
    }

    private Lane<TCall, TResult>.Batch? Begin()
    {
        lock (gate)
        {
            while (line.TryDequeue(out var lane))
            {
                lane.IsInLine = false;
                var waiting = lane.Count;
                var batch = lane.Begin(limits.BatchSize, clock.GetTimestamp());
                room.Release(waiting - lane.Count);
                PutInLine(lane);
                if (batch.Calls.Count > 0)
                    return batch;
                Forget(lane);
            }

            workers--;
            return null;
        }
    }

    private async Task CarryOutAsync(OrganizationId organization, List<PendingCall<TCall, TResult>> calls, bool isAlone)
    {
        try
        {
            var results = await carryOut(organization, calls.ConvertAll(call => call.Call));
            for (var i = 0; i < calls.Count; i++)
                calls[i].SetResult(results[i], isAlone);
        }
        catch (Exception exception) when (calls.Count > 1 && StorageErrors.IsOfOneCall(exception))
        {
            // One of them makes the statements fail: it is found by halves, and fails alone.
            var half = calls.Count / 2;
            await CarryOutAsync(organization, calls[..half], isAlone: false);
            await CarryOutAsync(organization, calls[half..], isAlone: false);
        }
        catch (Exception exception)
        {
            foreach (var call in calls)
                call.SetException(exception, isAlone);
        }
    }

    private void End(Lane<TCall, TResult>.Batch batch)
    {
        lock (gate)
        {
            batch.Lane.End(batch);
            PutInLine(batch.Lane);
            Forget(batch.Lane);
        }
    }

    private void Forget(Lane<TCall, TResult> lane)
    {
        if (lane.IsEmpty)
            lanes.Remove(lane.Organization);
    }
}
