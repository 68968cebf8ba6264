using Profiles.Core.Identity;
using Profiles.Postgres.Connections;

namespace Profiles.Postgres.Gathering;

/// <summary>
/// Carries out calls that wait at the same moment together, by organization. A call that finds nothing under way is carried out at
/// once and alone; the more callers there are, the larger the batches become. Organizations take turns.
/// </summary>
/// <param name="carryOut">Carries out calls of one organization, and returns a result for each, in their order.</param>
/// <param name="limits">How much is gathered.</param>
/// <param name="clock">Tells which batches take long.</param>
internal sealed class Gatherer<TCall, TResult>(
    Func<OrganizationId, IReadOnlyList<TCall>, Task<IReadOnlyList<TResult>>> carryOut, GatherLimits limits, TimeProvider clock)
    : IDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<OrganizationId, Lane<TCall, TResult>> lanes = [];
    private readonly Queue<Lane<TCall, TResult>> line = new();
    private readonly SemaphoreSlim room = new(limits.Waiting);
    private int workers;

    /// <summary>Carries out a call. Once it is in a batch, cancelling it lets its caller go and changes nothing else.</summary>
    /// <param name="organization">The organization.</param>
    /// <param name="key">Calls with the same key are carried out one after the other; null for a call that meets no other one.</param>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<TResult> RunAsync(OrganizationId organization, string? key, TCall call, CancellationToken cancellationToken)
    {
        await room.WaitAsync(cancellationToken);
        var pending = new PendingCall<TCall, TResult>(key, call);
        if (Add(organization, pending))
            _ = WorkAsync();
        try
        {
            return await pending.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            pending.GiveUp();
            throw;
        }
    }

    public void Dispose() => room.Dispose();

    // Whether a worker has to be started for it.
    private bool Add(OrganizationId organization, PendingCall<TCall, TResult> call)
    {
        lock (gate)
        {
            if (!lanes.TryGetValue(organization, out var lane))
                lanes.Add(organization, lane = new Lane<TCall, TResult>(organization));
            lane.Add(call);
            PutInLine(lane);
            if (!lane.IsInLine || workers == limits.Batches)
                return false;
            workers++;
            return true;
        }
    }

    private void PutInLine(Lane<TCall, TResult> lane)
    {
        if (lane.IsInLine || !lane.MayBegin(limits, clock))
            return;
        lane.IsInLine = true;
        line.Enqueue(lane);
    }

    private async Task WorkAsync()
    {
        while (Begin() is { } batch)
        {
            await CarryOutAsync(batch.Lane.Organization, batch.Calls);
            End(batch);
        }
    }

    private Batch? Begin()
    {
        lock (gate)
        {
            while (line.TryDequeue(out var lane))
            {
                lane.IsInLine = false;
                var (began, waiting) = (clock.GetTimestamp(), lane.Count);
                var calls = lane.Begin(limits.BatchSize, began);
                room.Release(waiting - lane.Count);
                PutInLine(lane);
                if (calls.Count > 0)
                    return new Batch(lane, calls, began);
                Forget(lane);
            }

            workers--;
            return null;
        }
    }

    private async Task CarryOutAsync(OrganizationId organization, List<PendingCall<TCall, TResult>> calls)
    {
        try
        {
            var results = await carryOut(organization, calls.ConvertAll(call => call.Call));
            for (var i = 0; i < calls.Count; i++)
                calls[i].SetResult(results[i]);
        }
        catch (Exception exception) when (calls.Count > 1 && StorageErrors.IsOfOneCall(exception))
        {
            // One of them makes the statements fail: it is found by halves, and fails alone.
            var half = calls.Count / 2;
            await CarryOutAsync(organization, calls[..half]);
            await CarryOutAsync(organization, calls[half..]);
        }
        catch (Exception exception)
        {
            foreach (var call in calls)
                call.SetException(exception);
        }
    }

    private void End(Batch batch)
    {
        lock (gate)
        {
            batch.Lane.End(batch.Calls, batch.Began);
            PutInLine(batch.Lane);
            Forget(batch.Lane);
        }
    }

    private void Forget(Lane<TCall, TResult> lane)
    {
        if (lane.IsEmpty)
            lanes.Remove(lane.Organization);
    }

    private sealed record Batch(Lane<TCall, TResult> Lane, List<PendingCall<TCall, TResult>> Calls, long Began);
}
