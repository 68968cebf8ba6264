using Profiles.Postgres.Pictures;
using Profiles.Postgres.Profiles;

namespace Profiles.Postgres.Usernames;

/// <summary>
/// The statements by which a write gets its username, in their order: lock the organization and the profile, mark the name as
/// claimed if the write takes place and the name is free, change the profile if it is marked, then give up the name before and
/// take the new one. Whatever the first two refuse makes the rest do nothing.
/// </summary>
/// <remarks>
/// The rows of profiles and organizations are locked, so that what one statement finds the next one finds too. Two that claim one
/// name meet at its row; two that claim look-alikes meet at an index, and the second one's whole batch is sent again.
/// </remarks>
internal static class ClaimSql
{
    /// <summary>Keeps the denylist and the uniqueness as they are until the transaction ends. Organization.</summary>
    public const string LockOrganization = "SELECT organization_id FROM organizations WHERE organization_id = $1 FOR KEY SHARE";

    /// <summary>
    /// Makes sure that there is a row of the profile to lock: an empty one of revision 0, which counts as deleted. Organization, user,
    /// time.
    /// </summary>
    public const string Reserve =
        """
        INSERT INTO profiles (organization_id, user_id, revision, change_id, change_type, changed_fields, created_at, changed_at, deleted)
        VALUES ($1, $2, 0, '00000000-0000-0000-0000-000000000000', 3, 0, $3, $3, true)
        ON CONFLICT (organization_id, user_id) DO NOTHING
        """;

    /// <summary>Takes the row away again if nothing was written. Organization, user.</summary>
    public const string RemoveReserved = "DELETE FROM profiles WHERE organization_id = $1 AND user_id = $2 AND revision = 0";

    /// <summary>
    /// Marks the name, if the write takes place and the name is to be had. Parameters of <see cref="WriteSql.Update"/>, then key, small
    /// look, capital look, skeleton (all null for a name that breaks a rule), whether renames and changes of the picture are counted, and the
    /// picture (null for none).
    /// </summary>
    public static string Mark(FieldExpressions fields) =>
        $"""
        INSERT INTO usernames AS n (organization_id, key, small_look, capital_look, skeleton, claim_id)
        SELECT $1, k.name_key, k.small_look, k.capital_look, k.skeleton, k.change_id
        FROM {Wish} k
        JOIN profiles p ON {WriteSql.TakesPlace(fields)} AND NOT ({Stays})
        CROSS JOIN {UsernameConditions.Settings} s
        WHERE s.is_unique AND {UsernameConditions.Refusal} = 0 AND {PictureConditions.Refusal("p")} = 0
        ON CONFLICT (organization_id, key) DO UPDATE
        SET claim_id = excluded.claim_id, small_look = excluded.small_look, capital_look = excluded.capital_look,
            skeleton = excluded.skeleton
        WHERE (n.owner_id IS NULL OR n.owner_id = $2) AND (n.kept_for IS NULL OR n.kept_for = $2 OR n.kept_until <= $7)
        """;

    /// <summary>Like <see cref="WriteSql.Update"/>, if the user gets the name or has it. Parameters of <see cref="Mark"/>.</summary>
    public static string Update(FieldExpressions fields) => WriteSql.UpdateFrom(
        fields,
        Wish,
        $"""
        ({Stays}
            OR EXISTS (
                SELECT FROM usernames u WHERE u.organization_id = $1 AND u.key = k.name_key AND u.claim_id = k.change_id)
            OR (SELECT NOT s.is_unique FROM {UsernameConditions.Settings} s) AND {UsernameConditions.Refusal} = 0)
            AND {PictureConditions.Refusal("p")} = 0
        """);

    /// <summary>
    /// Keeps the name before for its owner, if the write took place. Organization, user, change id, key of the new name (empty for
    /// none), time.
    /// </summary>
    public static readonly string Release =
        $"""
        UPDATE usernames u SET owner_id = NULL, kept_for = u.owner_id,
            kept_until = $5 + (SELECT s.hold FROM {UsernameConditions.Settings} s)
        WHERE u.organization_id = $1 AND u.owner_id = $2 AND u.owner_id <> '' AND u.key <> $4 AND {NameChanged}
        """;

    /// <summary>
    /// Lets go of the name that was kept for the user until now: one is kept, the last one. The row stays if the name is being denied.
    /// Organization, user, change id, key of the new name (empty for none), time.
    /// </summary>
    public static readonly string Forget =
        $"""
        WITH denied AS (
            UPDATE usernames u SET kept_for = NULL, kept_until = NULL WHERE {IsOtherKept} AND (u.denied_since IS NULL) IS FALSE)
        DELETE FROM usernames u WHERE {IsOtherKept} AND u.denied_since IS NULL AND $5::timestamptz IS NOT NULL
        """;

    /// <summary>Removes names that are kept for nobody any more. A time.</summary>
    public const string RemoveFreed =
        "DELETE FROM usernames WHERE kept_until < $1 AND owner_id IS NULL AND denied_since IS NULL";

    /// <summary>
    /// Gives the user the name that was marked, if the write took place: what is left of a denial that has ended goes. Organization, user,
    /// change id, key.
    /// </summary>
    public static readonly string Take =
        $"""
        UPDATE usernames u SET owner_id = $2, kept_for = NULL, kept_until = NULL,
            denied_since = NULL, denied_before = NULL, denied_text = NULL,
            look_alikes = (SELECT s.look_alikes FROM {UsernameConditions.Settings} s)
        WHERE u.organization_id = $1 AND u.key = $4 AND u.claim_id = $3 AND {NameChanged}
        """;

    /// <summary>Why the user did not get the name; no row when the write took place. Parameters of <see cref="Mark"/>.</summary>
    public static readonly string ReadRefusal =
        $"""
        SELECT {UsernameConditions.Refusal} AS refusal, {UsernameConditions.RetryAfter} AS retry_after
        FROM {Wish} k
        WHERE NOT {TookPlace}
        """;

    /// <summary>
    /// Forgets the request of a write that was refused for its username: the name may be free when it is sent again. Parameters of
    /// <see cref="Mark"/>.
    /// </summary>
    public static readonly string ForgetRequest =
        $"""
        DELETE FROM write_requests r
        USING {Wish} k
        WHERE r.organization_id = $1 AND r.request_id = k.request_id AND r.change_id = k.change_id
            AND NOT {TookPlace} AND {UsernameConditions.Refusal} <> 0
            AND NOT EXISTS (SELECT FROM profiles p WHERE p.organization_id = $1 AND p.user_id = k.user_id AND {Stays})
        """;

    private static string Wish =>
        $"""
        (SELECT {WriteSql.WriteColumns}, $11::text AS name_key, $12::text AS small_look, $13::text AS capital_look,
            $14::text AS skeleton, $15::boolean AS limited, $16::text AS picture_id)
        """;

    // Rules bind a name when it is set.
    private static string Stays => "NOT p.deleted AND coalesce(p.preferred_username = k.patch ->> 'preferred_username', false)";

    private static string TookPlace =>
        "EXISTS (SELECT FROM profiles p WHERE p.organization_id = $1 AND p.user_id = k.user_id AND p.change_id = k.change_id)";

    // IS FALSE above, since IS NOT NULL is the condition of another index.
    private static string IsOtherKept =>
        $"u.organization_id = $1 AND u.kept_for = $2 AND u.kept_for <> '' AND u.key <> $4 AND {NameChanged}";

    private static string NameChanged =>
        $"""
        EXISTS (
            SELECT FROM profiles p
            WHERE p.organization_id = $1 AND p.user_id = $2 AND p.change_id = $3
                AND (p.deleted OR p.changed_fields & {UsernameConditions.Bit} <> 0))
        """;
}
