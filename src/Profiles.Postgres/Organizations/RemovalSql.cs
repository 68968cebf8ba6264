namespace Profiles.Postgres.Organizations;

/// <summary>The statements that remove what a deleted organization leaves behind.</summary>
internal static class RemovalSql
{
    private const string AbandonedFiles = "abandoned_picture_files";

    // Elsewhere there are files that have to be removed first; what is in the database goes with its rows.
    private const string IsElsewhere = "place <> 1";

    /// <summary>
    /// The tables whose rows go with their organization: a new table with a column <c>organization_id</c> is one line here. Audit
    /// events stay, and so do the names of files that are not in the database, until they are removed.
    /// </summary>
    public static readonly IReadOnlyList<string> Tables =
    [
        "write_requests",
        "profile_changes",
        "profiles",
        "usernames",
        "pictures",
        "picture_files",
        AbandonedFiles,
        "application_signatures",
        "application_secrets",
        "application_keys",
        "applications",
        "api_key_hashes",
        "api_keys",
        "rate_limit_buckets",
    ];

    /// <summary>One instance at a time, until the transaction ends. Any number will do as long as it stays the same.</summary>
    public const string TryLock = "SELECT pg_try_advisory_xact_lock(8101824920137622643)";

    /// <summary>The organizations to remove, the first deleted first.</summary>
    public const string ListDeleted =
        "SELECT organization_id FROM organizations WHERE deleted_at IS NOT NULL ORDER BY deleted_at LIMIT 1000";

    /// <summary>Has files elsewhere removed: they are what they were before, or nobody's from now on. Organization, time.</summary>
    public static readonly IReadOnlyList<string> AbandonFiles =
    [
        $"UPDATE {AbandonedFiles} SET due_at = $2 WHERE organization_id = $1 AND {IsElsewhere} AND due_at > $2",
        $"""
        INSERT INTO {AbandonedFiles} (organization_id, files_id, place, due_at)
        SELECT organization_id, files_id, place, $2 FROM pictures WHERE organization_id = $1 AND {IsElsewhere}
        ON CONFLICT (organization_id, files_id) DO NOTHING
        """,
    ];

    /// <summary>Removes the row itself, if nothing else is left of it. Organization, and the time before which it was deleted.</summary>
    public static readonly string RemoveOrganization =
        $"""
        DELETE FROM organizations
        WHERE organization_id = $1 AND deleted_at < $2
            AND {string.Join("\n    AND ", Tables.Select(table => $"NOT EXISTS (SELECT FROM {table} WHERE organization_id = $1)"))}
        """;

    /// <summary>For each table: removes up to a thousand rows. Organization.</summary>
    public static readonly IReadOnlyList<string> RemoveRows = Tables.Select(table =>
        $"""
        DELETE FROM {table}
        WHERE organization_id = $1
            AND ctid = ANY (ARRAY (SELECT ctid FROM {table} WHERE organization_id = $1{Except(table)} LIMIT 1000))
        """).ToList();

    private static string Except(string table) => table == AbandonedFiles ? $" AND NOT ({IsElsewhere})" : string.Empty;
}
