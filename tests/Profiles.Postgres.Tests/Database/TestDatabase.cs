using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Profiles.Core.Storage;
using Profiles.Postgres.Embedded;
using Profiles.Postgres.Migrations;
using Profiles.Postgres.Tests.Embedded;

namespace Profiles.Postgres.Tests.Database;

/// <summary>One PostgreSQL for all tests of the store, started by the first of them.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private static readonly Lazy<Task<TestDatabase>> Shared = new(StartAsync);

    private readonly Workspace place;
    private readonly EmbeddedPostgres server;
    private readonly ServiceProvider services;

    private TestDatabase(Workspace place, EmbeddedPostgres server)
    {
        this.place = place;
        this.server = server;
        services = ServicesOn(ConnectionString);
    }

    /// <summary>
    /// Connects to a database with the schema. Its commits do not wait for the disk: nothing here survives anyway.
    /// </summary>
    public string ConnectionString => $"{server.ConnectionString};Options=-c synchronous_commit=off";

    public NpgsqlDataSource DataSource => services.GetRequiredService<NpgsqlDataSource>();

    public IProfileStore Store => services.GetRequiredService<IProfileStore>();

    public static Task<TestDatabase> GetAsync() => Shared.Value;

    public static async Task StopAsync()
    {
        if (Shared.IsValueCreated)
            await (await Shared.Value).DisposeAsync();
    }

    /// <summary>What a server has, on a database of the caller's choice.</summary>
    public static ServiceProvider ServicesOn(string connectionString, ILoggerFactory? loggers = null) =>
        new ServiceCollection()
            .AddSingleton(TimeProvider.System)
            .AddSingleton(loggers ?? NullLoggerFactory.Instance)
            .AddSingleton(typeof(ILogger<>), typeof(Logger<>))
            .AddPostgresStore(connectionString)
            .BuildServiceProvider();

    /// <summary>What a server has, with settings of the test's own: <c>Maximum Pool Size=1</c>.</summary>
    public ServiceProvider ServicesWith(string settings, ILoggerFactory? loggers = null) =>
        ServicesOn($"{ConnectionString};{settings}", loggers);

    /// <summary>Connects to a new, empty database.</summary>
    public async Task<string> CreateDatabaseAsync(string name)
    {
        await using var command = DataSource.CreateCommand($"CREATE DATABASE {name}");
        await command.ExecuteNonQueryAsync();
        return new NpgsqlConnectionStringBuilder(ConnectionString) { Database = name }.ConnectionString;
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await server.DisposeAsync();
        await place.DisposeAsync();
    }

    private static async Task<TestDatabase> StartAsync()
    {
        var folder = new Workspace();
        var database = new TestDatabase(folder, await folder.StartAsync());
        await database.services.GetRequiredService<Migrator>().MigrateAsync(CancellationToken.None);
        return database;
    }
}
