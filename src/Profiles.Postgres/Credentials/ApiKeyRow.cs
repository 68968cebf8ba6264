using Profiles.Core.Credentials;
using Profiles.Core.Credentials.ApiKeys;

namespace Profiles.Postgres.Credentials;

/// <summary>One row of <c>api_keys</c>, as Dapper maps it, and the text that it was found by.</summary>
internal sealed class ApiKeyRow
{
    public string OrganizationId { get; set; } = string.Empty;

    public Guid KeyId { get; set; }

    public Guid ChangeId { get; set; }

    public DateTime CreatedAt { get; set; }

    public string DisplayName { get; set; } = string.Empty;

    public short KeyType { get; set; }

    public string? UserId { get; set; }

    public string[] Permissions { get; set; } = [];

    public string? RateLimits { get; set; }

    public string Prefix { get; set; } = string.Empty;

    public DateTime? ExpiresAt { get; set; }

    public DateTime? RevokedAt { get; set; }

    public DateTime? LastUsedAt { get; set; }

    public DateTime? ValidUntil { get; set; }

    public ApiKey ToKey() =>
        new(
            Core.Identity.OrganizationId.Parse(OrganizationId),
            KeyId,
            new ApiKeyContent(
                DisplayName,
                (ApiKeyType)KeyType,
                UserId is null ? null : Core.Identity.UserId.Parse(UserId),
                Permissions,
                ExpiresAt)
            {
                RateLimits = RateLimitsJson.Read(RateLimits),
            },
            Prefix,
            CreatedAt,
            LastUsedAt,
            RevokedAt);

    /// <summary>What became of a rotation that began at a time.</summary>
    public ChangeOutcome<ApiKey> ToOutcome(Guid changeId, DateTime time)
    {
        var key = ToKey();
        if (ChangeId == changeId)
            return new ChangeOutcome<ApiKey>(ChangeOutcomeKind.Done, key);
        return new ChangeOutcome<ApiKey>(key.IsValidAt(time) ? ChangeOutcomeKind.Exceeds : ChangeOutcomeKind.Ended);
    }
}
