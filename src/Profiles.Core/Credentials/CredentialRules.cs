using System.Globalization;
using Profiles.Core.Access;
using Profiles.Core.Errors;
using Profiles.Core.Rules;

namespace Profiles.Core.Credentials;

/// <summary>The rules that keys and applications share. Broken ones are added to a list.</summary>
internal static class CredentialRules
{
    /// <summary>The most characters of a display name.</summary>
    public const int MaxNameLength = 200;

    /// <summary>The most permissions of a credential.</summary>
    public const int MaxPermissions = 32;

    /// <summary>How long what a rotation replaces may stay valid.</summary>
    public static readonly TimeSpan MaxOverlap = TimeSpan.FromDays(30);

    private static string KnownPermissions { get; } =
        $"must be one of {string.Join(", ", Permissions.All.Order(StringComparer.Ordinal))}";

    public static void CheckName(string field, string name, List<FieldViolation> violations)
    {
        if (TextRules.Plain(name, MaxNameLength) is { } broken)
            violations.Add(new FieldViolation(field, broken));
    }

    /// <summary>The permissions, each once; the default ones of who makes the credential where none is named.</summary>
    public static IReadOnlyList<string> ReadPermissions(
        string field, IReadOnlyList<string> permissions, Grantor grantor, List<FieldViolation> violations)
    {
        if (permissions.Count > MaxPermissions)
        {
            violations.Add(new FieldViolation(field, string.Create(
                CultureInfo.InvariantCulture, $"must have at most {MaxPermissions} entries, yet has {permissions.Count}")));
            return [];
        }

        for (var i = 0; i < permissions.Count; i++)
        {
            if (!Permissions.All.Contains(permissions[i]))
                violations.Add(new FieldViolation(string.Create(CultureInfo.InvariantCulture, $"{field}[{i}]"), KnownPermissions));
        }

        return permissions.Count == 0 ? grantor.Defaults : permissions.Distinct(StringComparer.Ordinal).ToList();
    }

    /// <summary>When what a rotation replaces ends.</summary>
    /// <exception cref="ProfilesException">The overlap is out of range.</exception>
    public static DateTime EndOf(DateTime now, TimeSpan overlap) =>
        overlap >= TimeSpan.Zero && overlap <= MaxOverlap
            ? now + overlap
            : throw ProfilesException.Invalid("overlap", $"must be from 0 to {MaxOverlap.TotalDays:0} days");

    public static void Throw(List<FieldViolation> violations)
    {
        if (violations.Count > 0)
            throw ProfilesException.Invalid(violations);
    }
}
