using Profiles.Core.Audit;
using Profiles.Core.Credentials;
using Profiles.Core.Credentials.ApiKeys;
using Profiles.Core.Identity;

namespace Profiles.Server.Tests.Access;

/// <summary>Keys by their hashes, and what was asked of them.</summary>
internal sealed class FakeApiKeyStore : IApiKeyStore
{
    public Dictionary<ApiKeyHash, FoundApiKey> Keys { get; } = [];

    public List<ApiKeyHash> Lookups { get; } = [];

    public List<IReadOnlyCollection<ApiKeyUse>> Uses { get; } = [];

    /// <summary>What a write of uses fails with, if it does.</summary>
    public Exception? Failure { get; set; }

    public Task<FoundApiKey?> FindAsync(ApiKeyHash hash, CancellationToken cancellationToken)
    {
        lock (Lookups)
            Lookups.Add(hash);
        return Task.FromResult(Keys.GetValueOrDefault(hash));
    }

    public Task NoteUsesAsync(IReadOnlyCollection<ApiKeyUse> uses, CancellationToken cancellationToken)
    {
        Uses.Add(uses);
        return Failure is null ? Task.CompletedTask : Task.FromException(Failure);
    }

    public Task<ApiKey?> GetAsync(OrganizationId organization, Guid id, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<ApiKey>> ListAsync(OrganizationId organization, Guid? after, int limit, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<ChangeOutcome<ApiKey>> AddAsync(ApiKey key, ApiKeyHash hash, AuditEvent recorded, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<ChangeOutcome<ApiKey>> RotateAsync(
        OrganizationId organization, ApiKeyRotation rotation, AuditEvent recorded, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<ChangeOutcome<ApiKey>> RevokeAsync(
        OrganizationId organization, Guid id, AuditEvent recorded, CancellationToken cancellationToken) => throw new NotSupportedException();
}
