namespace Profiles.Postgres.Profiles;

/// <summary>
/// The statements of a write, which travel as one batch: BEGIN, those that apply, COMMIT. Each takes its writes as arrays,
/// so one write or a hundred are the same statement. All of a batch's writes are of one organization, each of another user.
/// </summary>
internal static class WriteSql
{
    // A write with a request id takes place only when this very attempt holds the id.
    private const string HoldsRequest =
        """
        (k.request_id IS NULL OR EXISTS (
            SELECT FROM write_requests r
            WHERE r.organization_id = $1 AND r.user_id = k.user_id AND r.request_id = k.request_id
                AND r.change_id = k.change_id))
        """;

    private const string WasDeleted =
        "EXISTS (SELECT FROM profiles p WHERE p.organization_id = $1 AND p.user_id = $2 AND p.change_id = $3)";

    // What an erased outcome leaves.
    private const string EmptyObject = "{}";

    /// <summary>
    /// Takes request ids that are new, or whose time is over. Organization, users, request ids, change ids, fingerprints,
    /// times, and the time before which a request is forgotten.
    /// </summary>
    public const string ClaimRequests =
        """
        INSERT INTO write_requests (organization_id, user_id, request_id, change_id, fingerprint, requested_at)
        SELECT $1, k.user_id, k.request_id, k.change_id, k.fingerprint, k.time
        FROM unnest($2, $3, $4, $5, $6) AS k (user_id, request_id, change_id, fingerprint, time)
        WHERE k.request_id IS NOT NULL
        ON CONFLICT (organization_id, user_id, request_id) DO UPDATE
        SET change_id = excluded.change_id, fingerprint = excluded.fingerprint,
            requested_at = excluded.requested_at, outcome = NULL
        WHERE write_requests.requested_at < $7
        """;

    /// <summary>
    /// Creates the records that are not there and may be created. Organization, users, patches, the fields that get a value,
    /// change ids, times, whether each may create, request ids.
    /// </summary>
    public static readonly string Create =
        $"""
        INSERT INTO profiles (organization_id, user_id, revision, change_id, change_type, changed_fields,
            created_at, changed_at, {ProfileColumns.Names})
        SELECT $1, k.user_id, 1, k.change_id, 1, k.created_fields, k.time, k.time, {ProfileColumns.CreatedValues}
        FROM unnest($2, $3, $4, $5, $6, $7, $8)
            AS k (user_id, patch, created_fields, change_id, time, may_create, request_id)
        WHERE k.may_create AND {HoldsRequest}
        ON CONFLICT (organization_id, user_id) DO NOTHING
        """;

    /// <summary>
    /// Keeps the rows as they are until the transaction ends, taken in one order, so that batches that meet wait for each
    /// other in one direction. Organization, users.
    /// </summary>
    public const string Lock =
        """
        SELECT user_id
        FROM profiles
        WHERE organization_id = $1 AND user_id = ANY ($2)
        ORDER BY user_id
        FOR UPDATE
        """;

    /// <summary>
    /// Changes the records that are there, unless nothing would change or the precondition is not met. Organization, users,
    /// patches, fields, whether each replaces the attributes, change ids, times, whether each may create, the revisions that
    /// each accepts (an array as text, or null), request ids.
    /// </summary>
    public static readonly string Update =
        $"""
        UPDATE profiles p SET
            revision = p.revision + 1,
            change_id = k.change_id,
            change_type = CASE WHEN p.deleted THEN 1 ELSE 2 END,
            changed_fields = {ProfileColumns.ChangedFields},
            created_at = CASE WHEN p.deleted THEN greatest(p.changed_at, k.time) ELSE p.created_at END,
            changed_at = greatest(p.changed_at, k.time),
            deleted = false,
            {ProfileColumns.Assignments}
        FROM unnest($2, $3, $4, $5, $6, $7, $8, $9, $10)
            AS k (user_id, patch, fields, replaces_attributes, change_id, time, may_create, revisions, request_id)
        WHERE p.organization_id = $1 AND p.user_id = k.user_id AND p.change_id <> k.change_id
            AND (NOT p.deleted OR k.may_create)
            AND (k.revisions IS NULL OR p.revision = ANY (k.revisions::bigint[]))
            AND {ProfileColumns.AttributesFit}
            AND {HoldsRequest}
            AND (p.deleted
                OR {ProfileColumns.AnyChange})
        """;

    /// <summary>Records what took place. Organization, users, change ids, actor types and ids, replaces, patches.</summary>
    public const string RecordChanges =
        """
        INSERT INTO profile_changes (organization_id, user_id, revision, change_type, changed_at, actor_type, actor_id,
            changed_fields, replaces_attributes, patch)
        SELECT p.organization_id, p.user_id, p.revision, p.change_type, p.changed_at, k.actor_type, k.actor_id,
            p.changed_fields, k.replaces_attributes, k.patch
        FROM profiles p
        JOIN unnest($2, $3, $4, $5, $6, $7)
            AS k (user_id, change_id, actor_type, actor_id, replaces_attributes, patch)
            ON p.user_id = k.user_id AND p.change_id = k.change_id
        WHERE p.organization_id = $1
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

    /// <summary>Records a deletion that took place. Organization, user, change id, actor type and id.</summary>
    public const string RecordDeletion =
        """
        INSERT INTO profile_changes (organization_id, user_id, revision, change_type, changed_at, actor_type, actor_id,
            changed_fields, replaces_attributes)
        SELECT organization_id, user_id, revision, change_type, changed_at, $4, $5, changed_fields, false
        FROM profiles
        WHERE organization_id = $1 AND user_id = $2 AND change_id = $3
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

    /// <summary>Keeps the outcomes of first attempts. Organization, users, request ids, change ids.</summary>
    public const string StoreOutcomes =
        """
        UPDATE write_requests r SET outcome = to_jsonb(p)
        FROM profiles p
        JOIN unnest($2, $3, $4) AS k (user_id, request_id, change_id) ON p.user_id = k.user_id
        WHERE r.organization_id = $1 AND r.user_id = k.user_id AND r.request_id = k.request_id
            AND r.change_id = k.change_id AND p.organization_id = $1
        """;

    /// <summary>The records after the writes, deleted ones included. Organization, users.</summary>
    public static readonly string SelectRecords =
        $"""
        SELECT {ProfileSql.RowColumns}
        FROM profiles
        WHERE organization_id = $1 AND user_id = ANY ($2)
        """;

    /// <summary>The outcomes of requests, first or earlier ones. Organization, users, request ids.</summary>
    public static readonly string SelectOutcomes =
        $"""
        SELECT r.user_id AS request_user_id, r.change_id AS request_change_id, r.fingerprint,
            coalesce(r.outcome = '{EmptyObject}', false) AS outcome_erased,
            {string.Join(", ", ProfileSql.RowColumns.Split(", ").Select(column => $"o.{column}"))}
        FROM write_requests r
        JOIN unnest($2, $3) AS k (user_id, request_id) ON r.user_id = k.user_id AND r.request_id = k.request_id
        CROSS JOIN LATERAL jsonb_populate_record(NULL::profiles, r.outcome) o
        WHERE r.organization_id = $1
        """;

    /// <summary>Forgets old requests. The time before which they were made.</summary>
    public const string ForgetRequests = "DELETE FROM write_requests WHERE requested_at < $1";
}
