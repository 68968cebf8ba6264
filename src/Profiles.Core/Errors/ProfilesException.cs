namespace Profiles.Core.Errors;

/// <summary>An operation failed for a reason that its caller is told.</summary>
public sealed class ProfilesException : Exception
{
    /// <summary>Creates the failure.</summary>
    /// <param name="reason">The stable reason.</param>
    /// <param name="message">A sentence for the caller: no internals, no credentials.</param>
    /// <param name="violations">The fields concerned, if any.</param>
    public ProfilesException(ErrorReason reason, string message, IReadOnlyList<FieldViolation>? violations = null)
        : base(message)
    {
        Reason = reason;
        Violations = violations ?? [];
    }

    /// <summary>Creates a failure that another one caused.</summary>
    /// <param name="reason">The stable reason.</param>
    /// <param name="message">A sentence for the caller: no internals, no credentials.</param>
    /// <param name="cause">What happened, for the log.</param>
    public ProfilesException(ErrorReason reason, string message, Exception cause)
        : base(message, cause)
    {
        Reason = reason;
        Violations = [];
    }

    /// <summary>The stable reason.</summary>
    public ErrorReason Reason { get; }

    /// <summary>The fields concerned; empty when the failure is not about fields.</summary>
    public IReadOnlyList<FieldViolation> Violations { get; }

    /// <summary>When the same call may succeed; null when nothing is known of it.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The allowance that is used up; null when the failure is about none.</summary>
    public QuotaViolation? Quota { get; init; }

    /// <summary>A request whose field <paramref name="field"/> breaks a rule.</summary>
    public static ProfilesException Invalid(string field, string description) =>
        Invalid([new FieldViolation(field, description)]);

    /// <summary>A request that breaks one or more rules.</summary>
    public static ProfilesException Invalid(IReadOnlyList<FieldViolation> violations) =>
        new(ErrorReason.InvalidRequest, Describe(violations), violations);

    /// <summary>The same failure, with other names for the fields.</summary>
    public ProfilesException WithFields(Func<string, string> nameOf)
    {
        var renamed = Violations.Select(violation => violation with { Field = nameOf(violation.Field) }).ToList();
        return new ProfilesException(Reason, Reason == ErrorReason.InvalidRequest ? Describe(renamed) : Message, renamed)
        {
            RetryAfter = RetryAfter,
            Quota = Quota,
        };
    }

    private static string Describe(IReadOnlyList<FieldViolation> violations)
    {
        var first = $"{violations[0].Field} {violations[0].Description.TrimEnd('.')}.";
        return violations.Count == 1 ? first : $"{first} The details name {violations.Count} violations in all.";
    }
}
