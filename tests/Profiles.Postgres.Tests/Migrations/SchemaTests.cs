using Dapper;
using Profiles.Core.Fields;
using Profiles.Postgres.Tests.Database;

namespace Profiles.Postgres.Tests.Migrations;

/// <summary>Rules that let the tables be distributed by organization.</summary>
public class SchemaTests
{
    [Test]
    public async Task Every_unique_index_begins_with_the_organization()
    {
        var indexes = (await QueryAsync<(string Table, string Index, string Column)>(
            """
            SELECT c.relname, i.relname, a.attname
            FROM pg_index x
            JOIN pg_class c ON c.oid = x.indrelid
            JOIN pg_class i ON i.oid = x.indexrelid
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = x.indkey[0]
            WHERE c.relnamespace = 'public'::regnamespace AND x.indisunique
            """)).ToList();

        Assert.That(
            indexes.Select(index => index.Table),
            Is.SupersetOf(new[] { "profiles", "profile_changes", "write_requests", "schema_migrations" }));
        Assert.That(
            indexes.Where(index => index.Column != "organization_id").Select(index => index.Index),
            // What a request brings is looked up before its organization is known; see decision 9.
            Is.EquivalentTo(new[] { "schema_migrations_pkey", "api_key_hashes_pkey", "application_keys_pkey" }));
    }

    [Test]
    public async Task Every_table_has_a_primary_key() => Assert.That(
        await QueryAsync<string>(
            """
            SELECT relname FROM pg_class c
            WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
                AND NOT EXISTS (SELECT FROM pg_index x WHERE x.indrelid = c.oid AND x.indisprimary)
            """),
        Is.Empty);

    [Test]
    public async Task There_are_no_triggers_and_no_foreign_keys()
    {
        Assert.That(await QueryAsync<string>("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"), Is.Empty);
        Assert.That(await QueryAsync<string>("SELECT conname FROM pg_constraint WHERE contype = 'f'"), Is.Empty);
    }

    [Test]
    public async Task Identifiers_are_compared_byte_by_byte() => Assert.That(
        await QueryAsync<string>(
            """
            SELECT table_name || '.' || column_name FROM information_schema.columns
            WHERE table_schema = 'public' AND column_name IN ('organization_id', 'user_id')
                AND collation_name IS DISTINCT FROM 'C'
            """),
        Is.Empty);

    [Test]
    public async Task Every_field_has_a_column() => Assert.That(
        await QueryAsync<string>(
            "SELECT column_name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = 'profiles'"),
        Is.SupersetOf(ProfileFields.All.Select(field => field.Name)));

    private static async Task<IEnumerable<T>> QueryAsync<T>(string sql)
    {
        await using var connection = await (await TestDatabase.GetAsync()).DataSource.OpenConnectionAsync();
        return await connection.QueryAsync<T>(sql);
    }
}
