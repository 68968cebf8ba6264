using Profiles.Core.Audit;
using Profiles.Core.Errors;
using Profiles.Core.Identity;
using Profiles.Core.Limits;
using Profiles.Core.Operations;

namespace Profiles.Core.Credentials.ApiKeys;

/// <summary>The use cases of API keys.</summary>
/// <param name="store">Where they are kept.</param>
/// <param name="clock">Tells the time of changes.</param>
public sealed class ApiKeyManager(IApiKeyStore store, TimeProvider clock)
{
    private const string What = "API key";

    /// <summary>Creates a key, and returns its text, which cannot be had again.</summary>
    /// <exception cref="ProfilesException">The draft breaks a rule, the grantor has too few permissions, or the text is in use.</exception>
    public async Task<(ApiKey Key, string Text)> CreateAsync(
        OrganizationId organization, ApiKeyDraft draft, Grantor grantor, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var content = draft.Check(now.UtcDateTime, grantor);
        grantor.Demand(content.Permissions, content.User?.Value);

        var text = draft.ImportedText ?? ApiKeyText.Create(content.Type);
        var key = new ApiKey(organization, OrderedId.Create(now), content, ApiKeyText.PrefixOf(text), now.UtcDateTime, null, null);
        var recorded = CredentialAudit.Record(AuditAction.ApiKeyCreated, key.Id, grantor, now, FieldsOf(content));
        var outcome = await store.AddAsync(key, ApiKeyHash.Of(text), recorded, cancellationToken);
        return (outcome.Succeed(What), text);
    }

    /// <summary>One key.</summary>
    /// <exception cref="ProfilesException">There is none.</exception>
    public async Task<ApiKey> GetAsync(OrganizationId organization, Guid id, CancellationToken cancellationToken) =>
        await store.GetAsync(organization, id, cancellationToken) ?? throw CredentialErrors.NotFound(What);

    /// <summary>A page of an organization's keys, in the order of their creation.</summary>
    public async Task<Page<ApiKey>> ListAsync(
        OrganizationId organization, PageRequest page, CancellationToken cancellationToken)
    {
        var limit = page.Limit;
        var query = $"api keys\n{organization}";
        var after = PageToken.DecodeId(query, page.PageToken);
        var keys = await store.ListAsync(organization, after, limit + 1, cancellationToken);
        return Page<ApiKey>.Of(keys, limit, last => PageToken.Encode(query, last.Id));
    }

    /// <summary>Gives a key a new text, and returns that; the one before stays valid for <paramref name="overlap"/>.</summary>
    /// <exception cref="ProfilesException">
    /// There is no such key, it is revoked or expired, it has more permissions than the grantor, or the overlap is out of range.
    /// </exception>
    public async Task<(ApiKey Key, string Text)> RotateAsync(
        OrganizationId organization, Guid id, TimeSpan overlap, Grantor grantor, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var end = CredentialRules.EndOf(now.UtcDateTime, overlap);
        // Which type it has is seen only where the key is kept, so a text of each goes there, and one of them becomes the key's.
        var texts = Array.ConvertAll(Enum.GetValues<ApiKeyType>(), ApiKeyText.Create);
        var rotation = new ApiKeyRotation(
            id, Array.ConvertAll(texts, ApiKeyHash.Of), Array.ConvertAll(texts, ApiKeyText.PrefixOf), end, grantor);
        var recorded = CredentialAudit.Record(AuditAction.ApiKeyRotated, id, grantor, now, "prefix");
        var key = (await store.RotateAsync(organization, rotation, recorded, cancellationToken)).Succeed(What);
        return (key, texts[(int)key.Content.Type - 1]);
    }

    /// <summary>Revokes a key for ever. One that is revoked stays as it is.</summary>
    /// <exception cref="ProfilesException">There is no such key.</exception>
    public async Task<ApiKey> RevokeAsync(
        OrganizationId organization, Guid id, Grantor grantor, CancellationToken cancellationToken)
    {
        var recorded = CredentialAudit.Record(AuditAction.ApiKeyRevoked, id, grantor, clock.GetUtcNow(), "revoke_time");
        return (await store.RevokeAsync(organization, id, recorded, cancellationToken)).Succeed(What);
    }

    private static IReadOnlyList<string> FieldsOf(ApiKeyContent content) =>
        CredentialAudit.Set(
            ("display_name", content.DisplayName.Length > 0),
            ("type", true),
            ("user_id", content.User is not null),
            ("permissions", content.Permissions.Count > 0),
            ("rate_limits", content.RateLimits != RateLimits.None),
            ("expire_time", content.ExpireTime is not null));
}
