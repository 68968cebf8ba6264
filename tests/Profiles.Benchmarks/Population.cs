using System.Globalization;
using Npgsql;

namespace Profiles.Benchmarks;

/// <summary>Makes the records that are measured, in the database itself: millions would take too long through the API.</summary>
internal sealed class Population(NpgsqlDataSource database)
{
    /// <summary>The organization of the embedded mode.</summary>
    public const string Organization = "demo";

    /// <summary>What the ids of users begin with; eight digits follow.</summary>
    public const string UserPrefix = "user-";

    private const int StepSize = 250_000;

    // created_at differs, as it does in life. The bits of changed_fields are those of the fields that have a value.
    private const string Insert =
        """
        WITH k AS MATERIALIZED (
            SELECT 'user-' || lpad(i::text, 8, '0') AS user_id, 'n' || lpad(i::text, 12, '0') AS name,
                timestamptz '2024-01-01' + i * interval '1 second' AS time
            FROM generate_series($2::int, $3::int - 1) i),
        created AS (
            INSERT INTO profiles (organization_id, user_id, revision, change_id, change_type, changed_fields, created_at, changed_at,
                given_name, family_name, locale, attributes, preferred_username)
            SELECT $1, user_id, 1, gen_random_uuid(), 1, 100663334, time, time, 'Alice', 'Liddell', 'en-GB', '{"tier":"gold"}', name
            FROM k),
        recorded AS (
            INSERT INTO profile_changes (organization_id, user_id, revision, change_type, changed_at, actor_type, actor_id,
                changed_fields, replaces_attributes, patch)
            SELECT $1, user_id, 1, 1, time, 2, 'benchmark', 100663334, false,
                jsonb_build_object('given_name', 'Alice', 'family_name', 'Liddell', 'locale', 'en-GB',
                    'attributes', '{"tier":"gold"}'::jsonb, 'preferred_username', name)
            FROM k)
        INSERT INTO usernames (organization_id, key, small_look, capital_look, skeleton, owner_id, look_alikes)
        SELECT $1, name, name, name, translate(name, '01', 'oi'), user_id, 2
        FROM k
        """;

    private const string Lengthen =
        """
        WITH called AS (
            UPDATE profiles SET revision = revision + $3
            WHERE organization_id = $1 AND user_id < 'user-' || lpad($2::text, 8, '0')
            RETURNING user_id, revision - $3 AS before)
        INSERT INTO profile_changes (organization_id, user_id, revision, change_type, changed_at, actor_type, actor_id,
            changed_fields, replaces_attributes, patch)
        SELECT $1, user_id, before + n, 2, now(), 2, 'benchmark', 8, false, jsonb_build_object('nickname', 'n' || n)
        FROM called, generate_series(1, $3::int) n
        """;

    // After a checkpoint the first change of a page logs all of it. Nearly every page that sets change is changed once: what is measured is
    // then what it is most of the time.
    private const string ChangePages =
        """
        UPDATE profiles SET revision = revision WHERE hashtext(user_id) % 8 = 0;
        UPDATE profile_changes SET revision = revision WHERE revision = 1 AND hashtext(user_id) % 32 = 0
        """;

    // Scans of whole tables leave nothing in memory.
    private const string ReadByKey =
        """
        BEGIN;
        SET LOCAL enable_seqscan = off;
        SET LOCAL enable_bitmapscan = off;
        SET LOCAL max_parallel_workers_per_gather = 0;
        SELECT count(revision) FROM profile_changes WHERE organization_id = 'demo';
        SELECT count(nickname) FROM profiles WHERE organization_id = 'demo' AND user_id > '';
        COMMIT
        """;

    /// <summary>Makes users until there are as many, each with a profile, a first change and a username.</summary>
    public async Task GrowAsync(int from, int to)
    {
        for (var at = from; at < to; at += StepSize)
            await RunAsync(Insert, Organization, at, Math.Min(at + StepSize, to));
        await SettleAsync();
    }

    /// <summary>Gives the first users more changes.</summary>
    public async Task LengthenHistoriesAsync(int users, int changes)
    {
        await RunAsync(Lengthen, Organization, users, changes);
        await SettleAsync();
    }

    /// <summary>
    /// Sees to it that neither a vacuum nor a checkpoint of what was made falls into what is measured, and that profiles are in the
    /// database's memory, as they are after a while.
    /// </summary>
    public async Task SettleAsync()
    {
        foreach (var table in (string[])["profiles", "profile_changes", "usernames"])
            await RunAsync(string.Create(CultureInfo.InvariantCulture, $"VACUUM (ANALYZE) {table}"));
        await RunAsync("CHECKPOINT");
        await RunAsync(ChangePages);
        await RunAsync(ReadByKey);
    }

    /// <summary>Gives the database settings for millions of profiles: it logs more before it makes a checkpoint.</summary>
    public async Task PostponeCheckpointsAsync()
    {
        await RunAsync("ALTER SYSTEM SET checkpoint_timeout = '30min'");
        await RunAsync("ALTER SYSTEM SET max_wal_size = '16GB'");
        await RunAsync("SELECT pg_reload_conf()");
    }

    private async Task RunAsync(string sql, params object[] values)
    {
        await using var command = database.CreateCommand(sql);
        command.CommandTimeout = 0;
        foreach (var value in values)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        await command.ExecuteNonQueryAsync();
    }
}
