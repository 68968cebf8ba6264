using Profiles.Core.Limits;

namespace Profiles.Server.Limits;

/// <summary>
/// A bucket that other servers take from too. It counts what it handed out and did not tell them yet, never more than a chunk:
/// then callers wait until that is settled. So all servers together hand out at most a chunk each too much, and pay it back,
/// as everything is charged in the end.
/// </summary>
internal sealed class SharedBucket(BucketKey key, BucketSharing? sharing) : TokenBucket
{
    // What is being told and what has yet to be.
    private int inFlight;
    private int unsettled;
    private bool isQueued;
    private RateLimit limit;

    public BucketKey Key => key;

    protected override bool MayRetire => inFlight == 0 && unsettled == 0 && !isQueued;

    public override Taken Take(in RateLimit current, long now)
    {
        if (sharing is null)
            return base.Take(current, now);

        lock (Gate)
        {
            if (IsRetired)
                return Taken.Retired;
            var wait = Wait(current, now);
            if (wait > 0)
                return new Taken(TakenKind.Exhausted, wait, 0);
            limit = current;
            if (!Note(sharing))
                return Taken.Unsettled;
            Add(current.TokenNanoseconds, now);
            return Granted(current, now);
        }
    }

    /// <summary>What has to be told to the others. Until <see cref="Settle"/> or <see cref="Abandon"/>, it is on its way.</summary>
    public BucketCharge BeginSettling()
    {
        lock (Gate)
        {
            isQueued = false;
            (inFlight, unsettled) = (unsettled, 0);
            return new BucketCharge(key, inFlight * limit.TokenNanoseconds);
        }
    }

    /// <summary>The others were told, and this is what the bucket has come to.</summary>
    /// <param name="debt">How long it takes to be full, in nanoseconds.</param>
    /// <param name="now">The time of <see cref="NanosecondClock"/>.</param>
    public void Settle(long debt, long now)
    {
        lock (Gate)
        {
            inFlight = 0;
            SetDebt(debt + (unsettled * limit.TokenNanoseconds), now);
        }
    }

    /// <summary>The others could not be told. They will be, of a chunk at most: the rest was handed out alone.</summary>
    public void Abandon()
    {
        lock (Gate)
        {
            unsettled = Math.Min(inFlight + unsettled, limit.Chunk);
            inFlight = 0;
            Queue(sharing!);
        }
    }

    // False when the chunk is used up. Alone, what goes beyond it is not counted.
    private bool Note(BucketSharing others)
    {
        var chunk = limit.Chunk;
        if (inFlight + unsettled >= chunk)
        {
            others.Hurry();
            return others.IsAlone;
        }

        unsettled++;
        Queue(others);
        // Before the chunk is used up, so that nobody has to wait.
        if (unsettled * 2 >= chunk)
            others.Hurry();
        return true;
    }

    private void Queue(BucketSharing others)
    {
        if (isQueued)
            return;
        isQueued = true;
        others.Enqueue(this);
    }
}
