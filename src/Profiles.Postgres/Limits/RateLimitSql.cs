namespace Profiles.Postgres.Limits;

/// <summary>The statements about buckets.</summary>
internal static class RateLimitSql
{
    /// <summary>
    /// Takes tokens out of buckets of one organization. Organization; kinds, ids, classes, windows in seconds,
    /// and how long the tokens take to come back, in nanoseconds.
    /// </summary>
    /// <remarks>
    /// The database's clock counts, for those of servers differ. It is read once a statement, so that a bucket's answer,
    /// <c>full_at - charged_at</c>, depends on no other clock. In the order of keys, so that statements that meet wait for each
    /// other in one direction.
    /// </remarks>
    public const string Charge =
        """
        INSERT INTO rate_limit_buckets AS b
            (organization_id, credential_kind, credential_id, rate_class, window_seconds, charged_at, full_at)
        SELECT $1, k.kind, k.id, k.class, k.time, n.now, n.now + k.cost
        FROM (SELECT (extract(epoch FROM statement_timestamp()) * 1000000000)::bigint AS now) n,
            unnest($2, $3, $4, $5, $6) AS k (kind, id, class, time, cost)
        ORDER BY k.kind, k.id COLLATE "C", k.class, k.time
        ON CONFLICT (organization_id, credential_kind, credential_id, rate_class, window_seconds) DO UPDATE
        SET charged_at = excluded.charged_at,
            full_at = greatest(b.full_at, excluded.charged_at) + (excluded.full_at - excluded.charged_at)
        RETURNING credential_kind, credential_id, rate_class, window_seconds, full_at, charged_at
        """;

    /// <summary>Removes buckets that are full. Time in nanoseconds since 1970.</summary>
    public const string ForgetFull = "DELETE FROM rate_limit_buckets WHERE full_at < $1";
}
