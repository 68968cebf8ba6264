using Npgsql;
using Profiles.Core.Audit;
using Profiles.Core.Identity;
using Profiles.Postgres.Profiles;

namespace Profiles.Postgres.Audit;

/// <summary>The statements that list events, and that records one in the batch of what it tells about.</summary>
internal static class AuditSql
{
    /// <summary>
    /// Organization, event id, time, action, resource id, changed fields, actor type, actor id, credential id, id of the HTTP
    /// request.
    /// </summary>
    public const string Record =
        """
        INSERT INTO audit_events (organization_id, event_id, happened_at, action, resource_id, changed_fields,
            actor_type, actor_id, credential_id, http_request_id)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        """;

    /// <summary>Organization, limit, event to go on from.</summary>
    public static readonly string ListOldestFirst = List(isAfter: ">", direction: "ASC");

    /// <summary>Like <see cref="ListOldestFirst"/>.</summary>
    public static readonly string ListNewestFirst = List(isAfter: "<", direction: "DESC");

    /// <summary>
    /// The same, if the change that it tells about took place: the organization's row of a table has its id. Parameters as in
    /// <see cref="Record"/>, then the row's id and the id of the change.
    /// </summary>
    public static string RecordChangeOf(string table, string idColumn) =>
        $"""
        INSERT INTO audit_events (organization_id, event_id, happened_at, action, resource_id, changed_fields,
            actor_type, actor_id, credential_id, http_request_id)
        SELECT organization_id, $2, $3, $4, $5, $6, $7, $8, $9, $10
        FROM {table}
        WHERE organization_id = $1 AND {idColumn} = $11 AND change_id = $12
        """;

    /// <summary>Adds the event to a batch.</summary>
    public static void AddEvent(this NpgsqlBatch batch, OrganizationId organization, AuditEvent recorded) =>
        batch.Add(Record, ParametersOf(organization, recorded));

    /// <summary>The first parameters of <see cref="RecordChangeOf"/>.</summary>
    public static NpgsqlParameter[] ParametersOf(OrganizationId organization, AuditEvent recorded) =>
        [
            Parameters.Text(organization.Value),
            Parameters.Uuid(recorded.Id),
            Parameters.Time(recorded.Time),
            Parameters.Smallint((short)recorded.Action),
            Parameters.Text(recorded.ResourceId),
            Parameters.Texts([.. recorded.ChangedFields]),
            Parameters.Smallint((short)recorded.Actor.Type),
            Parameters.Text(recorded.Actor.Id),
            Parameters.OptionalText(recorded.Actor.CredentialId),
            Parameters.OptionalText(recorded.HttpRequestId),
        ];

    private static string List(string isAfter, string direction) =>
        $"""
        SELECT event_id, happened_at, action, resource_id, changed_fields, actor_type, actor_id, credential_id, http_request_id
        FROM audit_events
        WHERE organization_id = $1 AND event_id {isAfter} $3
        ORDER BY event_id {direction}
        LIMIT $2
        """;
}
