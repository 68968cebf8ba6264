using Google.Protobuf.WellKnownTypes;
using Profiles.Core.Credentials.ApiKeys;
using Profiles.Core.Credentials.Applications;
using Profiles.Core.Errors;
using Profiles.V1;
using ApiKeyType = Profiles.Core.Credentials.ApiKeys.ApiKeyType;

namespace Profiles.Server.Services;

/// <summary>Reads what requests ask of credentials. Fields that only the server sets are not looked at.</summary>
internal static class CredentialReader
{
    // What the two messages can hold at most; the use cases have narrower limits.
    private const long MaxTimestampSeconds = 253_402_300_799;
    private const long MaxDurationSeconds = 315_576_000_000;
    private const int MaxNanos = 999_999_999;

    public static ApiKeyDraft ReadDraft(CreateApiKeyRequest request)
    {
        var key = request.ApiKey ?? throw ProfilesException.Invalid("api_key", "is required");
        var violations = new List<FieldViolation>();
        return new ApiKeyDraft
        {
            DisplayName = key.DisplayName,
            // The numbers are the same.
            Type = (ApiKeyType)key.Type,
            User = key.UserId,
            Permissions = key.Permissions,
            RateLimits = RateLimitMessages.Read("api_key.rate_limits", key.RateLimits, violations),
            Violations = violations,
            ExpireTime = ReadTime("api_key.expire_time", key.ExpireTime),
            ImportedText = NullIfEmpty(request.ImportedKey),
        };
    }

    public static ApplicationDraft ReadDraft(CreateApplicationRequest request)
    {
        var application = request.Application ?? throw ProfilesException.Invalid("application", "is required");
        var violations = new List<FieldViolation>();
        return new ApplicationDraft
        {
            DisplayName = application.DisplayName,
            Permissions = application.Permissions,
            RateLimits = RateLimitMessages.Read("application.rate_limits", application.RateLimits, violations),
            Violations = violations,
            FreshnessWindow = ReadDuration("application.freshness_window", application.FreshnessWindow),
            RefuseReplays = application.RefuseReplays,
            ImportedKey = NullIfEmpty(request.ImportedAppKey),
            ImportedSecret = NullIfEmpty(request.ImportedAppSecret),
        };
    }

    /// <summary>The id of a credential.</summary>
    /// <exception cref="ProfilesException">It is none.</exception>
    public static Guid ReadId(string field, string text) =>
        Guid.TryParseExact(text, "D", out var id)
            ? id
            : throw ProfilesException.Invalid(field, "must be a UUID such as 0190e2c8-5a3f-7c1e-8f2b-3d4c5b6a7988");

    /// <summary>A duration, or null when there is none.</summary>
    /// <exception cref="ProfilesException">It is no valid message.</exception>
    public static TimeSpan? ReadDuration(string field, Duration? duration)
    {
        if (duration is null)
            return null;
        var isValid = duration is { Seconds: >= -MaxDurationSeconds and <= MaxDurationSeconds, Nanos: >= -MaxNanos and <= MaxNanos }
            && Math.Sign(duration.Seconds) * Math.Sign(duration.Nanos) >= 0;
        return isValid ? duration.ToTimeSpan() : throw ProfilesException.Invalid(field, "must be a valid duration");
    }

    private static DateTime? ReadTime(string field, Timestamp? time)
    {
        if (time is null)
            return null;
        return time is { Seconds: >= 0 and <= MaxTimestampSeconds, Nanos: >= 0 and <= MaxNanos }
            ? time.ToDateTime()
            : throw ProfilesException.Invalid(field, "must be a valid time from 1970 to 9999");
    }

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
