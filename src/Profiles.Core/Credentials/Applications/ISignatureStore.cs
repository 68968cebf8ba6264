using Profiles.Core.Errors;
using Profiles.Core.Identity;

namespace Profiles.Core.Credentials.Applications;

/// <summary>
/// Remembers the signatures of applications that refuse replays, for all servers together. Every method is one round trip to the
/// database; <see cref="ProfilesException"/> with <see cref="ErrorReason.StorageUnavailable"/> when it cannot be reached.
/// </summary>
public interface ISignatureStore
{
    /// <summary>Takes a signature, for as long as it would pass for fresh; false when it was taken before.</summary>
    Task<bool> TakeAsync(
        OrganizationId organization, Guid application, byte[] signature, DateTime expireTime, CancellationToken cancellationToken);

    /// <summary>Forgets signatures that would not pass for fresh any more; returns how many.</summary>
    Task<int> ForgetAsync(DateTime now, CancellationToken cancellationToken);
}
