namespace Profiles.Postgres.Profiles;

/// <summary>
/// The statements that read profiles. Each is one constant text, prepared once a connection; parameters are positional.
/// </summary>
internal static class ProfileSql
{
    /// <summary>The columns of a <see cref="ProfileRow"/>.</summary>
    public static readonly string RowColumns =
        $"organization_id, user_id, revision, change_id, created_at, changed_at, deleted, {ProfileColumns.Names}";

    /// <summary>The record, a deleted one included. Organization, user.</summary>
    public static readonly string Get =
        $"""
        SELECT {RowColumns}
        FROM profiles
        WHERE organization_id = $1 AND user_id = $2
        """;

    /// <summary>The records, deleted ones included. Organization, users.</summary>
    /// <remarks>OFFSET 0 keeps the subquery apart, so that each user is looked up by the primary key.</remarks>
    public static readonly string GetMany =
        $"""
        SELECT {RowColumns}
        FROM unnest($2) AS k (key)
        CROSS JOIN LATERAL (
            SELECT {RowColumns}
            FROM profiles
            WHERE organization_id = $1 AND user_id = k.key
            OFFSET 0) p
        """;

    /// <summary>Organization, limit, time and user to go on from.</summary>
    public static readonly string ListOldestFirst = List(isAfter: ">", direction: "ASC");

    /// <summary>Like <see cref="ListOldestFirst"/>.</summary>
    public static readonly string ListNewestFirst = List(isAfter: "<", direction: "DESC");

    /// <summary>Organization, limit, how many to leave out.</summary>
    /// <remarks>The rows that are left out are counted in the index alone.</remarks>
    public static readonly string ListAtOldestFirst = ListAt("ASC");

    /// <summary>Like <see cref="ListAtOldestFirst"/>.</summary>
    public static readonly string ListAtNewestFirst = ListAt("DESC");

    /// <summary>Organization, user, limit, revision to go on from.</summary>
    public static readonly string ListChangesOldestFirst = ListChanges(isAfter: ">", direction: "ASC");

    /// <summary>Like <see cref="ListChangesOldestFirst"/>.</summary>
    public static readonly string ListChangesNewestFirst = ListChanges(isAfter: "<", direction: "DESC");

    private static string List(string isAfter, string direction) =>
        $"""
        SELECT {RowColumns}
        FROM profiles
        WHERE organization_id = $1 AND NOT deleted AND (created_at, user_id) {isAfter} ($3, $4)
        ORDER BY created_at {direction}, user_id {direction}
        LIMIT $2
        """;

    private static string ListAt(string direction) =>
        $"""
        SELECT {RowColumns}
        FROM (
            SELECT user_id AS key
            FROM profiles
            WHERE organization_id = $1 AND NOT deleted
            ORDER BY created_at {direction}, user_id {direction}
            LIMIT $2 OFFSET $3) k
        CROSS JOIN LATERAL (
            SELECT {RowColumns}
            FROM profiles
            WHERE organization_id = $1 AND user_id = k.key
            OFFSET 0) p
        ORDER BY created_at {direction}, user_id {direction}
        """;

    private static string ListChanges(string isAfter, string direction) =>
        $"""
        SELECT revision, change_type, changed_at, actor_type, actor_id, credential_id, http_request_id,
            changed_fields, replaces_attributes, patch, reason
        FROM profile_changes
        WHERE organization_id = $1 AND user_id = $2 AND revision {isAfter} $4
        ORDER BY revision {direction}
        LIMIT $3
        """;
}
