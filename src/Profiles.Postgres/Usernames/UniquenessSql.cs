namespace Profiles.Postgres.Usernames;

/// <summary>The statements that switch the uniqueness of names on.</summary>
internal static class UniquenessSql
{
    /// <summary>Keeps everybody from getting a name. Organization.</summary>
    public const string Lock = "SELECT settings FROM organizations WHERE organization_id = $1 AND deleted_at IS NULL FOR UPDATE";

    /// <summary>Organization.</summary>
    public const string ReadNames =
        """
        SELECT user_id, preferred_username FROM profiles
        WHERE organization_id = $1 AND NOT deleted AND preferred_username IS NOT NULL
        """;

    /// <summary>Forgets who had which name when uniqueness was on before: what is not denied, whole. Organization.</summary>
    public const string RemoveOthers = "DELETE FROM usernames WHERE organization_id = $1 AND denied_since IS NULL";

    /// <summary>The same of names that are denied. Organization.</summary>
    public const string Disown =
        """
        UPDATE usernames SET owner_id = NULL, kept_for = NULL, kept_until = NULL
        WHERE organization_id = $1 AND (owner_id IS NOT NULL OR kept_for IS NOT NULL)
        """;

    /// <summary>Gives names to users. Organization, users, keys, small looks, capital looks, skeletons, look-alike policy.</summary>
    public const string Own =
        """
        INSERT INTO usernames (organization_id, owner_id, key, small_look, capital_look, skeleton, look_alikes)
        SELECT $1, n.owner_id, n.key, n.small_look, n.capital_look, n.skeleton, $7
        FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[])
            AS n (owner_id, key, small_look, capital_look, skeleton)
        ON CONFLICT (organization_id, key) DO UPDATE
        SET owner_id = excluded.owner_id, small_look = excluded.small_look, capital_look = excluded.capital_look,
            skeleton = excluded.skeleton, look_alikes = excluded.look_alikes
        """;

    /// <summary>
    /// Users whose names are denied, or look like names that are. Organization, limit, look-alike policy. Each name is looked up by itself, as
    /// for a claim: compared with the list, they would be as many pairs as users times names.
    /// </summary>
    public static readonly string ReadDenied =
        $"""
        SELECT k.owner_id
        FROM (
            SELECT o.owner_id, o.key AS name_key, o.small_look, o.capital_look, o.skeleton
            FROM usernames o
            WHERE o.organization_id = $1 AND o.owner_id IS NOT NULL) k
        CROSS JOIN (SELECT s.generation, $3::smallint AS look_alikes FROM {UsernameConditions.Settings} s) s
        WHERE {UsernameConditions.Denied}
        ORDER BY k.owner_id
        LIMIT $2
        """;
}
