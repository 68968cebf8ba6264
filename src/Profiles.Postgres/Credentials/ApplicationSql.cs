using Profiles.Postgres.Audit;

namespace Profiles.Postgres.Credentials;

/// <summary>The statements about applications. Each is one constant text; parameters are positional.</summary>
internal static class ApplicationSql
{
    private const string Columns =
        "organization_id, application_id, change_id, created_at, display_name, app_key, permissions, rate_limits, freshness_seconds, "
        + "refuse_replays, revoked_at";

    private const string WithSecrets =
        "a.*, s.secret_id, s.created_at AS secret_created_at, s.expires_at AS secret_expires_at, s.master_key_id, s.sealed";

    // The newest secret first.
    private const string Order = "ORDER BY a.application_id, s.secret_id DESC";

    private const string OfApplication = "s.organization_id = a.organization_id AND s.application_id = a.application_id";

    private const string Changed =
        """
        EXISTS (SELECT FROM applications a WHERE a.organization_id = $1 AND a.application_id = $2 AND a.change_id = $3)
        """;

    /// <summary>The application of an app key with all its secrets, a row for each. App key.</summary>
    public const string Find =
        $"""
        SELECT {WithSecrets}
        FROM application_keys k
        CROSS JOIN LATERAL (
            SELECT {Columns}
            FROM applications
            WHERE organization_id = k.organization_id AND application_id = k.application_id
            OFFSET 0) a
        LEFT JOIN application_secrets s ON {OfApplication}
        WHERE k.app_key = $1
        {Order}
        """;

    /// <summary>An application with its valid secrets, a row for each. Organization, application, now.</summary>
    public const string Get =
        $"""
        SELECT {WithSecrets}
        FROM (SELECT {Columns} FROM applications WHERE organization_id = $1 AND application_id = $2) a
        LEFT JOIN application_secrets s ON {OfApplication} AND (s.expires_at IS NULL OR s.expires_at > $3)
        {Order}
        """;

    /// <summary>The same for a page. Organization, application to go on from, now, limit.</summary>
    public const string List =
        $"""
        SELECT {WithSecrets}
        FROM (
            SELECT {Columns}
            FROM applications
            WHERE organization_id = $1 AND application_id > $2
            ORDER BY application_id
            LIMIT $4) a
        LEFT JOIN application_secrets s ON {OfApplication} AND (s.expires_at IS NULL OR s.expires_at > $3)
        {Order}
        """;

    /// <summary>Fails when the app key is known. App key, organization, application.</summary>
    public const string AddKey = "INSERT INTO application_keys (app_key, organization_id, application_id) VALUES ($1, $2, $3)";

    /// <summary>Organization, application, change, time, display name, app key, permissions, allowances, freshness, whether replays are
    /// refused.</summary>
    public const string Add =
        """
        INSERT INTO applications (organization_id, application_id, change_id, created_at, display_name, app_key, permissions,
            rate_limits, freshness_seconds, refuse_replays)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        """;

    /// <summary>
    /// Begins a rotation, if the application is valid and its grantor may. Organization, application, change, and of the grantor:
    /// whether it grants everything, its permissions.
    /// </summary>
    public const string Rotate =
        """
        UPDATE applications SET change_id = $3
        WHERE organization_id = $1 AND application_id = $2 AND revoked_at IS NULL AND ($4 OR permissions <@ $5)
        """;

    /// <summary>Removes all secrets but the newest. Organization, application, change.</summary>
    public const string RemoveOldSecrets =
        $"""
        DELETE FROM application_secrets
        WHERE organization_id = $1 AND application_id = $2 AND expires_at IS NOT NULL AND {Changed}
        """;

    /// <summary>Organization, application, change, when the newest secret so far ends.</summary>
    public const string EndSecret =
        $"""
        UPDATE application_secrets SET expires_at = $4
        WHERE organization_id = $1 AND application_id = $2 AND expires_at IS NULL AND {Changed}
        """;

    /// <summary>Organization, application, change, secret, time, master key, encrypted text.</summary>
    public const string AddSecret =
        """
        INSERT INTO application_secrets (organization_id, application_id, secret_id, created_at, master_key_id, sealed)
        SELECT organization_id, application_id, $4, $5, $6, $7
        FROM applications
        WHERE organization_id = $1 AND application_id = $2 AND change_id = $3
        """;

    /// <summary>Organization, application, change, time.</summary>
    public const string Revoke =
        """
        UPDATE applications SET change_id = $3, revoked_at = $4
        WHERE organization_id = $1 AND application_id = $2 AND revoked_at IS NULL
        """;

    /// <summary>Removes all secrets. Organization, application, change.</summary>
    public const string RemoveSecrets =
        $"DELETE FROM application_secrets WHERE organization_id = $1 AND application_id = $2 AND {Changed}";

    /// <summary>Records a change that took place.</summary>
    public static readonly string Record = AuditSql.RecordChangeOf("applications", "application_id");
}
