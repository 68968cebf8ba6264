using System.Runtime.InteropServices;
using Profiles.Core.Limits;

namespace Profiles.Server.Limits;

/// <summary>
/// A bucket that fills evenly. All that is kept is when it will be full again: a token that is taken moves that time by what
/// the token takes to come back, and there is a token as long as the time lies within the window. (The telecommunication
/// world calls it GCRA, ITU-T I.371.) So a bucket keeps its meaning when its limit changes.
/// </summary>
internal class TokenBucket
{
    private long fullAt;
    private bool isRetired;

    /// <summary>Guards all state.</summary>
    protected Lock Gate { get; } = new();

    /// <summary>Takes a token.</summary>
    /// <param name="limit">The bucket's limit, now.</param>
    /// <param name="now">The time of <see cref="NanosecondClock"/>.</param>
    public virtual Taken Take(in RateLimit limit, long now)
    {
        lock (Gate)
        {
            if (isRetired)
                return Taken.Retired;
            var wait = Wait(limit, now);
            if (wait > 0)
                return new Taken(TakenKind.Exhausted, wait, 0);
            Add(limit.TokenNanoseconds, now);
            return Granted(limit, now);
        }
    }

    /// <summary>How long until there is a token, in nanoseconds; 0 when there is one.</summary>
    public long WaitFor(in RateLimit limit, long now)
    {
        lock (Gate)
            return Wait(limit, now);
    }

    /// <summary>Retires the bucket if it is full, and so no different from a new one; a retired bucket gives no tokens.</summary>
    public bool TryRetire(long now)
    {
        lock (Gate)
        {
            isRetired |= fullAt <= now && MayRetire;
            return isRetired;
        }
    }

    /// <summary>Whether nothing but the level keeps the bucket.</summary>
    protected virtual bool MayRetire => true;

    /// <summary>Whether the bucket is out of use. Under the lock.</summary>
    protected bool IsRetired => isRetired;

    /// <summary>How long until there is a token. Under the lock.</summary>
    protected long Wait(in RateLimit limit, long now)
    {
        var token = limit.TokenNanoseconds;
        return Math.Max(Math.Max(fullAt, now) + token - (now + (token * limit.Requests)), 0);
    }

    /// <summary>Takes what comes back in <paramref name="cost"/> nanoseconds. Under the lock.</summary>
    protected void Add(long cost, long now) => fullAt = Math.Max(fullAt, now) + cost;

    /// <summary>Sets how long the bucket takes to be full. Under the lock.</summary>
    protected void SetDebt(long debt, long now) => fullAt = now + debt;

    /// <summary>The answer after a token was taken. Under the lock.</summary>
    protected Taken Granted(in RateLimit limit, long now)
    {
        var debt = Math.Max(fullAt - now, 0);
        var token = limit.TokenNanoseconds;
        var remaining = (int)Math.Max(((token * limit.Requests) - debt) / token, 0);
        return new Taken(TakenKind.Granted, 0, remaining);
    }
}

/// <summary>What came of taking a token.</summary>
/// <param name="Kind">How it went.</param>
/// <param name="Wait">When exhausted: how long until there is one, in nanoseconds.</param>
/// <param name="Remaining">When granted: how many are left.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Taken(TakenKind Kind, long Wait, int Remaining)
{
    public static readonly Taken Retired = new(TakenKind.Retired, 0, 0);
    public static readonly Taken Unsettled = new(TakenKind.Unsettled, 0, 0);
}

/// <summary>How taking a token went.</summary>
internal enum TakenKind
{
    /// <summary>It was there.</summary>
    Granted,

    /// <summary>There is none.</summary>
    Exhausted,

    /// <summary>The servers that share the bucket must be told first of those that were taken.</summary>
    Unsettled,

    /// <summary>The bucket is out of use: look it up again.</summary>
    Retired,
}
