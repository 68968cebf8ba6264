namespace Profiles.Server.Tokens.Keys;

/// <summary>
/// Keys that are read anew on a schedule, and when a token names one that is not there. One reading runs at a time, whoever asks
/// for it; while readings fail, the keys at hand stay in use.
/// </summary>
/// <param name="issuer">The issuer's name, for the log.</param>
/// <param name="source">Where the keys come from.</param>
/// <param name="clock">Tells the time.</param>
/// <param name="logger">Is told once of each change.</param>
internal sealed class RefreshedKeys(string issuer, IKeySource source, TimeProvider clock, ILogger logger) : IssuerKeys
{
    /// <summary>The longest that a reading may take.</summary>
    public static readonly TimeSpan ReadTimeout = TimeSpan.FromSeconds(5);

    /// <summary>The longest that a request waits for a reading.</summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(2);

    /// <summary>How many requests may wait at once.</summary>
    public const int MaxWaiting = 1000;

    private readonly Lock gate = new();

    // Both under the gate.
    private Task reading = Task.CompletedTask;
    private long? lastStart;

    // Written by the reading, of which there is one at a time.
    private byte[] document = [];
    private volatile JsonWebKeySet? current;
    private volatile bool isFailing;

    private int waiting;

    /// <inheritdoc/>
    public override JsonWebKeySet? Current => current;

    /// <summary>Starts with keys that have been read just now.</summary>
    /// <exception cref="FormatException">The document breaks a rule; the message goes on from its name.</exception>
    public void StartWith(byte[] bytes)
    {
        current = JsonWebKeySet.Parse(bytes);
        document = bytes;
        lastStart = clock.GetTimestamp();
    }

    /// <inheritdoc/>
    public override ValueTask<bool> RefreshAsync() => TryBegin(out var begun) ? WaitAsync(begun) : new(!isFailing);

    /// <summary>Reads the keys on schedule, now at first, until it is cancelled.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task KeepFreshAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TryBegin(out var begun))
                await begun.WaitAsync(cancellationToken);
            var pause = isFailing ? source.Schedule.AfterFailure : source.Schedule.Regular;
            await Task.Delay(pause * (0.9 + (0.2 * Random.Shared.NextDouble())), clock, cancellationToken);
        }
    }

    // Begins a reading unless one runs already; not when the last one is too recent.
    private bool TryBegin(out Task begun)
    {
        lock (gate)
        {
            begun = reading;
            if (!reading.IsCompleted)
                return true;
            if (lastStart is { } start && clock.GetElapsedTime(start) < source.Schedule.Least)
                return false;
            lastStart = clock.GetTimestamp();
            // It is nobody's in particular: the request that happens to be first lends it neither its trace nor its log scope.
            using (ExecutionContext.SuppressFlow())
                begun = reading = Task.Run(ReadAsync);
            return true;
        }
    }

    private async ValueTask<bool> WaitAsync(Task begun)
    {
        try
        {
            if (Interlocked.Increment(ref waiting) > MaxWaiting)
                return false;
            await begun.WaitAsync(MaxWait, clock);
            // Else the thread that read would serve all who waited, one after the other.
            await Task.Yield();
            return !isFailing;
        }
        catch (TimeoutException)
        {
            return false;
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }

    private async Task ReadAsync()
    {
        using var timeout = new CancellationTokenSource(ReadTimeout, clock);
        try
        {
            Take(await source.ReadAsync(timeout.Token));
        }
        catch (Exception failure)
        {
            NoteFailure(failure);
        }
    }

    private void Take(byte[] bytes)
    {
        if (current is null || !bytes.AsSpan().SequenceEqual(document))
        {
            var keys = JsonWebKeySet.Parse(bytes);
            (current, document) = (keys, bytes);
            LogChange(keys.Count);
        }
        else if (isFailing)
        {
            ServerLog.KeysReadAgain(logger, issuer);
        }
        isFailing = false;
    }

    private void LogChange(int count)
    {
        if (count > 0)
            ServerLog.KeysRead(logger, issuer, count);
        else
            ServerLog.NoKeys(logger, issuer);
    }

    private void NoteFailure(Exception failure)
    {
        if (!isFailing)
            ServerLog.KeysUnreadable(logger, issuer, Explain(failure), failure);
        isFailing = true;
    }

    private static string Explain(Exception failure) =>
        failure switch
        {
            OperationCanceledException => $"There was no answer within {ReadTimeout.TotalSeconds} seconds.",
            FormatException => $"The document {failure.Message}.",
            _ => failure.Message,
        };
}
