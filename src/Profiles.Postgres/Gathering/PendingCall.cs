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
    private CancellationTokenRegistration registration;

    /// <summary>What calls that must not be in one batch share; null for nothing.</summary>
    public string? Key => key;

    /// <summary>The call.</summary>
    public TCall Call => call;

    /// <summary>Ends with the call, or when its caller gives up.</summary>
    public Task<TResult> Completion => completion.Task;

    /// <summary>Begins to heed the caller's wish to give up: before the call is put where others see it.</summary>
    public void GiveUpWith(CancellationToken cancellationToken) =>
        registration = cancellationToken.UnsafeRegister(
            static (call, cancelled) => ((PendingCall<TCall, TResult>)call!).GiveUp(cancelled), this);

    /// <summary>Takes it into a batch; false when its caller has gone.</summary>
    public bool TryTake() => Interlocked.CompareExchange(ref state, Taken, Waiting) == Waiting;

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

    // Lets go of it, unless it is in a batch already: what was sent is carried out.
    private void GiveUp(CancellationToken cancelled)
    {
        Interlocked.CompareExchange(ref state, GivenUp, Waiting);
        completion.TrySetCanceled(cancelled);
    }

    private void End(bool isAlone)
    {
        if (!isAlone)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
            return;
        }

        registration.Unregister();
        if (failure is null)
            completion.TrySetResult(result!);
        else
            completion.TrySetException(failure);
    }
}
