namespace Profiles.Postgres.Usernames;

/// <summary>The statements that check names and change the denylist.</summary>
internal static class DenylistSql
{
    // The last character there is, once more than a key can have it: what begins with a prefix comes before the prefix with this.
    private const string AfterAll = "repeat(chr(1114111), 257)";

    private const string Denied =
        "u.denied_since <= s.generation AND (u.denied_before IS NULL OR s.generation < u.denied_before)";

    /// <summary>
    /// What stands against names, in their order. Organization, user (or null), keys, small looks, capital looks, skeletons, time.
    /// </summary>
    public static readonly string Check =
        $"""
        SELECT {UsernameConditions.Refusal}
        FROM (
            SELECT coalesce($2::text, '') AS user_id, n.name_key, n.small_look, n.capital_look, n.skeleton, false AS limited,
                $7::timestamptz AS time, n.position
            FROM unnest($3::text[], $4::text[], $5::text[], $6::text[]) WITH ORDINALITY
                AS n (name_key, small_look, capital_look, skeleton, position)
            OFFSET 0) k
        ORDER BY k.position
        """;

    /// <summary>
    /// A page of the denylist. Organization, prefix of the keys (two), key to go on from, limit. The prefix is a range, so that names beyond it
    /// are not read.
    /// </summary>
    public static readonly string List =
        $"""
        SELECT u.key, u.denied_text AS text
        FROM {UsernameConditions.Settings} s
        JOIN usernames u ON u.organization_id = $1 AND u.denied_since IS NOT NULL AND u.key > $4
            AND u.key >= $2 AND u.key < $3 || {AfterAll} AND NOT (u.key >= $2 || {AfterAll} AND u.key < $3) AND {Denied}
        ORDER BY u.key
        LIMIT $5
        """;

    /// <summary>
    /// One change of an organization's denylist after another, until the transaction ends. Organization.
    /// </summary>
    public const string LockList = $"SELECT pg_advisory_xact_lock({ListLock})";

    /// <summary>The same until the connection is closed, or <see cref="UnlockList"/>. Organization.</summary>
    public const string LockListForSession = $"SELECT pg_advisory_lock({ListLock})";

    /// <summary>The same; false when somebody else has the lock. Organization.</summary>
    public const string TryLockListForSession = $"SELECT pg_try_advisory_lock({ListLock})";

    /// <summary>Organization.</summary>
    public const string UnlockList = $"SELECT pg_advisory_unlock({ListLock})";

    /// <summary>Waits for all claims that are under way, and keeps others from beginning. Organization.</summary>
    public const string StopClaims = "SELECT denylist_generation FROM organizations WHERE organization_id = $1 FOR UPDATE";

    /// <summary>
    /// Whether a name is denied, and who has it or a name that looks like it. Organization, key, small look, capital look, skeleton
    /// (all but the key null for a text that is nobody's name).
    /// </summary>
    public static readonly string ReadState =
        $"""
        SELECT
            EXISTS (SELECT FROM usernames u WHERE u.organization_id = $1 AND u.key = $2 AND {Denied}) AS denied,
            ARRAY(
                SELECT u.owner_id FROM usernames u WHERE u.organization_id = $1 AND u.key = $2 AND u.owner_id IS NOT NULL
                UNION
                {OwnersByLook(2, "small_look", 3)}
                UNION
                {OwnersByLook(2, "capital_look", 4)}
                UNION
                {OwnersByLook(3, "skeleton", 5)}) AS owners
        FROM {UsernameConditions.Settings} s
        """;

    /// <summary>Denies a name. Organization, key, small look, capital look, skeleton, text.</summary>
    public static readonly string Deny =
        $"""
        INSERT INTO usernames AS n (organization_id, key, small_look, capital_look, skeleton, denied_since, denied_text)
        SELECT $1, $2, $3, $4, $5, s.generation, $6 FROM {UsernameConditions.Settings} s
        ON CONFLICT (organization_id, key) DO UPDATE
        SET denied_since = excluded.denied_since, denied_before = NULL, denied_text = excluded.denied_text
        """;

    /// <summary>Keeps a denied name for nobody. Organization, key.</summary>
    public const string KeepForNobody =
        "UPDATE usernames SET kept_for = NULL, kept_until = NULL WHERE organization_id = $1 AND key = $2 AND kept_for IS NOT NULL";

    /// <summary>Those of the names that users have. Organization, keys.</summary>
    public const string ReadInUse =
        "SELECT u.key FROM usernames u WHERE u.organization_id = $1 AND u.key = ANY ($2) AND u.owner_id IS NOT NULL";

    /// <summary>
    /// Takes names off the list, and keeps them for nobody; returns which. While the list is locked, what stops claims without being in force
    /// was left by a replacement that broke off. Organization, keys.
    /// </summary>
    public static readonly string Allow =
        $"""
        UPDATE usernames u SET denied_since = NULL, denied_before = NULL, denied_text = NULL, kept_for = NULL, kept_until = NULL
        FROM {UsernameConditions.Settings} s
        WHERE u.organization_id = $1 AND u.key = ANY ($2) AND u.owner_id IS NULL AND (u.kept_for IS NOT NULL OR {UsernameConditions.IsDenied})
        RETURNING u.key
        """;

    /// <summary>Removes rows that say nothing. Organization, keys.</summary>
    public const string RemoveEmpty =
        """
        DELETE FROM usernames
        WHERE organization_id = $1 AND key = ANY ($2) AND owner_id IS NULL AND kept_for IS NULL AND denied_since IS NULL
        """;

    private static string OwnersByLook(int policy, string look, int parameter) =>
        $"""
        SELECT u.owner_id FROM usernames u
        WHERE s.look_alikes >= {policy} AND u.organization_id = $1 AND u.{look} = ${parameter} AND {UsernameConditions.IsAlone(look)}
        UNION
        SELECT u.owner_id FROM usernames u
        WHERE s.look_alikes >= {policy} AND u.organization_id = $1 AND u.{look} = ${parameter} AND {UsernameConditions.IsNotAlone(look)}
        """;

    // Any first number will do as long as it stays the same.
    private const string ListLock = "hashtextextended($1, 5)";
}
