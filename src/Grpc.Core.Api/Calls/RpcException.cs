namespace Grpc.Core;

/// <summary>
/// A call that failed. A client throws it for every status but OK; a service method throws it to end its call with a status.
/// </summary>
public class RpcException : Exception
{
    /// <summary>Creates an exception without trailers whose message is the status as text.</summary>
    /// <param name="status">How the call ended.</param>
    public RpcException(Status status) : this(status, Metadata.Empty)
    {
    }

    /// <summary>Creates an exception without trailers.</summary>
    /// <param name="status">How the call ended.</param>
    /// <param name="message">Message of the exception; it stays in this process, unlike <see cref="Status.Detail"/>.</param>
    public RpcException(Status status, string message) : this(status, Metadata.Empty, message)
    {
    }

    /// <summary>Creates an exception whose message is the status as text.</summary>
    /// <param name="status">How the call ended.</param>
    /// <param name="trailers">Metadata sent after the last message. A service that throws adds these to the trailers of its call.</param>
    public RpcException(Status status, Metadata trailers) : this(status, trailers, status.ToString())
    {
    }

    /// <summary>Creates an exception.</summary>
    /// <param name="status">How the call ended.</param>
    /// <param name="trailers">Metadata sent after the last message. A service that throws adds these to the trailers of its call.</param>
    /// <param name="message">Message of the exception; it stays in this process, unlike <see cref="Status.Detail"/>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="trailers"/> is null.</exception>
    public RpcException(Status status, Metadata trailers, string message) : base(message)
    {
        ArgumentNullException.ThrowIfNull(trailers);
        Status = status;
        Trailers = trailers;
    }

    /// <summary>How the call ended.</summary>
    public Status Status { get; }

    /// <summary>The code of <see cref="Status"/>.</summary>
    public StatusCode StatusCode => Status.StatusCode;

    /// <summary>Metadata that the server sent after its last message; empty when there is none.</summary>
    public Metadata Trailers { get; }
}
