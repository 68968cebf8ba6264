namespace Profiles.Postgres.Gathering;

/// <summary>A call that waits for its batch, or for the result of it.</summary>
/// <param name="key">Calls with the same key are carried out one after the other; null for a call that meets no other one.</param>
/// <param name="call">The call.</param>
internal sealed class PendingCall<TCall, TResult>(string? key, TCall call)
    // A continuation must not hold up the others of the batch.
    : TaskCompletionSource<TResult>(TaskCreationOptions.RunContinuationsAsynchronously)
{
    private const int Waiting = 0;
    private const int Taken = 1;
    private const int GivenUp = 2;

    private int state;

    /// <summary>What calls that must not be in one batch share; null for nothing.</summary>
    public string? Key => key;

    /// <summary>The call.</summary>
    public TCall Call => call;

    /// <summary>Takes it into a batch; false when its caller has gone.</summary>
    public bool TryTake() => Interlocked.CompareExchange(ref state, Taken, Waiting) == Waiting;

    /// <summary>Lets go of it, unless it is in a batch already: what was sent is carried out.</summary>
    public void GiveUp() => Interlocked.CompareExchange(ref state, GivenUp, Waiting);
}
