using Profiles.Postgres.Profiles;

namespace Profiles.Postgres.Pictures;

/// <summary>
/// The statements by which a write sets a picture. The profile is locked, then its pictures, and whoever removes pictures locks them
/// before it looks for profiles: so none is removed that somebody gets.
/// </summary>
/// <remarks>OFFSET 0 keeps a subquery apart, so that each picture is looked up by a whole key.</remarks>
internal static class PictureSql
{
    /// <summary>
    /// Notes that the picture of a profile, and the one that it is to get, are in use until now. Organization, user, picture (null for
    /// none), time.
    /// </summary>
    public const string Use =
        """
        UPDATE pictures i SET used_at = greatest(i.used_at, $4)
        WHERE i.organization_id = $1
            AND i.picture_id IN ($3, (
                SELECT substr(p.picture, 9) FROM profiles p
                WHERE p.organization_id = $1 AND p.user_id = $2 AND p.picture LIKE 'picture:%'))
        """;

    /// <summary>
    /// Like <see cref="WriteSql.Update"/>, if the user may have the picture. Its parameters, then picture and whether changes are
    /// counted.
    /// </summary>
    public static string Update(FieldExpressions fields) =>
        WriteSql.UpdateFrom(fields, Wish, $"{PictureConditions.Refusal("p")} = 0");

    /// <summary>
    /// What stands against the picture, if the write did not take place, and how many changes there are. Organization, user, change id,
    /// picture, whether changes are counted, time.
    /// </summary>
    public static readonly string ReadRefusal =
        $"""
        SELECT {PictureConditions.Refusal("p")} AS refusal, {PictureConditions.ChangesPerDay} AS changes_per_day,
            {PictureConditions.NextAllowed} AS next_allowed
        FROM {Question} k
        JOIN profiles p ON p.organization_id = $1 AND p.user_id = k.user_id
        WHERE p.change_id <> k.change_id
        """;

    /// <summary>
    /// Forgets the request of a write that was refused for its picture: another day it may be carried out. Parameters of
    /// <see cref="ReadRefusal"/>, then the request id.
    /// </summary>
    public static readonly string ForgetRequest =
        $"""
        DELETE FROM write_requests r
        USING {Question} k
        WHERE r.organization_id = $1 AND r.request_id = $7 AND r.change_id = k.change_id
            AND EXISTS (
                SELECT FROM profiles p
                WHERE p.organization_id = $1 AND p.user_id = k.user_id AND p.change_id <> k.change_id
                    AND {PictureConditions.Refusal("p")} <> 0)
        """;

    /// <summary>
    /// Locks the pictures that a deleted profile ever had, in one order, so that nobody gets them meanwhile. Organization, user, change id
    /// of the deletion.
    /// </summary>
    public const string LockOfDeleted =
        $"""
        SELECT i.picture_id FROM {OfDeleted}
            OFFSET 0 FOR UPDATE) i
        """;

    /// <summary>Gives up the files of those that nobody else has. Like <see cref="LockOfDeleted"/>, then the time.</summary>
    public const string AbandonOfDeleted =
        $"""
        INSERT INTO abandoned_picture_files (organization_id, files_id, place, due_at)
        SELECT i.organization_id, i.files_id, i.place, $4
        FROM {OfDeleted}
            OFFSET 0) i
        WHERE {IsNobodys}
        ON CONFLICT (organization_id, files_id) DO UPDATE SET due_at = excluded.due_at
        """;

    /// <summary>Removes them; they are locked, and so are where they were. Like <see cref="LockOfDeleted"/>.</summary>
    public const string RemoveOfDeleted =
        $"""
        DELETE FROM pictures d
        USING {OfDeleted}
            OFFSET 0) i
        WHERE d.organization_id = $1 AND d.ctid = i.ctid AND {IsAbandoned}
        """;

    /// <summary>That no profile has the picture <c>i</c>.</summary>
    public const string IsNobodys =
        """
        NOT EXISTS (
                SELECT FROM profiles p
                WHERE p.organization_id = $1 AND p.picture = 'picture:' || i.picture_id AND p.picture LIKE 'picture:%'
                OFFSET 0)
        """;

    /// <summary>That the files of the picture <c>i</c> were given up.</summary>
    public const string IsAbandoned =
        """
        EXISTS (
                SELECT FROM abandoned_picture_files a WHERE a.organization_id = $1 AND a.files_id = i.files_id
                OFFSET 0)
        """;

    // Each by its whole key, and in one order.
    private const string OfDeleted =
        """
        (SELECT DISTINCT substr(c.patch ->> 'picture', 9) AS picture_id
            FROM profile_changes c
            WHERE c.organization_id = $1 AND c.user_id = $2 AND starts_with(c.patch ->> 'picture', 'picture:')
                AND EXISTS (
                    SELECT FROM profiles d
                    WHERE d.organization_id = $1 AND d.user_id = $2 AND d.change_id = $3 AND d.deleted)
            ORDER BY picture_id) k
        CROSS JOIN LATERAL (
            SELECT ctid, organization_id, picture_id, files_id, place FROM pictures
            WHERE organization_id = $1 AND picture_id = k.picture_id
        """;

    private const string Question =
        """
        (SELECT $2::text AS user_id, $3::uuid AS change_id, $4::text AS picture_id, $5::boolean AS limited,
            $6::timestamptz AS time)
        """;

    private static string Wish => $"(SELECT {WriteSql.WriteColumns}, $11::text AS picture_id, $12::boolean AS limited)";
}
