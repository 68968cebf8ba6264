using System.Globalization;

namespace Profiles.Postgres.Profiles;

/// <summary>
/// The statements of writes that depend on nothing but their own row, any number of them at once: most of what there is to do for a
/// statement is done once for all of its rows. Each row is found by the whole primary key, which <c>ON CONFLICT</c> and the subqueries
/// leave no choice in.
/// </summary>
internal static class PlainWriteSql
{
    /// <summary>The bit of a write that replaces the attributes, beside those of its fields.</summary>
    public const long ReplacesAttributes = 1L << 62;

    /// <summary>
    /// Creates records, and changes those that are there unless nothing would change. Organization, users, patches, the fields that get
    /// a value, all fields that are named with <see cref="ReplacesAttributes"/>, change ids, times.
    /// </summary>
    public static string Upsert(WrittenColumns columns) =>
        $"""
        INSERT INTO profiles AS p (organization_id, user_id, revision, change_id, change_type, changed_fields, named_fields,
            created_at, changed_at, {columns.Names})
        SELECT $1, k.user_id, 1, k.change_id, 1, k.created_fields, k.named_fields, k.time, k.time, {columns.CreatedValues}
        FROM unnest($2, $3, $4, $5, $6, $7) AS k (user_id, patch, created_fields, named_fields, change_id, time)
        ON CONFLICT (organization_id, user_id) DO UPDATE SET
            revision = p.revision + 1,
            change_id = excluded.change_id,
            change_type = CASE WHEN p.deleted THEN 1 ELSE 2 END,
            changed_fields = {columns.Excluded.ChangedFields},
            named_fields = excluded.named_fields,
            created_at = CASE WHEN p.deleted THEN greatest(p.changed_at, excluded.changed_at) ELSE p.created_at END,
            changed_at = greatest(p.changed_at, excluded.changed_at),
            deleted = false,
            {columns.Excluded.Assignments}
        WHERE p.change_id <> excluded.change_id
            {columns.Excluded.AttributesFit}
            AND (p.deleted
                OR {columns.Excluded.AnyChange})
        """;

    /// <summary>
    /// Records those that took place. Organization, users, change ids, patches, actor types, actor ids, credential ids, ids of the HTTP
    /// requests, reasons, named fields.
    /// </summary>
    public static readonly string Record =
        $"""
        INSERT INTO profile_changes (organization_id, user_id, revision, change_type, changed_at, actor_type, actor_id,
            changed_fields, replaces_attributes, patch, credential_id, http_request_id, reason)
        SELECT $1, k.user_id, p.revision, p.change_type, p.changed_at, k.actor_type, k.actor_id,
            p.changed_fields, k.named_fields & {ReplacesAttributes.ToString(CultureInfo.InvariantCulture)}::bigint <> 0,
            k.patch, k.credential_id, k.http_request_id, k.reason
        FROM unnest($2, $3, $4, $5, $6, $7, $8, $9, $10)
            AS k (user_id, change_id, patch, actor_type, actor_id, credential_id, http_request_id, reason, named_fields)
        CROSS JOIN LATERAL (
            SELECT revision, change_type, changed_at, changed_fields
            FROM profiles
            WHERE organization_id = $1 AND user_id = k.user_id AND change_id = k.change_id
            OFFSET 0) p
        """;
}
