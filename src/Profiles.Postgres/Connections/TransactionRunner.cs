using Microsoft.Extensions.Logging;
using Npgsql;
using Profiles.Postgres.Profiles;

namespace Profiles.Postgres.Connections;

/// <summary>
/// Sends transactions of one batch, in which BEGIN and COMMIT ride along. One that was sent is carried out whole or not at all, whoever
/// still waits for it.
/// </summary>
/// <param name="connections">The database.</param>
/// <param name="logger">Takes what goes wrong after a caller has left.</param>
internal sealed class TransactionRunner(WarmConnections connections, ILogger<TransactionRunner> logger)
{
    /// <summary>Sends a batch and reads its results.</summary>
    /// <exception cref="Core.Errors.ProfilesException">The database cannot be reached, or is too busy.</exception>
    public Task<T> RunAsync<T>(
        Action<NpgsqlBatch> build, Func<NpgsqlDataReader, Task<T>> read, CancellationToken cancellationToken) =>
        StorageErrors.TranslateAsync(() => LetCallerGoAsync(ExecuteAsync(build, read, cancellationToken), cancellationToken));

    private async Task<T> ExecuteAsync<T>(
        Action<NpgsqlBatch> build, Func<NpgsqlDataReader, Task<T>> read, CancellationToken cancellationToken)
    {
        await using var lease = await connections.RentAsync(cancellationToken);
        await using var batch = lease.Connection.CreateBatch();
        batch.Add("BEGIN");
        build(batch);
        batch.Add("COMMIT");
        try
        {
            await using var reader = await batch.ExecuteReaderAsync(CancellationToken.None);
            return await read(reader);
        }
        catch (NpgsqlException)
        {
            await RollBackAsync(lease.Connection);
            throw;
        }
    }

    private async Task<T> LetCallerGoAsync<T>(Task<T> transaction, CancellationToken cancellationToken)
    {
        try
        {
            return await transaction.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (!transaction.IsCompleted)
        {
            _ = transaction.ContinueWith(
                (failed, log) => PostgresLog.AbandonedWriteFailed((ILogger)log!, failed.Exception!.InnerException!),
                logger,
                CancellationToken.None,
                TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
                TaskScheduler.Default);
            throw;
        }
    }

    private async Task RollBackAsync(NpgsqlConnection connection)
    {
        try
        {
            await using var command = new NpgsqlCommand("ROLLBACK", connection);
            await command.ExecuteNonQueryAsync(CancellationToken.None);
        }
        catch (Exception exception) when (exception is NpgsqlException or InvalidOperationException)
        {
            // The connection is broken, and the server has rolled back by itself.
            PostgresLog.RollbackFailed(logger, exception);
        }
    }
}
