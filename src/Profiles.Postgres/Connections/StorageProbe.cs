using Npgsql;
using Profiles.Core.Storage;
using Profiles.Postgres.Migrations;

namespace Profiles.Postgres.Connections;

/// <summary>Asks the database for the version of its schema, which tells both that it answers and that it is migrated.</summary>
internal sealed class StorageProbe(NpgsqlDataSource dataSource) : IStorageProbe
{
    private const int TimeoutSeconds = 2;

    public async Task<bool> IsUsableAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var command = dataSource.CreateCommand("SELECT max(version) FROM schema_migrations");
            command.CommandTimeout = TimeoutSeconds;
            return await command.ExecuteScalarAsync(cancellationToken) is int version && version >= Migrator.KnownVersion;
        }
        catch (Exception exception) when (exception is NpgsqlException or OperationCanceledException or TimeoutException)
        {
            return false;
        }
    }
}
