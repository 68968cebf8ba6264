namespace Profiles.Postgres.Usernames;

/// <summary>
/// The statements that replace a denylist, in their order. The new names go in by parts, under the generation after the one in
/// force: claims refuse them from then on. When all claims that did not see them have ended, those in use are looked for. If there
/// are none, one row makes the new generation the one in force.
/// </summary>
internal static class ReplacementSql
{
    /// <summary>The new list, which nobody else sees.</summary>
    public const string CreateStaging =
        """
        CREATE TEMPORARY TABLE new_denylist (
            position     integer NOT NULL,
            key          text COLLATE "C" NOT NULL,
            small_look   text COLLATE "C",
            capital_look text COLLATE "C",
            skeleton     text COLLATE "C",
            denied_text  text NOT NULL)
        """;

    public const string CopyToStaging =
        "COPY new_denylist (position, key, small_look, capital_look, skeleton, denied_text) FROM STDIN (FORMAT BINARY)";

    public const string PrepareStaging = "CREATE UNIQUE INDEX ON new_denylist (key); CREATE INDEX ON new_denylist (position); ANALYZE new_denylist";

    public const string DropStaging = "DROP TABLE IF EXISTS pg_temp.new_denylist";

    /// <summary>The generation in force, and whether there may be something to undo. Organization.</summary>
    public const string ReadState = "SELECT denylist_generation, denylist_changing FROM organizations WHERE organization_id = $1";

    /// <summary>Notes that there may be something to undo from now on. Organization.</summary>
    public const string Begin = "UPDATE organizations SET denylist_changing = true WHERE organization_id = $1";

    /// <summary>Notes that nothing has to be undone any more. Organization.</summary>
    public const string End = "UPDATE organizations SET denylist_changing = false WHERE organization_id = $1 AND denylist_changing";

    /// <summary>The organizations in which there may be something to undo.</summary>
    public const string ListChanging = "SELECT organization_id FROM organizations WHERE denylist_changing";

    /// <summary>Undoes what an attempt that broke off, or found names in use, has left. Organization, generation in force.</summary>
    public const string UndoAdded =
        """
        UPDATE usernames SET denied_since = NULL, denied_before = NULL, denied_text = NULL
        WHERE organization_id = $1 AND denied_since > $2 AND (owner_id IS NOT NULL OR kept_for IS NOT NULL)
        """;

    /// <summary>Organization, generation in force.</summary>
    public const string UndoInserted = "DELETE FROM usernames WHERE organization_id = $1 AND denied_since > $2 AND owner_id IS NULL AND kept_for IS NULL";

    /// <summary>Organization, generation in force.</summary>
    public const string UndoEnded = "UPDATE usernames SET denied_before = NULL WHERE organization_id = $1 AND denied_since <= $2 AND denied_before > $2";

    /// <summary>The parts with a name that has a row. Organization, size of a part.</summary>
    public const string ReadPartsWithRows =
        "SELECT DISTINCT d.position / $2 FROM new_denylist d JOIN usernames u ON u.organization_id = $1 AND u.key = d.key";

    /// <summary>
    /// Adds a part whose names have no rows; fails if one has. Looking for rows would cost half as much again. Organization, generation in
    /// force, first position, position after the last.
    /// </summary>
    public const string AddNewPart =
        """
        INSERT INTO usernames (organization_id, key, small_look, capital_look, skeleton, denied_since, denied_text)
        SELECT $1, d.key, d.small_look, d.capital_look, d.skeleton, $2::bigint + 1, d.denied_text
        FROM new_denylist d
        WHERE d.position >= $3 AND d.position < $4
        ORDER BY d.key
        """;

    /// <summary>
    /// Adds those of a part that are not denied yet and that nobody has. Organization, generation in force, first position, position
    /// after the last.
    /// </summary>
    public const string AddPart =
        """
        INSERT INTO usernames AS n (organization_id, key, small_look, capital_look, skeleton, denied_since, denied_text)
        SELECT $1, d.key, d.small_look, d.capital_look, d.skeleton, $2::bigint + 1, d.denied_text
        FROM new_denylist d
        WHERE d.position >= $3 AND d.position < $4 AND NOT EXISTS (
            SELECT FROM usernames u
            WHERE u.organization_id = $1 AND u.key = d.key
                AND (u.owner_id IS NOT NULL OR u.denied_since <= $2 AND (u.denied_before IS NULL OR $2 < u.denied_before))
            OFFSET 0)
        ORDER BY d.key
        ON CONFLICT (organization_id, key) DO UPDATE
        SET denied_since = excluded.denied_since, denied_before = NULL, denied_text = excluded.denied_text
        WHERE n.owner_id IS NULL
        """;

    /// <summary>Names of the list that users have, or that look like those of users, up to a thousand. Organization.</summary>
    public static readonly string ReadInUse =
        $"""
        WITH owned AS MATERIALIZED (
            SELECT key, small_look, capital_look, skeleton FROM usernames WHERE organization_id = $1 AND owner_id <> '')
        SELECT DISTINCT d.denied_text
        FROM {UsernameConditions.Settings} s
        CROSS JOIN LATERAL (
            SELECT d.denied_text FROM new_denylist d JOIN owned u ON u.key = d.key
            UNION ALL
            SELECT d.denied_text FROM new_denylist d JOIN owned u ON u.small_look = d.small_look WHERE s.look_alikes >= 2
            UNION ALL
            SELECT d.denied_text FROM new_denylist d JOIN owned u ON u.capital_look = d.capital_look WHERE s.look_alikes >= 2
            UNION ALL
            SELECT d.denied_text FROM new_denylist d JOIN owned u ON u.skeleton = d.skeleton WHERE s.look_alikes >= 3) d
        ORDER BY 1
        LIMIT 1000
        """;

    /// <summary>Ends the denial of what is not in the new list, with the next generation. Organization, generation in force.</summary>
    public const string EndOthers =
        """
        UPDATE usernames u SET denied_before = $2::bigint + 1
        WHERE u.organization_id = $1 AND u.denied_since <= $2 AND (u.denied_before IS NULL OR $2 < u.denied_before)
            AND NOT EXISTS (SELECT FROM new_denylist d WHERE d.key = u.key)
        """;

    /// <summary>Keeps the names that are denied with the next generation for nobody any more. Organization, generation in force.</summary>
    public const string KeepForNobody =
        """
        UPDATE usernames SET kept_for = NULL, kept_until = NULL
        WHERE organization_id = $1 AND kept_for <> '' AND denied_since = $2::bigint + 1
        """;

    /// <summary>Puts the new list into force. Organization, generation in force.</summary>
    public const string Switch =
        """
        UPDATE organizations SET denylist_generation = $2::bigint + 1, denylist_changing = false
        WHERE organization_id = $1 AND denylist_generation = $2
        """;

    /// <summary>Removes what is over. Organization, generation in force.</summary>
    public const string RemoveEnded =
        "DELETE FROM usernames WHERE organization_id = $1 AND denied_before <= $2 AND owner_id IS NULL AND kept_for IS NULL";
}
