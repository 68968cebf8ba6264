using Profiles.Core.Access;
using Profiles.Core.Audit;

namespace Profiles.Postgres.Audit;

/// <summary>One row of <c>audit_events</c>, as Dapper maps it.</summary>
internal sealed class AuditEventRow
{
    public Guid EventId { get; set; }

    public DateTime HappenedAt { get; set; }

    public short Action { get; set; }

    public string ResourceId { get; set; } = string.Empty;

    public string[] ChangedFields { get; set; } = [];

    public short ActorType { get; set; }

    public string ActorId { get; set; } = string.Empty;

    public string? CredentialId { get; set; }

    public string? HttpRequestId { get; set; }

    public AuditEvent ToEvent() => new(
        EventId,
        HappenedAt,
        (AuditAction)Action,
        ResourceId,
        ChangedFields,
        new Actor((ActorType)ActorType, ActorId, CredentialId),
        HttpRequestId);
}
