using Profiles.Core.Errors;

namespace Profiles.Core.Credentials;

/// <summary>The failures about credentials, each with its sentence for the caller.</summary>
internal static class CredentialErrors
{
    public static ProfilesException NotFound(string what) =>
        new(ErrorReason.CredentialNotFound, $"There is no such {what}.");

    public static ProfilesException Exists(string what) =>
        new(ErrorReason.CredentialExists, $"The imported {what} is in use, or was once.");

    public static ProfilesException Ended(string what) =>
        new(ErrorReason.CredentialEnded, $"The {what} is revoked or expired.");

    public static ProfilesException MasterKeyMissing() =>
        new(ErrorReason.MasterKeyMissing, "The server has no master key: PROFILES_MASTER_KEYS or PROFILES_MASTER_KEYS_FILE names them.");
}
