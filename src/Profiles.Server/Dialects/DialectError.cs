using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Profiles.Core.Errors;
using Profiles.Transcoding;

namespace Profiles.Server.Dialects;

/// <summary>What a dialect's error writer is told of a failure, whoever found it.</summary>
/// <param name="Context">The failed request.</param>
/// <param name="Reason">The stable reason, such as <c>PROFILE_NOT_FOUND</c> or <c>BODY_INVALID</c>; empty where there is none.</param>
/// <param name="Violations">The fields concerned, by the dialect's own names.</param>
/// <param name="RetryAfter">When the same call may succeed; null when nothing is known of it.</param>
internal sealed record DialectError(
    TranscodingErrorContext Context, string Reason, IReadOnlyList<FieldViolation> Violations, TimeSpan? RetryAfter)
{
    /// <summary>The code of gRPC.</summary>
    public int Code => Context.Status.Code;

    /// <summary>The usual HTTP status.</summary>
    public int HttpStatus => Context.HttpStatusCode;

    /// <summary>A sentence that is safe to show.</summary>
    public string Message => Context.Status.Message;

    /// <summary>All rules that are broken, in sentences: for bodies that have no other place for them.</summary>
    /// <param name="nameOf">What the dialect's clients call a field.</param>
    public string Describe(Func<string, string> nameOf) =>
        string.Join(' ', Violations.Select(violation => $"{nameOf(violation.Field)} {violation.Description.TrimEnd('.')}."));

    /// <summary>Reads the details of an error.</summary>
    public static DialectError Of(TranscodingErrorContext context)
    {
        var (reason, retryAfter) = (context.Reason ?? string.Empty, (TimeSpan?)null);
        var violations = new List<FieldViolation>();
        foreach (var detail in context.Status.Details)
        {
            // The package is older than the name: its Type is the field that is called reason today.
            if (Find<ErrorInfo>(detail) is { } info)
                reason = info.Type;
            else if (Find<RetryInfo>(detail) is { } retry)
                retryAfter = retry.RetryDelay?.ToTimeSpan();
            else if (Find<BadRequest>(detail) is { } bad)
                violations.AddRange(bad.FieldViolations.Select(violation => new FieldViolation(violation.Field, violation.Description)));
        }

        return new DialectError(context, reason, violations, retryAfter);
    }

    private static T? Find<T>(Any detail)
        where T : class, Google.Protobuf.IMessage, new() =>
        detail.TryUnpack<T>(out var found) ? found : null;
}
