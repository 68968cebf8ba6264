using Npgsql;
using Profiles.Core.Storage;
using Profiles.Postgres.Migrations;

namespace Profiles.Postgres.Connections;

/// <summary>Asks on a connection of its own, so that a pool in full use does not look like a database that is gone.</summary>
internal sealed class DatabaseProbe(string connectionString) : IDatabaseProbe, IAsyncDisposable
{
    private const string ReadVersion = "SELECT max(version) FROM schema_migrations";

    private readonly NpgsqlDataSource dataSource = DataSources.CreateForProbe(connectionString);

    public async Task<bool> HasSchemaAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await CompareVersionAsync(cancellationToken);
        }
        catch (NpgsqlException) when (!cancellationToken.IsCancellationRequested)
        {
            // A restart since the last time cut the connection; a new one tells.
            return await CompareVersionAsync(cancellationToken);
        }
    }

    public ValueTask DisposeAsync() => dataSource.DisposeAsync();

    private async Task<bool> CompareVersionAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(ReadVersion);
        try
        {
            return await command.ExecuteScalarAsync(cancellationToken) is int version && version >= Migrator.KnownVersion;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            return false;
        }
    }
}
