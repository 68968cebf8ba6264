namespace Profiles.Benchmarks.Floors;

/// <summary>The least that changes one field of a record that is there, and keeps the history: one statement, which is one transaction.</summary>
internal static class PlainSql
{
    private const string Update =
        """
        WITH changed AS (
            UPDATE profiles
            SET revision = revision + 1, change_id = gen_random_uuid(), change_type = 2, changed_fields = 8, changed_at = now(),
                nickname = 'n' || lpad((:value)::text, 12, '0')
            WHERE organization_id = 'demo' AND user_id = 'user-' || lpad((:user)::text, 8, '0')
            RETURNING organization_id, user_id, revision, change_type, changed_at, changed_fields, nickname)
        INSERT INTO profile_changes (organization_id, user_id, revision, change_type, changed_at, actor_type, actor_id,
            changed_fields, replaces_attributes, patch)
        SELECT organization_id, user_id, revision, change_type, changed_at, 2, 'benchmark', changed_fields, false,
            jsonb_build_object('nickname', nickname)
        FROM changed
        RETURNING revision;
        """;

    /// <summary>A script of pgbench, for any of so many users.</summary>
    public static string UpdateScript(int users) => $"{PgBench.Choice(users)}{Update.ReplaceLineEndings(" ")}\n";
}
