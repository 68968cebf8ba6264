namespace Profiles.Postgres.Profiles;

/// <summary>
/// The statements of a write, which travel as one batch: one transaction. All of a batch's writes are of one
/// organization, each of another user.
/// </summary>
/// <remarks>
/// Every statement says of each table which rows it means by their whole key, in a form that leaves PostgreSQL no choice: one
/// user a statement, or a subquery for each element of an array. Joined with an array instead, a table that was never analyzed
/// looks so small that all rows of the organization are read for each write, and a prepared statement keeps to that.
/// </remarks>
internal static class WriteSql
{
    // A write with a request id takes place only when this very attempt holds the id.
    private const string HoldsRequest =
        """
        (k.request_id IS NULL OR k.change_id = (
            SELECT r.change_id FROM write_requests r
            WHERE r.organization_id = $1 AND r.request_id = k.request_id))
        """;

    private const string WasDeleted =
        "EXISTS (SELECT FROM profiles p WHERE p.organization_id = $1 AND p.user_id = $2 AND p.change_id = $3)";

    // What an erased outcome leaves.
    private const string EmptyObject = "{}";

    /// <summary>
    /// Takes request ids that are new, or whose time is over; of two writes with one id, the first user's takes it. In the
    /// order of the ids, so that batches that meet wait for each other in one direction. Organization, users, request ids,
    /// change ids, fingerprints, times, and the time before which a request is forgotten.
    /// </summary>
    public const string ClaimRequests =
        """
        INSERT INTO write_requests (organization_id, user_id, request_id, change_id, fingerprint, requested_at)
        SELECT DISTINCT ON (k.request_id) $1, k.user_id, k.request_id, k.change_id, k.fingerprint, k.time
        FROM unnest($2, $3, $4, $5, $6) AS k (user_id, request_id, change_id, fingerprint, time)
        WHERE k.request_id IS NOT NULL
        ORDER BY k.request_id, k.user_id COLLATE "C"
        ON CONFLICT (organization_id, request_id) DO UPDATE
        SET user_id = excluded.user_id, change_id = excluded.change_id, fingerprint = excluded.fingerprint,
            requested_at = excluded.requested_at, outcome = NULL
        WHERE write_requests.requested_at < $7
        """;

    /// <summary>
    /// Creates the records that are not there and may be created. Organization, users, patches, the fields that get a value,
    /// change ids, times, whether each may create, request ids.
    /// </summary>
    public static string Create(WrittenColumns columns) =>
        $"""
        INSERT INTO profiles (organization_id, user_id, revision, change_id, change_type, changed_fields,
            created_at, changed_at, {columns.Names})
        SELECT $1, k.user_id, 1, k.change_id, 1, k.created_fields, k.time, k.time, {columns.CreatedValues}
        FROM unnest($2, $3, $4, $5, $6, $7, $8)
            AS k (user_id, patch, created_fields, change_id, time, may_create, request_id)
        WHERE k.may_create AND {HoldsRequest}
        ON CONFLICT (organization_id, user_id) DO NOTHING
        """;

    /// <summary>Keeps the row as it is until the transaction ends. Organization, user.</summary>
    public const string Lock = "SELECT user_id FROM profiles WHERE organization_id = $1 AND user_id = $2 FOR UPDATE";

    /// <summary>
    /// Keeps several rows as they are, in the order of the users: batches of all kinds meet there, and wait for each other in one
    /// direction. Organization, users.
    /// </summary>
    public const string LockMany =
        """
        SELECT p.user_id
        FROM unnest($2) AS k (user_id)
        CROSS JOIN LATERAL (
            SELECT user_id FROM profiles WHERE organization_id = $1 AND user_id = k.user_id FOR UPDATE) p
        """;

    /// <summary>
    /// Keeps the requests of a user as they are. A retry takes its request first and the row second, and so must a deletion, which erases
    /// both. Organization, user.
    /// </summary>
    public const string LockRequests =
        "SELECT request_id FROM write_requests WHERE organization_id = $1 AND user_id = $2 FOR UPDATE";

    /// <summary>
    /// Changes the record that is there, unless nothing would change or the precondition is not met. Organization, user, patch,
    /// fields, whether it replaces the attributes, change id, time, whether it may create anew what was deleted, accepted revisions (an array, or
    /// null), request id.
    /// </summary>
    public static string Update(FieldExpressions fields) => UpdateFrom(fields, $"(SELECT {WriteColumns})", "true");

    /// <summary>The same, unless the record has another e-mail address than the one that follows.</summary>
    public static string UpdateKeepingEmail(FieldExpressions fields) =>
        UpdateFrom(fields, $"(SELECT {WriteColumns})", "(p.email IS NULL OR p.email = $11::text)");

    /// <summary>The columns of a write, which the first parameters after the organization give.</summary>
    public const string WriteColumns =
        """
        $2::text AS user_id, $3::jsonb AS patch, $4::bigint AS fields, $5::boolean AS replaces_attributes,
            $6::uuid AS change_id, $7::timestamptz AS time, $8::boolean AS may_create, $9::bigint[] AS revisions,
            $10::uuid AS request_id
        """;

    /// <summary>Whether the write <c>k</c> changes the row <c>p</c>.</summary>
    public static string TakesPlace(FieldExpressions fields) =>
        $"""
        p.organization_id = $1 AND p.user_id = k.user_id AND p.change_id <> k.change_id
            AND (NOT p.deleted OR k.may_create)
            AND (k.revisions IS NULL OR p.revision = ANY (k.revisions))
            {fields.AttributesFit}
            AND {HoldsRequest}
            AND (p.deleted
                OR {fields.AnyChange})
        """;

    /// <summary>The update by a write that has more columns, and may demand more.</summary>
    public static string UpdateFrom(FieldExpressions fields, string write, string condition) =>
        $"""
        UPDATE profiles p SET
            revision = p.revision + 1,
            change_id = k.change_id,
            change_type = CASE WHEN p.deleted THEN 1 ELSE 2 END,
            changed_fields = {fields.ChangedFields},
            created_at = CASE WHEN p.deleted THEN greatest(p.changed_at, k.time) ELSE p.created_at END,
            changed_at = greatest(p.changed_at, k.time),
            deleted = false,
            {fields.Assignments}
        FROM {write} k
        WHERE {TakesPlace(fields)}
            AND {condition}
        """;

    /// <summary>
    /// Records what took place. Organization, user, change id, actor type and id, whether it replaces the attributes, patch
    /// (null for a deletion), the actor's credential id, id of the HTTP request, reason.
    /// </summary>
    public const string RecordChange =
        """
        INSERT INTO profile_changes (organization_id, user_id, revision, change_type, changed_at, actor_type, actor_id,
            changed_fields, replaces_attributes, patch, credential_id, http_request_id, reason)
        SELECT organization_id, user_id, revision, change_type, changed_at, $4, $5, changed_fields, $6, $7, $8, $9, $10
        FROM profiles
        WHERE organization_id = $1 AND user_id = $2 AND change_id = $3
        """;

    /// <summary>Empties a record. Organization, user, change id, time, accepted revisions (an array, or null), request id.</summary>
    public static readonly string Delete =
        $"""
        UPDATE profiles p SET
            revision = p.revision + 1, change_id = k.change_id, change_type = 3, changed_fields = 0,
            changed_at = greatest(p.changed_at, k.time), deleted = true, {ProfileColumns.Erasures}
        FROM (SELECT $2::text AS user_id, $3::uuid AS change_id, $4::timestamptz AS time, $5::bigint[] AS revisions,
            $6::uuid AS request_id) k
        WHERE p.organization_id = $1 AND p.user_id = k.user_id AND p.change_id <> k.change_id AND NOT p.deleted
            AND (k.revisions IS NULL OR p.revision = ANY (k.revisions))
            AND {HoldsRequest}
        """;

    /// <summary>Erases the values of a deleted record's history. Organization, user, change id of the deletion.</summary>
    public const string EraseHistory =
        $"""
        UPDATE profile_changes t SET patch = NULL
        WHERE t.organization_id = $1 AND t.user_id = $2 AND t.patch IS NOT NULL AND {WasDeleted}
        """;

    /// <summary>
    /// Erases the values of a deleted record's stored outcomes; those of deletions have none. Like <see cref="EraseHistory"/>.
    /// </summary>
    public const string EraseOutcomes =
        $"""
        UPDATE write_requests t SET outcome = '{EmptyObject}'
        WHERE t.organization_id = $1 AND t.user_id = $2 AND NOT (t.outcome->>'deleted')::boolean AND {WasDeleted}
        """;

    /// <summary>Keeps the outcome of a first attempt. Organization, user, request id, change id.</summary>
    public const string StoreOutcome =
        """
        UPDATE write_requests r SET outcome = to_jsonb(p)
        FROM profiles p
        WHERE r.organization_id = $1 AND r.user_id = $2 AND r.request_id = $3 AND r.change_id = $4
            AND p.organization_id = $1 AND p.user_id = $2
        """;

    /// <summary>The outcomes of requests, first or earlier ones. Organization, request ids, each once.</summary>
    public static readonly string SelectOutcomes =
        $"""
        SELECT k.request_id, r.change_id AS request_change_id, r.fingerprint,
            coalesce(r.outcome = '{EmptyObject}', false) AS outcome_erased,
            {string.Join(", ", ProfileSql.RowColumns.Split(", ").Select(column => $"o.{column}"))}
        FROM unnest($2) AS k (request_id)
        CROSS JOIN LATERAL (
            SELECT change_id, fingerprint, outcome
            FROM write_requests
            WHERE organization_id = $1 AND request_id = k.request_id
            OFFSET 0) r
        CROSS JOIN LATERAL jsonb_populate_record(NULL::profiles, r.outcome) o
        """;

    /// <summary>Forgets old requests. The time before which they were made.</summary>
    public const string ForgetRequests = "DELETE FROM write_requests WHERE requested_at < $1";
}
