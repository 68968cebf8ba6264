using Profiles.Core.Audit;
using Profiles.Core.Identity;

namespace Profiles.Core.Credentials;

/// <summary>What the audit records of changes of credentials.</summary>
internal static class CredentialAudit
{
    public static AuditEvent Record(
        AuditAction action, Guid resource, Grantor grantor, DateTimeOffset now, params IReadOnlyList<string> changedFields) =>
        new(
            OrderedId.Create(now),
            now.UtcDateTime,
            action,
            resource.ToString(),
            changedFields,
            grantor.Actor,
            grantor.HttpRequestId);

    /// <summary>The names of those fields that have a value.</summary>
    public static IReadOnlyList<string> Set(params ReadOnlySpan<(string Name, bool HasValue)> fields)
    {
        var names = new List<string>(fields.Length);
        foreach (var (name, hasValue) in fields)
        {
            if (hasValue)
                names.Add(name);
        }

        return names;
    }
}
