using Profiles.Core.Organizations;
using Profiles.Core.Usernames;

namespace Profiles.Postgres.Organizations;

/// <summary>
/// The statements about organizations. A write is a batch as that of a profile is: one statement that changes the row or does not,
/// one that records the event if it did, one that reads the row to see.
/// </summary>
internal static class OrganizationSql
{
    private const string Columns =
        "organization_id, revision, change_id, created_at, changed_at, deleted_at, display_name, settings";

    // The settings after the update. Null in the patch stands for what is set no more.
    private const string Merged = "jsonb_strip_nulls(o.settings || k.settings)";

    /// <summary>The organization, unless it is deleted. Organization.</summary>
    public const string Get = $"SELECT {Columns} FROM organizations WHERE organization_id = $1 AND deleted_at IS NULL";

    /// <summary>Limit, organization to go on from.</summary>
    public const string List =
        $"SELECT {Columns} FROM organizations WHERE organization_id > $2 AND deleted_at IS NULL ORDER BY organization_id LIMIT $1";

    /// <summary>Creates the row where there is none. Organization, change id, time, changed fields, name, settings.</summary>
    public const string Create =
        """
        INSERT INTO organizations (organization_id, revision, change_id, changed_fields, created_at, changed_at, display_name, settings)
        VALUES ($1, 1, $2, $4, $3, $3, $5, jsonb_strip_nulls($6))
        ON CONFLICT (organization_id) DO NOTHING
        """;

    /// <summary>
    /// Changes the row, unless nothing would change, the precondition is not met or settings would contradict each other.
    /// Organization, change id, time, accepted revisions (an array, or null), name (or null), settings.
    /// </summary>
    public static readonly string Update =
        $"""
        UPDATE organizations o SET
            revision = o.revision + 1,
            change_id = k.change_id,
            changed_fields = ARRAY(
                SELECT 'display_name' WHERE k.display_name <> o.display_name
                UNION ALL
                SELECT 'settings.' || e.key FROM jsonb_each(k.settings) e
                WHERE nullif(e.value, 'null') IS DISTINCT FROM o.settings -> e.key
                ORDER BY 1),
            changed_at = greatest(o.changed_at, k.time),
            display_name = coalesce(k.display_name, o.display_name),
            settings = {Merged}
        FROM (SELECT $2::uuid AS change_id, $3::timestamptz AS time, $4::bigint[] AS revisions, $5::text AS display_name,
            $6::jsonb AS settings) k
        WHERE o.organization_id = $1 AND o.deleted_at IS NULL AND o.change_id <> k.change_id
            AND (k.revisions IS NULL OR o.revision = ANY (k.revisions))
            AND {FitTogether}
            AND (coalesce(k.display_name, o.display_name) <> o.display_name OR {Merged} <> o.settings)
        """;

    /// <summary>
    /// Marks the row as deleted. Organization, change id, time, accepted revisions (an array, or null), whether it may have profiles.
    /// </summary>
    public const string Delete =
        """
        UPDATE organizations o SET
            revision = o.revision + 1, change_id = $2, changed_fields = '{}', changed_at = greatest(o.changed_at, $3), deleted_at = $3
        WHERE o.organization_id = $1 AND o.deleted_at IS NULL AND o.change_id <> $2
            AND ($4::bigint[] IS NULL OR o.revision = ANY ($4))
            AND ($5 OR NOT EXISTS (SELECT FROM profiles p WHERE p.organization_id = $1 AND NOT p.deleted))
        """;

    /// <summary>
    /// Records what took place; the event has the id of the change. Organization, change id, time, action, actor type and id, the
    /// actor's credential id, id of the HTTP request.
    /// </summary>
    public const string RecordEvent =
        """
        INSERT INTO audit_events (organization_id, event_id, happened_at, action, resource_id, changed_fields,
            actor_type, actor_id, credential_id, http_request_id)
        SELECT organization_id, change_id, $3, $4, organization_id, changed_fields, $5, $6, $7, $8
        FROM organizations
        WHERE organization_id = $1 AND change_id = $2
        """;

    /// <summary>The row after a write, a deleted one included. Organization.</summary>
    public const string ReadState =
        $"""
        SELECT {Columns}, EXISTS (SELECT FROM profiles p WHERE p.organization_id = $1 AND NOT p.deleted) AS has_profiles
        FROM organizations
        WHERE organization_id = $1
        """;

    // The same rules are in OrganizationPatch.CheckTogether, which tells a caller what is broken.
    private static string FitTogether =>
        $"""
        coalesce(({Merged} ->> '{NameOf(OrganizationSetting.UsernamesMinLength)}')::integer, {UsernameSettings.DefaultMinLength})
                <= coalesce(({Merged} ->> '{NameOf(OrganizationSetting.UsernamesMaxLength)}')::integer, {UsernameSettings.DefaultMaxLength})
            AND NOT EXISTS (
                SELECT FROM jsonb_array_elements({Merged} -> '{NameOf(OrganizationSetting.AttributesDefinitions)}') d (definition)
                WHERE NOT starts_with(
                    d.definition ->> 'name', coalesce({Merged} ->> '{NameOf(OrganizationSetting.AttributesRequiredPrefix)}', '')))
        """;

    private static string NameOf(OrganizationSetting setting) => OrganizationSettingTable.Get(setting).Name;
}
