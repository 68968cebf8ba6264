using Profiles.Core.Errors;
using Profiles.Core.Identity;
using Profiles.Core.Limits;

namespace Profiles.Core.Credentials.ApiKeys;

/// <summary>What somebody asks an API key to be, unchecked.</summary>
public sealed record ApiKeyDraft
{
    private const string ImportRule =
        "must have 16–256 visible ASCII characters; one that begins with 'profiles_' must be whole, and of the key's type";

    /// <summary>What people call it.</summary>
    public string DisplayName { get; init; } = string.Empty;

    /// <summary>The type; a number that is none is refused.</summary>
    public required ApiKeyType Type { get; init; }

    /// <summary>The user that it speaks for; empty for none.</summary>
    public string User { get; init; } = string.Empty;

    /// <summary>What it may do; none for <see cref="Grantor.Defaults"/>.</summary>
    public IReadOnlyList<string> Permissions { get; init; } = [];

    /// <summary>When it ceases to be valid, in UTC; null for never.</summary>
    public DateTime? ExpireTime { get; init; }

    /// <summary>The text of another system to take over; null for a new one.</summary>
    public string? ImportedText { get; init; }

    /// <summary>Allowances of its own.</summary>
    public RateLimits RateLimits { get; init; } = RateLimits.None;

    /// <summary>Rules that were found broken when it was read.</summary>
    public IReadOnlyList<FieldViolation> Violations { get; init; } = [];

    /// <summary>Checks all of it, for who asks.</summary>
    /// <exception cref="ProfilesException">It breaks rules; the violations name each.</exception>
    internal ApiKeyContent Check(DateTime now, Grantor grantor)
    {
        var violations = Violations.ToList();
        CredentialRules.CheckName("api_key.display_name", DisplayName, violations);
        var user = ReadUser(violations);
        var permissions = ReadPermissions(grantor, violations);
        if (ExpireTime <= now)
            violations.Add(new FieldViolation("api_key.expire_time", "must be in the future"));
        if (ImportedText is { } text && !IsImportable(text))
            violations.Add(new FieldViolation("imported_key", ImportRule));
        CredentialRules.Throw(violations);
        return new ApiKeyContent(DisplayName, Type, user, permissions, ExpireTime) { RateLimits = RateLimits };
    }

    private UserId? ReadUser(List<FieldViolation> violations)
    {
        const string field = "api_key.user_id";
        if (Type == ApiKeyType.Session && User.Length == 0)
            violations.Add(new FieldViolation(field, "must name the user that the session key speaks for"));
        else if (Type == ApiKeyType.Public && User.Length > 0)
            violations.Add(new FieldViolation(field, "must be empty for a public key, which speaks for nobody"));
        else if (UserId.TryParse(User, out var user))
            return user;
        else if (User.Length > 0)
            violations.Add(new FieldViolation(field, UserId.Rule));
        return null;
    }

    private IReadOnlyList<string> ReadPermissions(Grantor grantor, List<FieldViolation> violations)
    {
        const string field = "api_key.permissions";
        if (Type == ApiKeyType.Administrative)
            return CredentialRules.ReadPermissions(field, Permissions, grantor, violations);
        if (Type is not (ApiKeyType.Session or ApiKeyType.Public))
            violations.Add(new FieldViolation("api_key.type", "must be session, public or administrative"));
        else if (Permissions.Count > 0)
            violations.Add(new FieldViolation(field, "must be empty: only administrative keys have permissions"));
        return [];
    }

    private bool IsImportable(string text) =>
        ApiKeyText.IsPossible(text) && (ApiKeyText.TypeOf(text) is not { } type || type == Type);
}
