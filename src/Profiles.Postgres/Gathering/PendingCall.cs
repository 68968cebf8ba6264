namespace Profiles.Postgres.Gathering;

/// <summary>A call that waits for its batch, or for the result of it.</summary>
/// <param name="key">Calls with the same key are carried out one after the other; null for a call that meets no other one.</param>
/// <param name="call">The call.</param>
internal sealed class PendingCall<TCall, TResult>(string? key, TCall call) : IThreadPoolWorkItem
{
    private readonly TaskCompletionSource<TResult> completion = new();

    private const int Waiting = 0;
    private const int Taken = 1;
    private const int GivenUp = 2;

    private int state;
    private TResult? result;
    private Exception? failure;

    /// <summary>What calls that must not be in one batch share; null for nothing.</summary>
    public string? Key => key;

    /// <summary>The call.</summary>
    public TCall Call => call;

    /// <summary>Ends with the call.</summary>
    public Task<TResult> Completion => completion.Task;

    /// <summary>Takes it into a batch; false when its caller has gone.</summary>
    public bool TryTake() => Interlocked.CompareExchange(ref state, Taken, Waiting) == Waiting;

    /// <summary>Lets go of it, unless it is in a batch already: what was sent is carried out.</summary>
    public void GiveUp() => Interlocked.CompareExchange(ref state, GivenUp, Waiting);

    /// <summary>Ends it with a result.</summary>
    /// <param name="outcome">The result.</param>
    /// <param name="isAlone">Whether the batch has no other call: what the caller does next holds none of its calls up then.</param>
    public void SetResult(TResult outcome, bool isAlone)
    {
        result = outcome;
        End(isAlone);
    }

    /// <summary>Ends it with a failure.</summary>
    public void SetException(Exception exception, bool isAlone)
    {
        failure = exception;
        End(isAlone);
    }

    void IThreadPoolWorkItem.Execute() => End(isAlone: true);

    private void End(bool isAlone)
    {
        if (!isAlone)
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
        else if (failure is null)
            completion.SetResult(result!);
        else
            completion.SetException(failure);
    }
}
