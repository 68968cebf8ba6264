using Microsoft.Extensions.Logging;
using Npgsql;

namespace Profiles.Postgres.Connections;

/// <summary>
/// Sends transactions of one batch. One that was sent is carried out whole or not at all, whoever still waits for it: the statements
/// between two Sync messages of PostgreSQL's protocol are one transaction, and a batch ends with its only one.
/// </summary>
/// <param name="dataSource">The database.</param>
/// <param name="logger">Takes what goes wrong after a caller has left.</param>
internal sealed class TransactionRunner(NpgsqlDataSource dataSource, ILogger<TransactionRunner> logger)
{
    /// <summary>Sends a batch and reads its results.</summary>
    /// <exception cref="Core.Errors.ProfilesException">The database cannot be reached, or is too busy.</exception>
    public Task<T> RunAsync<T>(
        Action<NpgsqlBatch> build, Func<NpgsqlDataReader, Task<T>> read, CancellationToken cancellationToken) =>
        StorageErrors.TranslateAsync(() => LetCallerGoAsync(ExecuteAsync(build, read, cancellationToken), cancellationToken));

    private async Task<T> ExecuteAsync<T>(
        Action<NpgsqlBatch> build, Func<NpgsqlDataReader, Task<T>> read, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        // Npgsql does not look when it has a connection at hand.
        cancellationToken.ThrowIfCancellationRequested();
        await using var batch = connection.CreateBatch();
        build(batch);
        await using var reader = await batch.ExecuteReaderAsync(CancellationToken.None);
        return await read(reader);
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
}
