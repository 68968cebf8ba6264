namespace Profiles.Postgres.Usernames;

/// <summary>
/// The statements that replace a denylist, in their order. The new names go in by parts, under the generation after the one in
/// force: claims refuse them from then on. When all claims that did not see them have ended, those in use are looked for. If there
/// are none, one row makes the new generation the one in force.
/// </summary>
internal static class ReplacementSql
{
    /// <summary>The new list, which nobody else sees. A look that is the key is null.</summary>
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

    public const string PrepareStaging = "CREATE UNIQUE INDEX ON new_denylist (key); ANALYZE new_denylist";

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

    /// <summary>The same of what servers wrote before names were removed at the switch. Organization, generation in force.</summary>
    public const string UndoEnded = "UPDATE usernames SET denied_before = NULL WHERE organization_id = $1 AND denied_since <= $2 AND denied_before > $2";

    /// <summary>Which names of the list have rows, by their positions. Organization.</summary>
    public const string ReadWithRows =
        "SELECT d.position FROM new_denylist d JOIN usernames u ON u.organization_id = $1 AND u.key = d.key";

    /// <summary>
    /// Lets a transaction end before the disk has it. What a crash takes of the parts would be undone anyway, since <see cref="Begin"/> is on
    /// the disk; and when <see cref="Switch"/> is, so is all that was written before it.
    /// </summary>
    public const string DoNotWaitForDisk = "SELECT set_config('synchronous_commit', 'off', true)";

    /// <summary>
    /// The same before <see cref="CopyNew"/>, which then does not wait for those who are getting one of the names: while a copy waits, the
    /// database cannot be told to stop.
    /// </summary>
    public const string PrepareCopy = $"{DoNotWaitForDisk}, set_config('lock_timeout', '1s', true)";

    /// <summary>Adds names that have no rows; fails if one has. Looking for rows would cost half as much again.</summary>
    public const string CopyNew =
        """
        COPY usernames (organization_id, key, small_look, capital_look, skeleton, denied_since, denied_text)
        FROM STDIN (FORMAT BINARY)
        """;

    /// <summary>
    /// Adds those names that are not denied yet and that nobody has. Organization, generation in force, keys.
    /// </summary>
    public const string AddPart =
        $"""
        INSERT INTO usernames AS n (organization_id, key, small_look, capital_look, skeleton, denied_since, denied_text)
        SELECT $1, d.key, {SmallLook}, {CapitalLook}, d.skeleton, $2::bigint + 1, d.denied_text
        FROM new_denylist d
        WHERE d.key = ANY ($3) AND NOT EXISTS (
            SELECT FROM usernames u
            WHERE u.organization_id = $1 AND u.key = d.key
                AND (u.owner_id IS NOT NULL OR u.denied_since <= $2 AND (u.denied_before IS NULL OR $2 < u.denied_before))
            OFFSET 0)
        ORDER BY d.key
        ON CONFLICT (organization_id, key) DO UPDATE
        SET denied_since = excluded.denied_since, denied_before = NULL, denied_text = excluded.denied_text
        WHERE n.owner_id IS NULL
        """;

    /// <summary>
    /// Names of the list that users have, or that look like those of users, up to a thousand. Organization. The list is read for each form, and
    /// each of its names looked for among the users' (EXISTS): a join would rather keep the list at hand, which does not fit into memory.
    /// </summary>
    public static readonly string ReadInUse =
        $"""
        WITH owned AS MATERIALIZED (
            SELECT key, small_look, capital_look, skeleton FROM usernames WHERE organization_id = $1 AND owner_id <> '')
        SELECT DISTINCT d.denied_text
        FROM {UsernameConditions.Settings} s
        CROSS JOIN LATERAL (
            {InUseBy(1, "key", "d.key")}
            UNION ALL
            {InUseBy(2, "small_look", SmallLook)}
            UNION ALL
            {InUseBy(2, "capital_look", CapitalLook)}
            UNION ALL
            {InUseBy(3, "skeleton", "d.skeleton")}) d
        ORDER BY 1
        LIMIT 1000
        """;

    /// <summary>
    /// Takes what is not in the new list off the list; what users have or had stays theirs. Until the transaction ends, claims find these names
    /// denied, and wait for nothing. Organization, generation in force.
    /// </summary>
    public const string FreeOthers =
        $"""
        UPDATE usernames u SET denied_since = NULL, denied_before = NULL, denied_text = NULL
        WHERE {IsOther} AND (u.owner_id IS NOT NULL OR u.kept_for IS NOT NULL)
        """;

    /// <summary>The same of names that nobody has or had. Organization, generation in force.</summary>
    public const string RemoveOthers = $"DELETE FROM usernames u WHERE {IsOther} AND u.owner_id IS NULL AND u.kept_for IS NULL";

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

    private const string IsOther =
        "u.organization_id = $1 AND u.denied_since <= $2 AND NOT EXISTS (SELECT FROM new_denylist d WHERE d.key = u.key)";

    // Texts that are nobody's name have no skeleton, and no looks.
    private const string SmallLook = "CASE WHEN d.skeleton IS NOT NULL THEN coalesce(d.small_look, d.key) END";
    private const string CapitalLook = "CASE WHEN d.skeleton IS NOT NULL THEN coalesce(d.capital_look, d.key) END";

    private static string InUseBy(int policy, string form, string denied) =>
        $"SELECT d.denied_text FROM new_denylist d WHERE s.look_alikes >= {policy} AND EXISTS (SELECT FROM owned u WHERE u.{form} = {denied})";
}
