namespace Grpc.Core;

/// <summary>Options of a call. A value does not change: each <c>With…</c> method gives a changed copy.</summary>
public readonly struct CallOptions
{
    /// <summary>Creates options.</summary>
    /// <param name="headers">Metadata to send.</param>
    /// <param name="deadline">
    /// When to give up with <see cref="StatusCode.DeadlineExceeded"/>, in UTC; null means never. The server is told as well.
    /// </param>
    /// <param name="cancellationToken">Gives up the call.</param>
    /// <param name="writeOptions">Options of the writes of this call.</param>
    /// <param name="propagationToken">What the call inherits from one being served.</param>
    /// <param name="credentials">What authorizes this call, beside the credentials of the channel.</param>
    public CallOptions(
        Metadata? headers = null,
        DateTime? deadline = null,
        CancellationToken cancellationToken = default,
        WriteOptions? writeOptions = null,
        ContextPropagationToken? propagationToken = null,
        CallCredentials? credentials = null)
    {
        Headers = headers;
        Deadline = deadline;
        CancellationToken = cancellationToken;
        WriteOptions = writeOptions;
        PropagationToken = propagationToken;
        Credentials = credentials;
    }

    /// <summary>Metadata to send; null means none.</summary>
    public Metadata? Headers { get; private init; }

    /// <summary>When to give up, in UTC; null means never.</summary>
    public DateTime? Deadline { get; private init; }

    /// <summary>Gives up the call: it ends with <see cref="StatusCode.Cancelled"/> unless it ended before, and the server is told.</summary>
    public CancellationToken CancellationToken { get; private init; }

    /// <summary>Options of the writes of this call; null means <see cref="WriteOptions.Default"/>.</summary>
    public WriteOptions? WriteOptions { get; private init; }

    /// <summary>What the call inherits from one being served; null means nothing.</summary>
    public ContextPropagationToken? PropagationToken { get; private init; }

    /// <summary>What authorizes this call, beside the credentials of the channel; null means nothing.</summary>
    public CallCredentials? Credentials { get; private init; }

    /// <summary>Whether the call waits for a connection when there is none, instead of failing with <see cref="StatusCode.Unavailable"/>.</summary>
    public bool IsWaitForReady { get; private init; }

    /// <summary>Copies these options with other headers.</summary>
    /// <param name="headers">Metadata to send.</param>
    /// <returns>The copy.</returns>
    public CallOptions WithHeaders(Metadata headers) => this with { Headers = headers };

    /// <summary>Copies these options with another deadline.</summary>
    /// <param name="deadline">When to give up, in UTC.</param>
    /// <returns>The copy.</returns>
    public CallOptions WithDeadline(DateTime deadline) => this with { Deadline = deadline };

    /// <summary>Copies these options with another cancellation token.</summary>
    /// <param name="cancellationToken">Gives up the call.</param>
    /// <returns>The copy.</returns>
    public CallOptions WithCancellationToken(CancellationToken cancellationToken) =>
        this with { CancellationToken = cancellationToken };

    /// <summary>Copies these options with other write options.</summary>
    /// <param name="writeOptions">Options of the writes of the call.</param>
    /// <returns>The copy.</returns>
    public CallOptions WithWriteOptions(WriteOptions writeOptions) => this with { WriteOptions = writeOptions };

    /// <summary>Copies these options with another propagation token.</summary>
    /// <param name="propagationToken">What the call inherits from one being served.</param>
    /// <returns>The copy.</returns>
    public CallOptions WithPropagationToken(ContextPropagationToken propagationToken) =>
        this with { PropagationToken = propagationToken };

    /// <summary>Copies these options with other credentials.</summary>
    /// <param name="credentials">What authorizes the call.</param>
    /// <returns>The copy.</returns>
    public CallOptions WithCredentials(CallCredentials credentials) => this with { Credentials = credentials };

    /// <summary>Copies these options with or without waiting for a connection.</summary>
    /// <param name="waitForReady">Whether to wait.</param>
    /// <returns>The copy.</returns>
    public CallOptions WithWaitForReady(bool waitForReady = true) => this with { IsWaitForReady = waitForReady };
}
