using System.Security.Cryptography;
using Profiles.Core.Access;
using Profiles.Core.Audit;
using Profiles.Core.Credentials;
using Profiles.Core.Credentials.ApiKeys;
using Profiles.Core.Credentials.Applications;
using Profiles.Core.Identity;
using Profiles.Core.Limits;

namespace Profiles.Postgres.Tests.Credentials;

/// <summary>Credentials and changes of them.</summary>
internal static class SampleCredentials
{
    public static readonly DateTime Now = new(2030, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    private static readonly Actor Root = new(ActorType.Operator, "root", "credential-1");

    public static ApiKey NewKey(OrganizationId organization, Action<ApiKeyParts>? change = null)
    {
        var parts = new ApiKeyParts();
        change?.Invoke(parts);
        return new ApiKey(
            organization,
            IdAt(Now),
            new ApiKeyContent("name", parts.Type, parts.User is null ? null : UserId.Parse(parts.User), parts.Permissions, parts.ExpireTime)
            {
                RateLimits = new RateLimits(new RateLimit(5, TimeSpan.FromMinutes(1)), Write: null, Batch: null, new RateLimit(7, TimeSpan.FromDays(1))),
            },
            "prefix",
            Now,
            LastUseTime: null,
            RevokeTime: null);
    }

    public static Application NewApplication(OrganizationId organization, params string[] permissions) =>
        new(
            organization,
            IdAt(Now),
            RandomNumberGenerator.GetHexString(13),
            new ApplicationContent("name", permissions.Length == 0 ? ["profiles.read"] : permissions, TimeSpan.FromMinutes(5), RefuseReplays: true)
            {
                RateLimits = new RateLimits(Read: null, new RateLimit(5, TimeSpan.FromSeconds(1)), Batch: null, Administration: null),
            },
            [],
            Now,
            RevokeTime: null);

    public static SealedSecret NewSecret(DateTime? time = null, string masterKey = "m1") =>
        new(
            new ApplicationSecret(IdAt(time ?? Now), time ?? Now, ExpireTime: null),
            masterKey,
            RandomNumberGenerator.GetBytes(50));

    public static ApiKeyHash NewHash() => ApiKeyHash.Of(RandomNumberGenerator.GetHexString(32));

    public static AuditEvent NewEvent(AuditAction action, Guid resource, DateTime? time = null) =>
        new(IdAt(time ?? Now), time ?? Now, action, resource.ToString(), ["a", "b"], Root, "request-1");

    /// <summary>A new id of a time.</summary>
    private static Guid IdAt(DateTime time) => Guid.CreateVersion7(new DateTimeOffset(time));

    public static Grantor NewGrantor(params string[] permissions) => new(Root, "request-1", permissions, "root");

    /// <summary>What can be chosen of a key.</summary>
    internal sealed class ApiKeyParts
    {
        public ApiKeyType Type { get; set; } = ApiKeyType.Administrative;

        public string? User { get; set; }

        public string[] Permissions { get; set; } = ["profiles.read", "audit.read"];

        public DateTime? ExpireTime { get; set; }
    }
}
