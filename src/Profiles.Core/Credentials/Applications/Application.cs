using Profiles.Core.Identity;
using Profiles.Core.Limits;

namespace Profiles.Core.Credentials.Applications;

/// <summary>What is known of a signed application, without its secrets.</summary>
/// <param name="Organization">Whose it is.</param>
/// <param name="Id">Names the application: a UUID of version 7, so that ids are in the order of creation.</param>
/// <param name="AppKey">What requests carry to name it.</param>
/// <param name="Content">What its maker chose.</param>
/// <param name="Secrets">The secrets that are valid, the newest first.</param>
/// <param name="CreateTime">When it was created, in UTC.</param>
/// <param name="RevokeTime">When it was revoked; null when it was not.</param>
public sealed record Application(
    OrganizationId Organization,
    Guid Id,
    string AppKey,
    ApplicationContent Content,
    IReadOnlyList<ApplicationSecret> Secrets,
    DateTime CreateTime,
    DateTime? RevokeTime);

/// <summary>What the maker of an application chooses.</summary>
/// <param name="DisplayName">What people call it.</param>
/// <param name="Permissions">What it may do.</param>
/// <param name="FreshnessWindow">How far a signature's timestamp may be from now; null for any distance.</param>
/// <param name="RefuseReplays">Whether a signature is taken once only.</param>
public sealed record ApplicationContent(
    string DisplayName, IReadOnlyList<string> Permissions, TimeSpan? FreshnessWindow, bool RefuseReplays)
{
    /// <summary>Allowances of its own.</summary>
    public RateLimits RateLimits { get; init; } = RateLimits.None;
}

/// <summary>What is known of a secret, without the secret.</summary>
/// <param name="Id">Names it.</param>
/// <param name="CreateTime">When it was created, in UTC.</param>
/// <param name="ExpireTime">When it ceases to be valid; null for the newest.</param>
public sealed record ApplicationSecret(Guid Id, DateTime CreateTime, DateTime? ExpireTime);

/// <summary>A secret as it is kept.</summary>
/// <param name="Secret">What is known of it.</param>
/// <param name="MasterKeyId">The master key that encrypted it.</param>
/// <param name="Content">The encrypted text.</param>
public sealed record SealedSecret(ApplicationSecret Secret, string MasterKeyId, byte[] Content);
