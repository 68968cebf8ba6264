using Grpc.Core;
using Profiles.V1;

namespace Profiles.EndToEnd.Tests.Gathering;

/// <summary>A call to one user, as its caller saw it.</summary>
/// <param name="Id">Its <c>x-request-id</c>, which the history keeps.</param>
/// <param name="User">The user.</param>
/// <param name="Kind">What it does.</param>
internal sealed record Attempt(string Id, string User, AttemptKind Kind)
{
    /// <summary>What it writes.</summary>
    public SetProfileRequest? Change { get; init; }

    /// <summary>The revision that its etag stands for.</summary>
    public long? Guard { get; init; }

    /// <summary>When it was sent.</summary>
    public long Sent { get; set; }

    /// <summary>When its outcome was known; never, unless it was told.</summary>
    public long Answered { get; set; } = long.MaxValue;

    /// <summary>What was told. OK: it was acknowledged.</summary>
    public StatusCode Status { get; set; } = StatusCode.Unknown;

    /// <summary>Why it was refused.</summary>
    public string Reason { get; set; } = string.Empty;

    /// <summary>The profile in the answer; null for none, as after a deletion.</summary>
    public Profile? Profile { get; set; }

    /// <summary>The revision in the answer.</summary>
    public long Revision { get; set; }

    /// <summary>Whether the answer says that nothing was written.</summary>
    public bool Unchanged { get; set; }

    /// <summary>What it shares with the other attempts of the same request.</summary>
    public string Request => Change?.RequestId is { Length: > 0 } request ? request : Id;

    public bool IsAcknowledged => Status == StatusCode.OK;

    /// <summary>Whether nobody told its caller what became of it.</summary>
    public bool IsOpen => Status is StatusCode.Cancelled or StatusCode.DeadlineExceeded or StatusCode.Unavailable;
}

/// <summary>What a call does.</summary>
internal enum AttemptKind
{
    /// <summary>Reads the profile.</summary>
    Read,

    /// <summary>Writes it.</summary>
    Write,

    /// <summary>Writes what the database refuses, so that the statements of its batch fail.</summary>
    Poison,

    /// <summary>Deletes it.</summary>
    Delete,
}
