using Profiles.Postgres.Audit;

namespace Profiles.Postgres.Credentials;

/// <summary>The statements about API keys. Each is one constant text; parameters are positional.</summary>
internal static class ApiKeySql
{
    private const string Columns =
        "organization_id, key_id, change_id, created_at, display_name, key_type, user_id, permissions, rate_limits, prefix, "
        + "expires_at, revoked_at, last_used_at";

    // The change whose id is $3 took place.
    private const string Changed =
        "EXISTS (SELECT FROM api_keys k WHERE k.organization_id = $1 AND k.key_id = $2 AND k.change_id = $3)";

    /// <summary>The key of a text. Hash.</summary>
    public const string Find =
        $"""
        SELECT k.*, h.valid_until
        FROM api_key_hashes h
        CROSS JOIN LATERAL (
            SELECT {Columns}
            FROM api_keys
            WHERE organization_id = h.organization_id AND key_id = h.key_id
            OFFSET 0) k
        WHERE h.key_hash = $1
        """;

    /// <summary>Organization, key.</summary>
    public const string Get = $"SELECT {Columns} FROM api_keys WHERE organization_id = $1 AND key_id = $2";

    /// <summary>Organization, key to go on from, limit.</summary>
    public const string List =
        $"SELECT {Columns} FROM api_keys WHERE organization_id = $1 AND key_id > $2 ORDER BY key_id LIMIT $3";

    /// <summary>Fails when the text is known. Hash, organization, key.</summary>
    public const string AddText = "INSERT INTO api_key_hashes (key_hash, organization_id, key_id) VALUES ($1, $2, $3)";

    /// <summary>Organization, key, change, time, display name, type, user, permissions, allowances, prefix, expiry.</summary>
    public const string Add =
        """
        INSERT INTO api_keys (organization_id, key_id, change_id, created_at, display_name, key_type, user_id, permissions,
            rate_limits, prefix, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        """;

    /// <summary>
    /// Begins a rotation, if the key is valid and its grantor may. Organization, key, change, time, prefixes by type, and of the
    /// grantor: whether it grants everything, its permissions, whether it grants any user, its user.
    /// </summary>
    public const string Rotate =
        """
        UPDATE api_keys SET change_id = $3, prefix = ($5)[key_type]
        WHERE organization_id = $1 AND key_id = $2 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $4)
            AND ($6 OR permissions <@ $7) AND (user_id IS NULL OR $8 OR user_id = $9)
        """;

    /// <summary>Ends the texts so far: the newest at a time, older ones now. Organization, key, change, that time, now.</summary>
    public const string EndTexts =
        $"""
        UPDATE api_key_hashes SET valid_until = CASE WHEN valid_until IS NULL THEN $4 ELSE least(valid_until, $5) END
        WHERE organization_id = $1 AND key_id = $2 AND {Changed}
        """;

    /// <summary>Organization, key, change, hashes by type.</summary>
    public const string AddRotatedText =
        """
        INSERT INTO api_key_hashes (key_hash, organization_id, key_id)
        SELECT ($4)[key_type], organization_id, key_id
        FROM api_keys
        WHERE organization_id = $1 AND key_id = $2 AND change_id = $3
        """;

    /// <summary>Organization, key, change, time.</summary>
    public const string Revoke =
        """
        UPDATE api_keys SET change_id = $3, revoked_at = $4
        WHERE organization_id = $1 AND key_id = $2 AND revoked_at IS NULL
        """;

    /// <summary>Records a change that took place.</summary>
    public static readonly string Record = AuditSql.RecordChangeOf("api_keys", "key_id");

    /// <summary>Organization, keys, times.</summary>
    public const string NoteUses =
        """
        UPDATE api_keys k SET last_used_at = u.time
        FROM unnest($2, $3) AS u (key_id, time)
        WHERE k.organization_id = $1 AND k.key_id = u.key_id AND (k.last_used_at IS NULL OR k.last_used_at < u.time)
        """;
}
