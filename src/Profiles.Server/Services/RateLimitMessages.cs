using Google.Protobuf.WellKnownTypes;
using Profiles.Core.Errors;
using Profiles.V1;
using CoreLimit = Profiles.Core.Limits.RateLimit;
using CoreLimits = Profiles.Core.Limits.RateLimits;

namespace Profiles.Server.Services;

/// <summary>Allowances of credentials as messages of the contract.</summary>
internal static class RateLimitMessages
{
    /// <summary>Reads allowances; what breaks rules is added to a list.</summary>
    public static CoreLimits Read(string path, RateLimits? message, List<FieldViolation> violations)
    {
        return message is null
            ? CoreLimits.None
            : new CoreLimits(
                ReadOne("read", message.Read),
                ReadOne("write", message.Write),
                ReadOne("batch", message.Batch),
                ReadOne("administration", message.Administration));

        CoreLimit? ReadOne(string name, RateLimit? limit) =>
            limit is null
                ? null
                : CoreLimit.Read(
                    $"{path}.{name}",
                    limit.Requests,
                    limit.Window is { } window ? (window.Seconds, window.Nanos) : null,
                    (field, rule) => violations.Add(new FieldViolation(field, rule)));
    }

    /// <summary>The message; null when there are no allowances.</summary>
    public static RateLimits? ToMessage(CoreLimits limits) =>
        limits == CoreLimits.None
            ? null
            : new RateLimits
            {
                Read = ToMessage(limits.Read),
                Write = ToMessage(limits.Write),
                Batch = ToMessage(limits.Batch),
                Administration = ToMessage(limits.Administration),
            };

    private static RateLimit? ToMessage(CoreLimit? limit) =>
        limit is null ? null : new RateLimit { Requests = limit.Requests, Window = Duration.FromTimeSpan(limit.Window) };
}
