using Profiles.Core.Audit;
using Profiles.Core.Errors;
using Profiles.Core.Identity;

namespace Profiles.Core.Credentials.ApiKeys;

/// <summary>
/// Keeps API keys. Every method is one round trip to the database; a change is recorded and announced in the same transaction.
/// When the database cannot be reached they all throw <see cref="ProfilesException"/> with
/// <see cref="ErrorReason.StorageUnavailable"/>.
/// </summary>
public interface IApiKeyStore
{
    /// <summary>The key of a text, a revoked or expired one included; null when there never was one.</summary>
    Task<FoundApiKey?> FindAsync(ApiKeyHash hash, CancellationToken cancellationToken);

    /// <summary>One key, or null.</summary>
    Task<ApiKey?> GetAsync(OrganizationId organization, Guid id, CancellationToken cancellationToken);

    /// <summary>Up to <paramref name="limit"/> keys in the order of their creation, after <paramref name="after"/>.</summary>
    Task<IReadOnlyList<ApiKey>> ListAsync(
        OrganizationId organization, Guid? after, int limit, CancellationToken cancellationToken);

    /// <summary>Adds a key, unless its text is known already.</summary>
    Task<ChangeOutcome<ApiKey>> AddAsync(ApiKey key, ApiKeyHash hash, AuditEvent recorded, CancellationToken cancellationToken);

    /// <summary>Gives a key that is valid a new text.</summary>
    Task<ChangeOutcome<ApiKey>> RotateAsync(
        OrganizationId organization, ApiKeyRotation rotation, AuditEvent recorded, CancellationToken cancellationToken);

    /// <summary>Revokes a key, at the time of <paramref name="recorded"/>; one that is revoked stays as it is.</summary>
    Task<ChangeOutcome<ApiKey>> RevokeAsync(
        OrganizationId organization, Guid id, AuditEvent recorded, CancellationToken cancellationToken);

    /// <summary>Notes when keys were used.</summary>
    Task NoteUsesAsync(IReadOnlyCollection<ApiKeyUse> uses, CancellationToken cancellationToken);
}

/// <summary>What a text stands for.</summary>
/// <param name="Key">The key.</param>
/// <param name="TextExpireTime">When this text of it ceases to be valid; null while it is the newest.</param>
public sealed record FoundApiKey(ApiKey Key, DateTime? TextExpireTime)
{
    /// <summary>Whether the text can be used.</summary>
    public bool IsValidAt(DateTime time) => Key.IsValidAt(time) && !(TextExpireTime <= time);
}

/// <summary>A new text for a key.</summary>
/// <param name="Id">The key.</param>
/// <param name="Hashes">The new text's hash: for each <see cref="ApiKeyType"/> one, in the order of their numbers.</param>
/// <param name="Prefixes">Its first characters, in the same way.</param>
/// <param name="OldTextExpireTime">When the text before ceases to be valid. Older ones do so at once.</param>
/// <param name="Grantor">Who asks: it must be able to hand on what the key has.</param>
public sealed record ApiKeyRotation(
    Guid Id, IReadOnlyList<ApiKeyHash> Hashes, IReadOnlyList<string> Prefixes, DateTime OldTextExpireTime, Grantor Grantor);

/// <summary>A use of a key.</summary>
/// <param name="Organization">Whose key.</param>
/// <param name="Id">The key.</param>
/// <param name="Time">When, in UTC.</param>
public sealed record ApiKeyUse(OrganizationId Organization, Guid Id, DateTime Time);
