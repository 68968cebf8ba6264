using Profiles.Core.Identity;

namespace Profiles.Core.Credentials.Applications;

/// <summary>The secrets of all organizations as they are kept, to be encrypted anew. Every method is one round trip.</summary>
public interface ISecretStore
{
    /// <summary>
    /// Up to <paramref name="limit"/> secrets that another master key than <paramref name="masterKeyId"/> encrypted, in the
    /// order of their places, after <paramref name="after"/>.
    /// </summary>
    Task<IReadOnlyList<StoredSecret>> ListAsync(
        string masterKeyId, SecretPlace? after, int limit, CancellationToken cancellationToken);

    /// <summary>Replaces the encrypted texts of secrets that are still as they were.</summary>
    Task ReplaceAsync(IReadOnlyCollection<SecretReplacement> replacements, CancellationToken cancellationToken);
}

/// <summary>Where a secret belongs, which its encryption is bound to.</summary>
/// <param name="Organization">The organization.</param>
/// <param name="Application">The application.</param>
/// <param name="Secret">The secret.</param>
public readonly record struct SecretPlace(OrganizationId Organization, Guid Application, Guid Secret);

/// <summary>A secret as it is kept.</summary>
/// <param name="Place">Where it belongs.</param>
/// <param name="MasterKeyId">The master key that encrypted it.</param>
/// <param name="Content">The encrypted text.</param>
public sealed record StoredSecret(SecretPlace Place, string MasterKeyId, byte[] Content);

/// <summary>A secret encrypted anew.</summary>
/// <param name="Old">The secret as it was.</param>
/// <param name="MasterKeyId">The master key that encrypted it now.</param>
/// <param name="Content">The encrypted text now.</param>
public sealed record SecretReplacement(StoredSecret Old, string MasterKeyId, byte[] Content);
