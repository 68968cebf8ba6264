namespace Profiles.Postgres.Pictures;

/// <summary>The statements on pictures and their files that belong to no write of a profile.</summary>
internal static class IndexSql
{
    /// <summary>Notes that a picture is about to be set. Organization, picture, time.</summary>
    public const string Use =
        "UPDATE pictures SET used_at = greatest(used_at, $3) WHERE organization_id = $1 AND picture_id = $2";

    /// <summary>Announces files, unless the picture is there. Organization, picture, files, place, when they are due.</summary>
    public const string AnnounceFor =
        """
        INSERT INTO abandoned_picture_files (organization_id, files_id, place, due_at)
        SELECT $1, $3, $4, $5
        WHERE NOT EXISTS (SELECT FROM pictures WHERE organization_id = $1 AND picture_id = $2)
        """;

    /// <summary>Announces files. Organization, files, place, when they are due.</summary>
    public const string Announce =
        "INSERT INTO abandoned_picture_files (organization_id, files_id, place, due_at) VALUES ($1, $2, $3, $4)";

    /// <summary>What is known before an image is looked at. Organization, user, picture, whether changes are counted, time.</summary>
    public static readonly string Admit =
        $"""
        SELECT EXISTS (SELECT FROM pictures i WHERE i.organization_id = $1 AND i.picture_id = k.picture_id) AS is_there,
            {PictureConditions.IsUsedUp} AND NOT EXISTS (
                SELECT FROM profiles p
                WHERE p.organization_id = $1 AND p.user_id = k.user_id AND NOT p.deleted
                    AND p.picture = 'picture:' || k.picture_id) AS is_used_up,
            {PictureConditions.ChangesPerDay} AS changes_per_day, {PictureConditions.NextAllowed} AS next_allowed
        FROM (SELECT $2::text AS user_id, $3::text AS picture_id, $4::boolean AS limited, $5::timestamptz AS time) k
        """;

    /// <summary>
    /// Adds a picture with the files that were announced; one that is there meanwhile keeps its own. Organization, picture, files, place,
    /// whether the original is among them, time.
    /// </summary>
    public const string Add =
        """
        INSERT INTO pictures AS i (organization_id, picture_id, files_id, place, has_original, used_at)
        VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (organization_id, picture_id) DO UPDATE SET used_at = greatest(i.used_at, excluded.used_at)
        """;

    /// <summary>Takes files that a picture has off the list of those that none has. Organization, picture, files.</summary>
    public const string Claim =
        """
        DELETE FROM abandoned_picture_files a
        WHERE a.organization_id = $1 AND a.files_id = $3
            AND EXISTS (SELECT FROM pictures i WHERE i.organization_id = $1 AND i.picture_id = $2 AND i.files_id = $3)
        """;

    /// <summary>Where a picture is, and the square if it is here. Organization, picture, size.</summary>
    public const string Find =
        """
        SELECT i.files_id, i.place, f.content
        FROM pictures i
        LEFT JOIN picture_files f ON f.organization_id = $1 AND f.files_id = i.files_id AND f.size = $3
        WHERE i.organization_id = $1 AND i.picture_id = $2
        """;

    /// <summary>Pictures that nobody has, organization by organization. The time since which they are not in use.</summary>
    public const string ListUnused =
        """
        SELECT i.organization_id, i.picture_id
        FROM pictures i
        WHERE i.used_at < $1
            AND NOT EXISTS (
                SELECT FROM profiles p
                WHERE p.organization_id = i.organization_id AND p.picture = 'picture:' || i.picture_id AND p.picture LIKE 'picture:%'
                OFFSET 0)
        ORDER BY i.organization_id, i.picture_id
        LIMIT 1000
        """;

    /// <summary>Locks pictures, in one order. Organization, pictures.</summary>
    public const string Lock =
        "SELECT picture_id FROM pictures WHERE organization_id = $1 AND picture_id = ANY ($2) ORDER BY picture_id FOR UPDATE";

    /// <summary>Gives up the files of those that are still unused. Organization, pictures, the time since which, when they are due.</summary>
    public const string AbandonUnused =
        $"""
        INSERT INTO abandoned_picture_files (organization_id, files_id, place, due_at)
        SELECT i.organization_id, i.files_id, i.place, $4
        FROM pictures i
        WHERE i.organization_id = $1 AND i.picture_id = ANY ($2) AND i.used_at < $3 AND {PictureSql.IsNobodys}
        ON CONFLICT (organization_id, files_id) DO UPDATE SET due_at = excluded.due_at
        """;

    /// <summary>Removes the pictures whose files were given up. Organization, pictures.</summary>
    public const string RemoveUnused =
        $"DELETE FROM pictures i WHERE i.organization_id = $1 AND i.picture_id = ANY ($2) AND {PictureSql.IsAbandoned}";

    /// <summary>Files that are due. The time, and how many.</summary>
    public const string ListAbandoned =
        """
        SELECT organization_id, files_id, place FROM abandoned_picture_files
        WHERE due_at <= $1
        ORDER BY due_at
        LIMIT $2
        """;

    /// <summary>Forgets files that were removed. Organization, files.</summary>
    public const string Forget = "DELETE FROM abandoned_picture_files WHERE organization_id = $1 AND files_id = $2";

    /// <summary>Pictures whose files are elsewhere. Place, organization and picture to go on from, how many.</summary>
    public const string ListElsewhere =
        """
        SELECT organization_id, picture_id, files_id, place, has_original FROM pictures
        WHERE place <> $1 AND (organization_id, picture_id) > ($2, $3)
        ORDER BY organization_id, picture_id
        LIMIT $4
        """;

    /// <summary>Gives a picture other files. Organization, picture, files, place, files before.</summary>
    public const string Replace =
        "UPDATE pictures SET files_id = $3, place = $4 WHERE organization_id = $1 AND picture_id = $2 AND files_id = $5";

    /// <summary>Gives up the files before. Organization, picture, files, files before, their place, when they are due.</summary>
    public const string AbandonReplaced =
        """
        INSERT INTO abandoned_picture_files (organization_id, files_id, place, due_at)
        SELECT $1, $4, $5, $6
        FROM pictures i
        WHERE i.organization_id = $1 AND i.picture_id = $2 AND i.files_id = $3
        """;

    /// <summary>Whether a picture has these files. Organization, picture, files.</summary>
    public const string Has =
        "SELECT EXISTS (SELECT FROM pictures WHERE organization_id = $1 AND picture_id = $2 AND files_id = $3)";

    /// <summary>Keeps a file. Organization, files, size, content.</summary>
    public const string WriteFile =
        "INSERT INTO picture_files (organization_id, files_id, size, content) VALUES ($1, $2, $3, $4)";

    /// <summary>The content of a file. Organization, files, size.</summary>
    public const string ReadFile = "SELECT content FROM picture_files WHERE organization_id = $1 AND files_id = $2 AND size = $3";

    /// <summary>Deletes files. Organization, files.</summary>
    public const string DeleteFiles = "DELETE FROM picture_files WHERE organization_id = $1 AND files_id = $2";
}
