using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Profiles.Core.Storage;
using Profiles.Postgres.Migrations;
using Profiles.Postgres.Tests.Database;

namespace Profiles.Postgres.Tests.Connections;

public class DatabaseProbeTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    private static int count;

    private ServiceProvider services = null!;

    private IDatabaseProbe Probe => services.GetRequiredService<IDatabaseProbe>();

    [SetUp]
    public async Task Create_an_empty_database()
    {
        var name = $"probed_{Interlocked.Increment(ref count)}";
        services = TestDatabase.ServicesOn(
            $"{await (await TestDatabase.GetAsync()).CreateDatabaseAsync(name)};Minimum Pool Size=3;Maximum Pool Size=3");
    }

    [TearDown]
    public async Task Close_connections() => await services.DisposeAsync();

    [Test]
    public async Task An_empty_database_lacks_the_schema_until_it_is_migrated()
    {
        Assert.That(await HasSchemaAsync(), Is.False);

        await MigrateAsync();

        Assert.That(await HasSchemaAsync(), Is.True);
    }

    [TestCase("DELETE FROM schema_migrations WHERE version = (SELECT max(version) FROM schema_migrations)", false)]
    [TestCase("DELETE FROM schema_migrations", false)]
    [TestCase("DROP TABLE schema_migrations", false)]
    [TestCase("INSERT INTO schema_migrations VALUES (9999, 'newer', now())", true)]
    public async Task A_schema_must_be_as_new_as_the_program_or_newer(string change, bool expected)
    {
        await MigrateAsync();
        await using var command = services.GetRequiredService<NpgsqlDataSource>().CreateCommand(change);
        await command.ExecuteNonQueryAsync();

        Assert.That(await HasSchemaAsync(), Is.EqualTo(expected));
    }

    [Test]
    public async Task A_pool_in_full_use_is_not_a_database_that_is_gone()
    {
        await MigrateAsync();
        var pool = services.GetRequiredService<NpgsqlDataSource>();
        await using var first = await pool.OpenConnectionAsync();
        await using var second = await pool.OpenConnectionAsync();
        await using var third = await pool.OpenConnectionAsync();

        Assert.That(await HasSchemaAsync(), Is.True);
    }

    [Test]
    public async Task A_connection_that_was_cut_meanwhile_is_replaced()
    {
        await MigrateAsync();
        Assert.That(await HasSchemaAsync(), Is.True);

        await using var cut = services.GetRequiredService<NpgsqlDataSource>().CreateCommand(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'profiles-health'");
        Assert.That(await cut.ExecuteScalarAsync(), Is.EqualTo(1));

        Assert.That(await HasSchemaAsync(), Is.True);
    }

    [TestCase("Host=/nonexistent;Username=profiles;Database=profiles")]
    [TestCase("Host=127.0.0.1;Port=1;Username=profiles;Database=profiles")]
    public async Task A_database_that_cannot_be_reached_is_an_exception(string connectionString)
    {
        await using var other = TestDatabase.ServicesOn(connectionString);

        Assert.That(
            async () => await other.GetRequiredService<IDatabaseProbe>().HasSchemaAsync(CancellationToken.None).WaitAsync(Timeout),
            Throws.InstanceOf<NpgsqlException>());
    }

    private Task<bool> HasSchemaAsync() => Probe.HasSchemaAsync(CancellationToken.None).WaitAsync(Timeout);

    private async Task MigrateAsync() => await services.GetRequiredService<Migrator>().MigrateAsync(CancellationToken.None);
}
