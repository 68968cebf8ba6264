using Google.Protobuf.WellKnownTypes;
using Profiles.V1;
using CoreApiKey = Profiles.Core.Credentials.ApiKeys.ApiKey;
using CoreApplication = Profiles.Core.Credentials.Applications.Application;

namespace Profiles.Server.Services;

/// <summary>Credentials as messages of the contract.</summary>
internal static class CredentialMessages
{
    public static ApiKey ToMessage(CoreApiKey key) => new()
    {
        KeyId = key.Id.ToString(),
        DisplayName = key.Content.DisplayName,
        // The numbers are the same.
        Type = (ApiKeyType)key.Content.Type,
        UserId = key.Content.User?.Value ?? string.Empty,
        Permissions = { key.Content.Permissions },
        RateLimits = RateLimitMessages.ToMessage(key.Content.RateLimits),
        Prefix = key.Prefix,
        CreateTime = Timestamp.FromDateTime(key.CreateTime),
        ExpireTime = ToTimestamp(key.Content.ExpireTime),
        LastUseTime = ToTimestamp(key.LastUseTime),
        RevokeTime = ToTimestamp(key.RevokeTime),
    };

    public static Application ToMessage(CoreApplication application) => new()
    {
        ApplicationId = application.Id.ToString(),
        DisplayName = application.Content.DisplayName,
        AppKey = application.AppKey,
        Permissions = { application.Content.Permissions },
        RateLimits = RateLimitMessages.ToMessage(application.Content.RateLimits),
        FreshnessWindow = application.Content.FreshnessWindow is { } window ? Duration.FromTimeSpan(window) : null,
        RefuseReplays = application.Content.RefuseReplays,
        Secrets = { application.Secrets.Select(ToMessage) },
        CreateTime = Timestamp.FromDateTime(application.CreateTime),
        RevokeTime = ToTimestamp(application.RevokeTime),
    };

    private static ApplicationSecret ToMessage(Core.Credentials.Applications.ApplicationSecret secret) => new()
    {
        SecretId = secret.Id.ToString(),
        CreateTime = Timestamp.FromDateTime(secret.CreateTime),
        ExpireTime = ToTimestamp(secret.ExpireTime),
    };

    private static Timestamp? ToTimestamp(DateTime? time) => time is { } value ? Timestamp.FromDateTime(value) : null;
}
