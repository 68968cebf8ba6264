using System.Globalization;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Profiles.Core.Fields;
using Profiles.Core.Identity;
using Profiles.Core.Storage;
using Profiles.Postgres.Migrations;
using Profiles.Postgres.Profiles;
using Profiles.Postgres.Tests.Database;
using Profiles.Postgres.Usernames;

namespace Profiles.Postgres.Tests.Profiles;

/// <summary>
/// How PostgreSQL carries out each statement: the choice must be right on tables that were never analyzed too, for a prepared
/// statement keeps its plan while they grow.
/// </summary>
[TestFixture(Tables.Empty)]
[TestFixture(Tables.OneOrganization)]
[TestFixture(Tables.Skewed)]
public class PlanTests(PlanTests.Tables tables)
{
    private const int Rows = 20_000;

    private static readonly OrganizationId Organization = OrganizationId.Parse("organization");

    private ServiceProvider services = null!;
    private NpgsqlConnection connection = null!;

    [OneTimeSetUp]
    public async Task Make_the_tables()
    {
        var database = await TestDatabase.GetAsync();
        services = TestDatabase.ServicesOn(await database.CreateDatabaseAsync($"plans_{tables}".ToLowerInvariant()));
        await services.GetRequiredService<Migrator>().MigrateAsync(CancellationToken.None);
        connection = await services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync();
        if (tables == Tables.Skewed)
            await FillAsync("'small-' || i", organizationSize: 1);
        if (tables != Tables.Empty)
            await FillAsync("'organization'", Rows);
    }

    [OneTimeTearDown]
    public async Task Close_connections()
    {
        await connection.DisposeAsync();
        await services.DisposeAsync();
    }

    [Test]
    public async Task Statements_of_a_write_use_the_primary_keys([Values(1, 100)] int count, [Values] bool generic)
    {
        await using var batch = new NpgsqlBatch(connection);
        new WriteBatch(Organization, [.. Enumerable.Range(1, count).Select(i => Write.To(
            User(i), patch => patch.Set(ProfileField.Nickname, "N"), Write.Revisions(1), Requests.New()))]).Build(batch);

        await UsePrimaryKeysAsync(batch, generic);
    }

    [Test]
    public async Task Statements_of_plain_writes_use_the_primary_keys([Values(1, 64)] int count, [Values] bool generic)
    {
        await using var batch = new NpgsqlBatch(connection);
        new WriteBatch(Organization, [.. Enumerable.Range(1, count).Select(i => Write.To(
            User(i), patch => patch.Set(ProfileField.Nickname, "N")))]).Build(batch);

        await UsePrimaryKeysAsync(batch, generic);
    }

    [Test]
    public async Task Statements_of_a_claim_look_names_up_by_whole_keys([Values] bool generic)
    {
        await using var batch = new NpgsqlBatch(connection);
        new WriteBatch(Organization, [Write.To(
            User(7), patch => patch.Set(ProfileField.PreferredUsername, "Zoë"), request: Requests.New())]).Build(batch);

        await UsePrimaryKeysAsync(batch, generic);
    }

    [Test]
    public async Task Statements_of_a_deletion_use_the_primary_keys([Values] bool generic)
    {
        await using var batch = new NpgsqlBatch(connection);
        new DeleteBatch(
            new ProfileKey(Organization, UserId.Parse(User(7))),
            new ProfileDelete(Write.Context(Write.Revisions(1), Requests.New(), time: null))).Build(batch);

        await UsePrimaryKeysAsync(batch, generic);
    }

    [Test]
    public async Task Reads_of_users_use_the_primary_key([Values] bool generic)
    {
        var users = Enumerable.Range(1, 100).Select(User).ToArray();
        await using var batch = new NpgsqlBatch(connection);
        batch.Add(ProfileSql.Get, Parameters.Text(Organization.Value), Parameters.Text(User(7)));
        batch.Add(ProfileSql.GetMany, Parameters.Text(Organization.Value), Parameters.Texts(users));
        foreach (var sql in new[] { ProfileSql.ListChangesNewestFirst, ProfileSql.ListChangesOldestFirst })
        {
            batch.Add(
                sql,
                Parameters.Text(Organization.Value),
                Parameters.Text(User(7)),
                Parameters.Integer(50),
                Parameters.Bigint(7));
        }

        await UsePrimaryKeysAsync(batch, generic);
    }

    [Test]
    public async Task Lists_go_along_their_index([Values] bool newestFirst, [Values] bool generic)
    {
        var command = Statement.Of(
            newestFirst ? ProfileSql.ListNewestFirst : ProfileSql.ListOldestFirst,
            Parameters.Text(Organization.Value),
            Parameters.Integer(50),
            Parameters.Time(Write.Noon.AddHours(1)),
            Parameters.Text(User(7)));

        var plan = await ExplainAsync(command, generic);

        Assert.That(plan, Does.Match("Index Scan( Backward)? using profiles_by_creation"));
        // Neither sorted nor filtered, so a page costs the same wherever it is.
        Assert.That(plan, Does.Not.Contain("Sort").And.Not.Contain("Filter"));
        Assert.That(plan, Does.Match(@"Index Cond: .*ROW\(created_at, user_id\)"));
    }

    [Test]
    public async Task Lists_by_page_count_along_their_index([Values] bool newestFirst, [Values] bool generic)
    {
        var command = Statement.Of(
            newestFirst ? ProfileSql.ListAtNewestFirst : ProfileSql.ListAtOldestFirst,
            Parameters.Text(Organization.Value),
            Parameters.Integer(20),
            Parameters.Integer(100));

        var plan = await ExplainAsync(command, generic);

        Assert.That(plan, Does.Match("Index (Only )?Scan( Backward)? using profiles_by_creation"));
        Assert.That(plan, Does.Contain("using profiles_pkey").And.Not.Contain("Seq Scan"));
    }

    [Test]
    public async Task The_denylist_goes_along_its_index([Values] bool generic)
    {
        var command = Statement.Of(
            DenylistSql.List,
            Parameters.Text(Organization.Value),
            Parameters.Text("du1"),
            Parameters.Text("du1"),
            Parameters.Text("du10"),
            Parameters.Integer(50));

        var plan = await ExplainAsync(command, generic);

        // Both ends: what is beyond the prefix is not read.
        Assert.That(plan, Does.Match(@"Index Cond: .*key >= .*key < "), plan);
        Assert.That(plan, Does.Not.Contain("Sort"), plan);
    }

    [Test]
    public async Task Names_are_compared_with_the_denylist_one_by_one([Values] bool generic)
    {
        var command = Statement.Of(
            UniquenessSql.ReadDenied, Parameters.Text(Organization.Value), Parameters.Integer(50), Parameters.Smallint(3));

        var plan = await ExplainAsync(command, generic);

        // By pairs it would take as many steps as users times names.
        Assert.That(plan, Does.Not.Match("Join Filter: .*(key|look|skeleton) ="), plan);
    }

    /// <summary>What the statements meet.</summary>
    public enum Tables
    {
        Empty,
        OneOrganization,
        Skewed,
    }

    private static string User(int i) => string.Create(CultureInfo.InvariantCulture, $"u{i}");

    private async Task FillAsync(string organizationOf, int organizationSize) => await connection.ExecuteAsync(
        $"""
        INSERT INTO profiles (organization_id, user_id, revision, change_id, change_type, changed_fields, created_at, changed_at)
        SELECT {organizationOf}, 'u' || i % {organizationSize}, 1, gen_random_uuid(), 1, 0, @Noon + i * interval '1 second', @Noon
        FROM generate_series(1, @Rows) i;
        INSERT INTO profile_changes (organization_id, user_id, revision, change_type, changed_at, actor_type, actor_id,
            changed_fields, replaces_attributes)
        SELECT organization_id, user_id, revision, 1, changed_at, 2, 'test', 0, false
        FROM profiles ON CONFLICT DO NOTHING;
        INSERT INTO write_requests (organization_id, user_id, request_id, change_id, fingerprint, requested_at, outcome)
        SELECT organization_id, user_id, change_id, change_id, '', changed_at, to_jsonb(p)
        FROM profiles p ON CONFLICT DO NOTHING;
        INSERT INTO usernames (organization_id, key, small_look, capital_look, skeleton, owner_id, look_alikes)
        SELECT organization_id, 'n' || user_id, 'n' || user_id, 'n' || user_id, 'n' || user_id, user_id, 2 FROM profiles
        ON CONFLICT DO NOTHING;
        INSERT INTO usernames (organization_id, key, small_look, capital_look, skeleton, denied_since)
        SELECT organization_id, 'd' || user_id, 's' || user_id, 'c' || user_id, 'k' || user_id, 0 FROM profiles
        ON CONFLICT DO NOTHING;
        INSERT INTO pictures (organization_id, picture_id, files_id, place, has_original, used_at)
        SELECT organization_id, user_id, change_id, 1, false, changed_at FROM profiles ON CONFLICT DO NOTHING;
        INSERT INTO abandoned_picture_files (organization_id, files_id, place, due_at)
        SELECT organization_id, change_id, 1, changed_at FROM profiles ON CONFLICT DO NOTHING;
        ANALYZE profiles, profile_changes, write_requests, usernames, pictures, abandoned_picture_files
        """,
        new { Write.Noon, Rows });

    private async Task UsePrimaryKeysAsync(NpgsqlBatch batch, bool generic)
    {
        var commands = batch.BatchCommands.OfType<NpgsqlBatchCommand>().DistinctBy(command => command.CommandText);
        foreach (var command in commands.Where(command => command.Parameters.Count > 0))
        {
            var plan = await ExplainAsync(command, generic);
            Assert.That(plan, Does.Not.Contain("Seq Scan"), command.CommandText);
            Assert.That(plan, Does.Not.Contain("hashed SubPlan"), command.CommandText);
            // Of organizations the id is the whole key.
            var lines = plan.Split('\n');
            foreach (var (line, scan) in lines.Zip(lines.Skip(1)).Where(pair => pair.Second.Contains("Index Cond", StringComparison.Ordinal)))
            {
                var rest = line.Contains("organizations_pkey", StringComparison.Ordinal) ? string.Empty : "((user|request|owner|picture|files)_id|kept_for|key|look|skeleton|picture) =";
                Assert.That(scan, Does.Contain("organization_id =").And.Match(rest), $"{command.CommandText}\n{plan}");
            }

            if (!command.CommandText.StartsWith("INSERT", StringComparison.Ordinal))
                Assert.That(plan, Does.Match("Scan (Backward )?(using|on) ([a-z_]+_pkey|write_requests_by_user|usernames_by_(last_)?owner|profiles_by_picture)"), $"{command.CommandText}\n{plan}");
        }
    }

    /// <summary>A statement's plan for its parameters, or the one that a prepared statement has for all parameters.</summary>
    private async Task<string> ExplainAsync(NpgsqlBatchCommand command, bool generic)
    {
        if (!generic)
        {
            await using var explain = new NpgsqlCommand($"EXPLAIN {command.CommandText}", connection);
            foreach (NpgsqlParameter parameter in command.Parameters)
                explain.Parameters.Add(parameter.Clone());
            return await ReadAsync(explain);
        }

        var types = string.Join(", ", command.Parameters.Select(parameter => parameter.DataTypeName));
        var nulls = string.Join(", ", command.Parameters.Select(_ => "NULL"));
        await connection.ExecuteAsync(
            $"SET plan_cache_mode = force_generic_plan; PREPARE explained ({types}) AS {command.CommandText}");
        await using var execute = new NpgsqlCommand($"EXPLAIN EXECUTE explained ({nulls})", connection);
        var plan = await ReadAsync(execute);
        await connection.ExecuteAsync("DEALLOCATE explained; RESET plan_cache_mode");
        return plan;
    }

    private static async Task<string> ReadAsync(NpgsqlCommand command)
    {
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync())
            lines.Add(reader.GetString(0));
        return string.Join('\n', lines);
    }
}
