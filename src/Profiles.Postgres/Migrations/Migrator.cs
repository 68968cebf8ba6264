using Dapper;
using Npgsql;

namespace Profiles.Postgres.Migrations;

/// <summary>
/// Brings a database's schema to the version that this program knows. Safe to run from many instances at once: an advisory
/// lock lets one do the work while the others wait, and all of it happens in one transaction.
/// </summary>
/// <param name="dataSource">The database.</param>
/// <param name="clock">Tells when a migration was applied.</param>
public sealed class Migrator(NpgsqlDataSource dataSource, TimeProvider clock)
{
    // Any number will do as long as it stays the same: "profiles" in ASCII.
    private const long LockKey = 0x70726f66696c6573;

    private const string CreateTable =
        """
        CREATE TABLE IF NOT EXISTS schema_migrations (
            version    integer     PRIMARY KEY,
            name       text        NOT NULL,
            applied_at timestamptz NOT NULL
        )
        """;

    /// <summary>The version that this program knows.</summary>
    public static int KnownVersion => Migration.All[^1].Version;

    /// <summary>Applies what is missing and returns the names of what was applied, in order.</summary>
    /// <exception cref="SchemaTooNewException">The database was made by a newer program; nothing was done.</exception>
    public async Task<IReadOnlyList<string>> MigrateAsync(CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync(Command("SELECT pg_advisory_xact_lock(@LockKey)", new { LockKey }, cancellationToken));
        await connection.ExecuteAsync(Command(CreateTable, parameters: null, cancellationToken));

        var version = await connection.ExecuteScalarAsync<int?>("SELECT max(version) FROM schema_migrations") ?? 0;
        if (version > KnownVersion)
            throw new SchemaTooNewException(version, KnownVersion);

        var missing = Migration.All.Where(migration => migration.Version > version).ToList();
        foreach (var migration in missing)
            await ApplyAsync(connection, migration, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return missing.ConvertAll(migration => migration.Name);
    }

    private async Task ApplyAsync(NpgsqlConnection connection, Migration migration, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync(Command(migration.Sql, parameters: null, cancellationToken));
        await connection.ExecuteAsync(
            "INSERT INTO schema_migrations (version, name, applied_at) VALUES (@Version, @Name, @Now)",
            new { migration.Version, migration.Name, Now = clock.GetUtcNow().UtcDateTime });
    }

    // No time limit: a large table takes its time, and another instance that migrates is waited for.
    private static CommandDefinition Command(string sql, object? parameters, CancellationToken cancellationToken) =>
        new(sql, parameters, commandTimeout: 0, cancellationToken: cancellationToken);
}
