using Npgsql;
using Profiles.Postgres.Profiles;

namespace Profiles.Postgres.Connections;

/// <summary>Runs single statements, each one round trip.</summary>
/// <param name="dataSource">The database.</param>
internal sealed class Queries(NpgsqlDataSource dataSource)
{
    // What nobody waits for.
    private static readonly TimeSpan CleanUpTimeout = TimeSpan.FromMinutes(10);

    /// <summary>The rows of a query.</summary>
    public Task<List<T>> ReadAsync<T>(string sql, CancellationToken cancellationToken, params NpgsqlParameter[] parameters) =>
        StorageErrors.TranslateAsync(
            async () =>
            {
                await using var command = CreateCommand(sql, parameters);
                await using var reader = await command.ExecuteReaderAsync(cancellationToken);
                return await Rows.ReadAsync<T>(reader, cancellationToken);
            });

    /// <summary>How many rows a statement changed.</summary>
    public Task<int> ExecuteAsync(string sql, CancellationToken cancellationToken, params NpgsqlParameter[] parameters) =>
        ExecuteAsync(CreateCommand(sql, parameters), cancellationToken);

    /// <summary>The same with the patience for a large table.</summary>
    public Task<int> CleanUpAsync(string sql, CancellationToken cancellationToken, params NpgsqlParameter[] parameters)
    {
        var command = CreateCommand(sql, parameters);
        command.CommandTimeout = (int)CleanUpTimeout.TotalSeconds;
        return ExecuteAsync(command, cancellationToken);
    }

    private static async Task<int> ExecuteAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using (command)
            return await StorageErrors.TranslateAsync(() => command.ExecuteNonQueryAsync(cancellationToken));
    }

    private NpgsqlCommand CreateCommand(string sql, NpgsqlParameter[] parameters)
    {
        var command = dataSource.CreateCommand(sql);
        command.Parameters.AddRange(parameters);
        return command;
    }
}
