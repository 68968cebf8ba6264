using Profiles.Core.Errors;
using Profiles.Core.Limits;

namespace Profiles.Core.Credentials.Applications;

/// <summary>What somebody asks an application to be, unchecked.</summary>
public sealed record ApplicationDraft
{
    private static readonly TimeSpan MinWindow = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MaxWindow = TimeSpan.FromDays(1);

    /// <summary>What people call it.</summary>
    public string DisplayName { get; init; } = string.Empty;

    /// <summary>What it may do; none for <see cref="Grantor.Defaults"/>.</summary>
    public IReadOnlyList<string> Permissions { get; init; } = [];

    /// <summary>How far a signature's timestamp may be from now; null for any distance.</summary>
    public TimeSpan? FreshnessWindow { get; init; }

    /// <summary>Whether a signature is taken once only.</summary>
    public bool RefuseReplays { get; init; }

    /// <summary>The app key of another system to take over, with <see cref="ImportedSecret"/>; null for a new one.</summary>
    public string? ImportedKey { get; init; }

    /// <summary>The secret of another system to take over; null for a new one.</summary>
    public string? ImportedSecret { get; init; }

    /// <summary>Allowances of its own.</summary>
    public RateLimits RateLimits { get; init; } = RateLimits.None;

    /// <summary>Rules that were found broken when it was read.</summary>
    public IReadOnlyList<FieldViolation> Violations { get; init; } = [];

    /// <summary>Checks all of it, for who asks.</summary>
    /// <exception cref="ProfilesException">It breaks rules; the violations name each.</exception>
    internal ApplicationContent Check(Grantor grantor)
    {
        var violations = Violations.ToList();
        CredentialRules.CheckName("application.display_name", DisplayName, violations);
        var permissions = CredentialRules.ReadPermissions("application.permissions", Permissions, grantor, violations);
        CheckWindow(violations);
        CheckImports(violations);
        CredentialRules.Throw(violations);
        return new ApplicationContent(DisplayName, permissions, FreshnessWindow, RefuseReplays) { RateLimits = RateLimits };
    }

    private void CheckWindow(List<FieldViolation> violations)
    {
        if (FreshnessWindow is { } window
            && (window < MinWindow || window > MaxWindow || window.Ticks % TimeSpan.TicksPerSecond != 0))
        {
            violations.Add(new FieldViolation("application.freshness_window", "must be whole seconds, from one second to one day"));
        }

        if (RefuseReplays && FreshnessWindow is null)
        {
            violations.Add(new FieldViolation(
                "application.freshness_window", "must be set with refuse_replays, for signatures are remembered that long"));
        }
    }

    private void CheckImports(List<FieldViolation> violations)
    {
        if (ImportedKey is not null && !ApplicationText.IsKey(ImportedKey))
            violations.Add(new FieldViolation("imported_app_key", ApplicationText.KeyRule));
        if (ImportedSecret is not null && !ApplicationText.IsSecret(ImportedSecret))
            violations.Add(new FieldViolation("imported_app_secret", ApplicationText.SecretRule));
        if (ImportedKey is null != ImportedSecret is null)
            violations.Add(new FieldViolation("imported_app_key", "must come together with imported_app_secret"));
    }
}
