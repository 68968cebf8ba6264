namespace Profiles.Postgres.Credentials;

/// <summary>The statements about signatures that were taken, and about encrypting secrets anew.</summary>
internal static class SecretSql
{
    /// <summary>Changes no row when the signature is known. Organization, application, signature, expiry.</summary>
    public const string TakeSignature =
        """
        INSERT INTO application_signatures (organization_id, application_id, signature, expires_at)
        VALUES ($1, $2, $3, $4)
        ON CONFLICT (organization_id, application_id, signature) DO NOTHING
        """;

    /// <summary>Now.</summary>
    public const string ForgetSignatures = "DELETE FROM application_signatures WHERE expires_at < $1";

    /// <summary>
    /// Secrets of all organizations that another master key encrypted. That master key; organization, application and secret to
    /// go on from; limit.
    /// </summary>
    public const string List =
        """
        SELECT organization_id, application_id, secret_id, master_key_id, sealed
        FROM application_secrets
        WHERE master_key_id <> $1 AND (organization_id, application_id, secret_id) > ($2, $3, $4)
        ORDER BY organization_id, application_id, secret_id
        LIMIT $5
        """;

    /// <summary>Organization, application, secret, encrypted text so far, master key, encrypted text.</summary>
    public const string Replace =
        """
        UPDATE application_secrets SET master_key_id = $5, sealed = $6
        WHERE organization_id = $1 AND application_id = $2 AND secret_id = $3 AND sealed = $4
        """;
}
