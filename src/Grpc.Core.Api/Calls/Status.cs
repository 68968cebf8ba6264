namespace Grpc.Core;

/// <summary>How a call ended: a code and, when it failed, a sentence for a developer.</summary>
public readonly struct Status
{
    /// <summary>Success: <see cref="Core.StatusCode.OK"/>, no detail.</summary>
    public static readonly Status DefaultSuccess = new(StatusCode.OK, "");

    /// <summary>Cancelled: <see cref="Core.StatusCode.Cancelled"/>, no detail.</summary>
    public static readonly Status DefaultCancelled = new(StatusCode.Cancelled, "");

    /// <summary>Creates a status.</summary>
    /// <param name="statusCode">The code.</param>
    /// <param name="detail">What happened. It goes over the wire (<c>grpc-message</c>): nothing internal belongs in it.</param>
    public Status(StatusCode statusCode, string detail) : this(statusCode, detail, debugException: null)
    {
    }

    /// <summary>Creates a status with the local cause of a failure. Client implementations and tests use this.</summary>
    /// <param name="statusCode">The code.</param>
    /// <param name="detail">What happened. It goes over the wire (<c>grpc-message</c>).</param>
    /// <param name="debugException">The local cause, or null. It is never sent.</param>
    public Status(StatusCode statusCode, string detail, Exception? debugException)
    {
        StatusCode = statusCode;
        Detail = detail;
        DebugException = debugException;
    }

    /// <summary>The code; everything but <see cref="Core.StatusCode.OK"/> is a failure.</summary>
    public StatusCode StatusCode { get; }

    /// <summary>What happened, for a developer. Null in <c>default(Status)</c>.</summary>
    public string Detail { get; }

    /// <summary>What failed on this side, for debugging only: set by a client, for instance when it cannot connect; never received.</summary>
    public Exception? DebugException { get; }

    /// <summary>Code, detail and local cause on one line.</summary>
    /// <returns>The text, for logs and exceptions.</returns>
    public override string ToString() => DebugException is null
        ? $"Status(StatusCode=\"{StatusCode}\", Detail=\"{Detail}\")"
        : $"Status(StatusCode=\"{StatusCode}\", Detail=\"{Detail}\", DebugException=\"{DebugException}\")";
}
