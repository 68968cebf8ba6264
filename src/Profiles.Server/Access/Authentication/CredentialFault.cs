namespace Profiles.Server.Access.Authentication;

/// <summary>
/// What is wrong with a credential that is no token: for the log. Callers are told only that it is not valid.
/// </summary>
internal enum CredentialFault
{
    /// <summary>Sent more than once, incomplete, or of no possible form.</summary>
    Form,

    /// <summary>Nobody has such a key.</summary>
    Unknown,

    /// <summary>Expired, or replaced by a rotation.</summary>
    Expired,

    /// <summary>Revoked.</summary>
    Revoked,

    /// <summary>No application has made this signature.</summary>
    Signature,

    /// <summary>The signature's time is too far from now, or it has none.</summary>
    Stale,

    /// <summary>The signature was taken before.</summary>
    Replayed,
}
