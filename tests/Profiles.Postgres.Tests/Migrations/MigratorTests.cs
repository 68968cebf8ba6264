using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Profiles.Postgres.Migrations;
using Profiles.Postgres.Tests.Database;

namespace Profiles.Postgres.Tests.Migrations;

public class MigratorTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private static readonly string[] Names = [.. Migration.All.Select(migration => migration.Name)];

    private static int count;

    private ServiceProvider services = null!;

    [SetUp]
    public async Task Create_an_empty_database()
    {
        var name = $"migrations_{Interlocked.Increment(ref count)}";
        services = TestDatabase.ServicesOn(await (await TestDatabase.GetAsync()).CreateDatabaseAsync(name));
    }

    [TearDown]
    public async Task Close_connections() => await services.DisposeAsync();

    [Test]
    public async Task A_fresh_database_gets_every_migration_once()
    {
        var first = await MigrateAsync();
        var schema = await DescribeAsync();
        var second = await MigrateAsync();

        using var scope = Assert.EnterMultipleScope();
        Assert.That(first, Is.EqualTo(Names));
        Assert.That(second, Is.Empty);
        Assert.That(await DescribeAsync(), Is.EqualTo(schema));
        Assert.That(await QueryAsync("SELECT array_agg(name ORDER BY version) FROM schema_migrations"), Is.EqualTo(Names));
        Assert.That(await QueryAsync("SELECT max(version) FROM schema_migrations"), Is.EqualTo(Migrator.KnownVersion));
    }

    [Test]
    public void Migrations_are_numbered_from_one_without_gaps() => Assert.That(
        Migration.All.Select(migration => migration.Version), Is.EqualTo(Enumerable.Range(1, Names.Length)));

    [Test]
    public async Task Of_many_instances_at_once_one_does_the_work()
    {
        const int instances = 16;

        var applied = await Task.WhenAll(Enumerable.Range(0, instances).Select(_ => Task.Run(MigrateAsync))).WaitAsync(Timeout);

        Assert.That(applied.Count(names => names.SequenceEqual(Names)), Is.EqualTo(1));
        Assert.That(applied.Count(names => names.Count == 0), Is.EqualTo(instances - 1));
    }

    [Test]
    public async Task A_newer_schema_is_refused_and_left_alone()
    {
        await MigrateAsync();
        await QueryAsync($"INSERT INTO schema_migrations VALUES ({Migrator.KnownVersion + 1}, 'newer', now())");
        var schema = await DescribeAsync();

        Assert.That(
            async () => await MigrateAsync(),
            Throws.TypeOf<SchemaTooNewException>()
                .With.Message.Contains($"version {Migrator.KnownVersion + 1}")
                .And.Message.Contains($"up to {Migrator.KnownVersion}"));
        Assert.That(await DescribeAsync(), Is.EqualTo(schema));
    }

    [Test]
    public async Task A_migration_that_fails_leaves_nothing_behind()
    {
        await QueryAsync("CREATE TABLE write_requests (in_the_way text)");
        var schema = await DescribeAsync();

        Assert.That(async () => await MigrateAsync(), Throws.InstanceOf<PostgresException>());
        Assert.That(await DescribeAsync(), Is.EqualTo(schema));
    }

    private Task<IReadOnlyList<string>> MigrateAsync() =>
        services.GetRequiredService<Migrator>().MigrateAsync(CancellationToken.None);

    /// <summary>All that a migration can change, as one text.</summary>
    private Task<object?> DescribeAsync() => QueryAsync(
        """
        SELECT string_agg(line, E'\n' ORDER BY line) FROM (
            SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || coalesce(column_default, '')
            FROM information_schema.columns WHERE table_schema = 'public'
            UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public') AS lines (line)
        """);

    private async Task<object?> QueryAsync(string sql)
    {
        await using var command = services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
