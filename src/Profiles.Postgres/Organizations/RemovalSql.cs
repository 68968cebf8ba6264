namespace Profiles.Postgres.Organizations;

/// <summary>The statements that remove what a deleted organization leaves behind.</summary>
internal static class RemovalSql
{
    /// <summary>
    /// The tables whose rows go with their organization: a new table with a column <c>organization_id</c> is one line here. Audit
    /// events stay.
    /// </summary>
    public static readonly IReadOnlyList<string> Tables =
    [
        "write_requests",
        "profile_changes",
        "profiles",
        "usernames",
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
            AND ctid = ANY (ARRAY (SELECT ctid FROM {table} WHERE organization_id = $1 LIMIT 1000))
        """).ToList();
}
