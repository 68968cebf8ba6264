namespace Profiles.Benchmarks.Floors;

/// <summary>
/// What a program would send that changes one field and keeps the history, or reads a record, and knows nothing else: one statement
/// a call, which is one transaction.
/// </summary>
internal static class PlainSql
{
    /// <summary>Organization, user, nickname.</summary>
    public const string Update =
        """
        WITH changed AS (
            UPDATE profiles
            SET revision = revision + 1, change_id = gen_random_uuid(), change_type = 2, changed_fields = 8, changed_at = now(), nickname = $3
            WHERE organization_id = $1 AND user_id = $2
            RETURNING organization_id, user_id, revision, change_type, changed_at, changed_fields, nickname)
        INSERT INTO profile_changes (organization_id, user_id, revision, change_type, changed_at, actor_type, actor_id,
            changed_fields, replaces_attributes, patch)
        SELECT organization_id, user_id, revision, change_type, changed_at, 2, 'benchmark', changed_fields, false,
            jsonb_build_object('nickname', nickname)
        FROM changed
        RETURNING revision
        """;

    /// <summary>Organization, user.</summary>
    public const string Read =
        """
        SELECT user_id, given_name, family_name, nickname, locale, preferred_username, revision
        FROM profiles
        WHERE organization_id = $1 AND user_id = $2
        """;

    /// <summary>The update as a script of pgbench, of any of so many users.</summary>
    public static string Script(int users) =>
        $"\\set user random(0, {users - 1})\n\\set value random(0, 999999999)\n"
        + Update.ReplaceLineEndings(" ")
            .Replace("$1", $"'{Population.Organization}'", StringComparison.Ordinal)
            .Replace("$2", $"'{Population.UserPrefix}' || lpad((:user)::text, 8, '0')", StringComparison.Ordinal)
            .Replace("$3", "'n' || lpad((:value)::text, 12, '0')", StringComparison.Ordinal)
        + ";\n";
}
