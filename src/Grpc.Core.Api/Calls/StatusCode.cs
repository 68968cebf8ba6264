namespace Grpc.Core;

/// <summary>How a call ended, as sent in the <c>grpc-status</c> trailer. Numbers and meanings are those of the gRPC protocol.</summary>
public enum StatusCode
{
    /// <summary>The call succeeded.</summary>
    OK = 0,

    /// <summary>The call was cancelled, as a rule by its caller.</summary>
    Cancelled = 1,

    /// <summary>An error of which nothing more is known, for instance an exception that nobody translated.</summary>
    Unknown = 2,

    /// <summary>The caller sent something that is wrong whatever the state of the system.</summary>
    InvalidArgument = 3,

    /// <summary>The deadline passed first. An operation that changes state may have succeeded all the same.</summary>
    DeadlineExceeded = 4,

    /// <summary>Something that was asked for does not exist.</summary>
    NotFound = 5,

    /// <summary>Something that was to be created exists already.</summary>
    AlreadyExists = 6,

    /// <summary>The caller is known and may not do this.</summary>
    PermissionDenied = 7,

    /// <summary>A quota, a limit or the space is used up.</summary>
    ResourceExhausted = 8,

    /// <summary>The system is not in the state that the operation needs; to try again is useless until that state is changed.</summary>
    FailedPrecondition = 9,

    /// <summary>A conflict with another operation; the caller may try again from its own first step.</summary>
    Aborted = 10,

    /// <summary>Past the end of a valid range, which may grow: unlike <see cref="InvalidArgument"/> it depends on state.</summary>
    OutOfRange = 11,

    /// <summary>The server does not have this operation.</summary>
    Unimplemented = 12,

    /// <summary>An invariant of the server is broken.</summary>
    Internal = 13,

    /// <summary>The server cannot be reached now; the same call may be tried again after a pause.</summary>
    Unavailable = 14,

    /// <summary>Data is lost or corrupt beyond recovery.</summary>
    DataLoss = 15,

    /// <summary>The caller did not say who it is, or not in a way that can be believed.</summary>
    Unauthenticated = 16,
}
