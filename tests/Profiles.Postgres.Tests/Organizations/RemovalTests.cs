using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Profiles.Core.Identity;
using Profiles.Core.Organizations;
using Profiles.Postgres.Migrations;
using Profiles.Postgres.Organizations;
using Profiles.Postgres.Tests.Database;

namespace Profiles.Postgres.Tests.Organizations;

/// <summary>What a deleted organization leaves behind is removed by one instance at a time, and nothing of others with it.</summary>
public class RemovalTests
{
    private const int Rows = 2500;

    private static readonly DateTime Deletion = new(2026, 1, 1, 12, 0, 0, DateTimeKind.Utc);

    private static int count;

    private ServiceProvider services = null!;

    private NpgsqlDataSource Database => services.GetRequiredService<NpgsqlDataSource>();

    private IOrganizationStore Store => services.GetRequiredService<IOrganizationStore>();

    // A database of its own: what others delete is none of these tests' business.
    [SetUp]
    public async Task Create_a_database_with_two_organizations()
    {
        services = TestDatabase.ServicesOn(await (await TestDatabase.GetAsync()).CreateDatabaseAsync($"removal_{Interlocked.Increment(ref count)}"));
        await services.GetRequiredService<Migrator>().MigrateAsync(default);
        await ExecuteAsync("INSERT INTO organizations (organization_id, revision, change_id, changed_fields, created_at, changed_at, deleted_at, display_name, settings) VALUES ('gone', 2, gen_random_uuid(), '{}', now(), now(), '2026-01-01 12:00Z', '', '{}'), ('here', 1, gen_random_uuid(), '{}', now(), now(), NULL, '', '{}')");
        foreach (var (organization, rows) in ((string, int)[])[("gone", Rows), ("here", 10)])
        {
            await ExecuteAsync($"INSERT INTO profiles (organization_id, user_id, revision, change_id, change_type, changed_fields, created_at, changed_at) SELECT '{organization}', 'user-' || i, 1, gen_random_uuid(), 1, 0, now(), now() FROM generate_series(1, {rows}) i");
            await ExecuteAsync($"INSERT INTO profile_changes (organization_id, user_id, revision, change_type, changed_at, actor_type, actor_id, changed_fields, replaces_attributes) SELECT organization_id, user_id, 1, 1, now(), 2, 'x', 0, false FROM profiles WHERE organization_id = '{organization}'");
            await ExecuteAsync($"INSERT INTO write_requests (organization_id, user_id, request_id, change_id, fingerprint, requested_at) SELECT organization_id, user_id, gen_random_uuid(), change_id, '', now() FROM profiles WHERE organization_id = '{organization}'");
            await ExecuteAsync($"INSERT INTO audit_events (organization_id, event_id, happened_at, action, resource_id, changed_fields, actor_type, actor_id) VALUES ('{organization}', gen_random_uuid(), now(), 3, '{organization}', '{{}}', 2, 'x')");
            foreach (var table in RemovalSql.Tables.Except(["profiles", "profile_changes", "write_requests"]))
                await InsertAsync(table, organization);
        }
    }

    [TearDown]
    public async Task Close_connections() => await services.DisposeAsync();

    [Test]
    public async Task All_rows_go_and_then_the_organization_and_the_events_stay()
    {
        var removed = await Store.RemoveDeletedAsync(Deletion.AddSeconds(1), default);

        Assert.That(removed, Is.EqualTo((OrganizationId[])[OrganizationId.Parse("gone")]));
        foreach (var table in RemovalSql.Tables.Append("organizations"))
        {
            Assert.That(await CountAsync(table, "gone"), Is.Zero, table);
            Assert.That(await CountAsync(table, "here"), Is.Positive, table);
        }

        Assert.That(await CountAsync("audit_events", "gone"), Is.EqualTo(1));
    }

    [Test]
    public async Task The_id_stays_taken_as_long_as_a_late_request_could_still_write()
    {
        Assert.That(await Store.RemoveDeletedAsync(Deletion, default), Is.Empty);

        Assert.That(await CountAsync("profiles", "gone"), Is.Zero);
        Assert.That(await CountAsync("organizations", "gone"), Is.EqualTo(1));
    }

    [Test]
    public async Task While_another_instance_is_at_it_nothing_is_done()
    {
        await using var other = await Database.OpenConnectionAsync();
        await using var transaction = await other.BeginTransactionAsync();
        Assert.That(await other.ExecuteScalarAsync<bool>(RemovalSql.TryLock));

        Assert.That(await Store.RemoveDeletedAsync(Deletion.AddSeconds(1), default), Is.Empty);
        Assert.That(await CountAsync("profiles", "gone"), Is.EqualTo(Rows));

        // As a crash lets go of it.
        await transaction.RollbackAsync();
        Assert.That(await Store.RemoveDeletedAsync(Deletion.AddSeconds(1), default), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_removal_that_was_interrupted_goes_on()
    {
        await ExecuteAsync("DELETE FROM write_requests WHERE organization_id = 'gone'");
        await ExecuteAsync("DELETE FROM profiles WHERE organization_id = 'gone' AND user_id > 'user-2'");

        Assert.That(await Store.RemoveDeletedAsync(Deletion.AddSeconds(1), default), Has.Count.EqualTo(1));
        Assert.That(await CountAsync("profile_changes", "gone"), Is.Zero);
    }

    [Test]
    public async Task Every_table_of_organizations_is_on_the_list()
    {
        await using var connection = await Database.OpenConnectionAsync();
        var tables = await connection.QueryAsync<string>(
            "SELECT table_name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'organization_id'");

        Assert.That(tables, Is.EquivalentTo((string[])[.. RemovalSql.Tables, "organizations", "audit_events"]));
    }

    // A row of whatever columns the table has.
    private async Task InsertAsync(string table, string organization)
    {
        await using var connection = await Database.OpenConnectionAsync();
        var columns = (await connection.QueryAsync<(string Name, string Type)>(
            $"SELECT column_name, data_type FROM information_schema.columns WHERE table_name = '{table}' AND is_nullable = 'NO' AND column_default IS NULL")).ToList();
        var values = columns.Select(column => column.Name == "organization_id" ? $"'{organization}'" : ValueOf(column.Type, organization));
        await ExecuteAsync($"INSERT INTO {table} ({string.Join(", ", columns.Select(column => column.Name))}) VALUES ({string.Join(", ", values)})");
    }

    private static string ValueOf(string type, string organization) => type switch
    {
        "text" => $"'of-{organization}'",
        "uuid" => "gen_random_uuid()",
        "bytea" => $"convert_to('{organization}', 'UTF8')",
        "boolean" => "false",
        "timestamp with time zone" => "now()",
        "jsonb" or "ARRAY" => "'{}'",
        _ => "1",
    };

    private async Task ExecuteAsync(string sql)
    {
        await using var command = Database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<long> CountAsync(string table, string organization)
    {
        await using var command = Database.CreateCommand($"SELECT count(*) FROM {table} WHERE organization_id = '{organization}'");
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
