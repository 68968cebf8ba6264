namespace Profiles.Core.Errors;

/// <summary>
/// Why an operation failed: the one list of stable reasons. Callers of every form see the reason's name in
/// UPPER_SNAKE_CASE (<c>STALE_ETAG</c>); each protocol maps it to its own status codes.
/// </summary>
public enum ErrorReason
{
    /// <summary>Fields of the request break rules; the violations say which.</summary>
    InvalidRequest,

    /// <summary>There is no credential.</summary>
    CredentialMissing,

    /// <summary>The credential is not valid: malformed, forged, expired, or of an unknown issuer.</summary>
    CredentialInvalid,

    /// <summary>The credential lacks the permission that the call needs.</summary>
    PermissionMissing,

    /// <summary>The call reaches the caller's own record, and the credential does not speak for a user.</summary>
    UserRequired,

    /// <summary>A user tried to set a field that only servers may set.</summary>
    FieldForServersOnly,

    /// <summary>There is no such profile.</summary>
    ProfileNotFound,

    /// <summary>The record changed since the caller read it.</summary>
    StaleEtag,

    /// <summary>The record has another e-mail address, and the call may not change it.</summary>
    EmailKept,

    /// <summary>The request id was used before with other content, or for another user.</summary>
    RequestIdReused,

    /// <summary>The record was deleted, and with it the stored outcome of this request id.</summary>
    OutcomeErased,

    /// <summary>The organization of the credential, or the one that it names, does not exist, or no longer.</summary>
    OrganizationUnknown,

    /// <summary>The credential does not reach the organization that the request names.</summary>
    OrganizationForbidden,

    /// <summary>There is no such organization.</summary>
    OrganizationNotFound,

    /// <summary>There is an organization of this id, or one is still being removed.</summary>
    OrganizationExists,

    /// <summary>The organization has profiles, so that it is not deleted without being forced.</summary>
    OrganizationNotEmpty,

    /// <summary>There is no such API key or application.</summary>
    CredentialNotFound,

    /// <summary>The imported key is in use.</summary>
    CredentialExists,

    /// <summary>The API key or application is revoked or expired.</summary>
    CredentialEnded,

    /// <summary>The server has no master key to encrypt secrets with.</summary>
    MasterKeyMissing,

    /// <summary>Another user has the username, or one that looks like it.</summary>
    UsernameTaken,

    /// <summary>The username is kept for its last owner.</summary>
    UsernameHeld,

    /// <summary>The username, or one that it looks like, is on the denylist.</summary>
    UsernameDenied,

    /// <summary>The user has changed the username too often.</summary>
    RenameLimitReached,

    /// <summary>Usernames need not be unique in the organization, so that there is nothing to deny.</summary>
    UsernamesNotUnique,

    /// <summary>There is no such picture.</summary>
    PictureNotFound,

    /// <summary>The organization does not allow pictures to be uploaded.</summary>
    PictureUploadOff,

    /// <summary>The user has changed the picture too often.</summary>
    PictureLimitReached,

    /// <summary>The server has no library to read images with.</summary>
    ImageLibraryMissing,

    /// <summary>The credential's allowance for calls of this class is used up for now.</summary>
    RateLimited,

    /// <summary>The server has as many calls as it can carry out.</summary>
    Overloaded,

    /// <summary>The database cannot be reached or is too busy; the same call may succeed later.</summary>
    StorageUnavailable,

    /// <summary>The credential cannot be checked, since its issuer's keys cannot be had; the same call may succeed later.</summary>
    IssuerUnavailable,
}
