using Profiles.Core.Identity;
using Profiles.Core.Limits;

namespace Profiles.Core.Credentials.ApiKeys;

/// <summary>What is known of an API key, without its text.</summary>
/// <param name="Organization">Whose it is.</param>
/// <param name="Id">Names the key: a UUID of version 7, so that ids are in the order of creation.</param>
/// <param name="Content">What its maker chose.</param>
/// <param name="Prefix">The first characters of its text.</param>
/// <param name="CreateTime">When it was created, in UTC.</param>
/// <param name="LastUseTime">When it was last used, within a minute; null when it never was.</param>
/// <param name="RevokeTime">When it was revoked; null when it was not.</param>
public sealed record ApiKey(
    OrganizationId Organization,
    Guid Id,
    ApiKeyContent Content,
    string Prefix,
    DateTime CreateTime,
    DateTime? LastUseTime,
    DateTime? RevokeTime)
{
    /// <summary>Whether it is neither revoked nor expired.</summary>
    public bool IsValidAt(DateTime time) => RevokeTime is null && !(Content.ExpireTime <= time);
}

/// <summary>What the maker of an API key chooses.</summary>
/// <param name="DisplayName">What people call it.</param>
/// <param name="Type">What it is good for.</param>
/// <param name="User">The user that it speaks for, or null.</param>
/// <param name="Permissions">What it may do.</param>
/// <param name="ExpireTime">When it ceases to be valid, in UTC; null for never.</param>
public sealed record ApiKeyContent(
    string DisplayName, ApiKeyType Type, UserId? User, IReadOnlyList<string> Permissions, DateTime? ExpireTime)
{
    /// <summary>Allowances of its own.</summary>
    public RateLimits RateLimits { get; init; } = RateLimits.None;
}
