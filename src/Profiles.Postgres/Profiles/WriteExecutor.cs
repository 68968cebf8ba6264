using Microsoft.Extensions.Logging;
using Npgsql;
using Profiles.Core.Errors;
using Profiles.Core.Identity;
using Profiles.Core.Storage;
using Profiles.Postgres.Connections;

namespace Profiles.Postgres.Profiles;

/// <summary>Sends writes to the database, again where they met another one on the way, and reads what became of them.</summary>
/// <param name="dataSource">The database.</param>
/// <param name="logger">Takes what goes wrong after a caller has left.</param>
internal sealed class WriteExecutor(NpgsqlDataSource dataSource, ILogger<WriteExecutor> logger)
{
    // Two writes that meet are rare, and meeting five times in a row means that something else is wrong.
    private const int MaxAttempts = 5;

    public async Task<IReadOnlyList<WriteOutcome>> WriteAsync(
        OrganizationId organization, IReadOnlyList<ProfileWrite> writes, CancellationToken cancellationToken)
    {
        var outcomes = new WriteOutcome?[writes.Count];
        // In the order of their users, so that batches that meet lock in the same order.
        var pending = Enumerable.Range(0, writes.Count).OrderBy(i => writes[i].User.Value, StringComparer.Ordinal).ToList();
        for (var attempt = 1; pending.Count > 0; attempt++)
        {
            var batch = new WriteBatch(organization, pending.ConvertAll(i => writes[i]));
            var results = await SendAgainAsync(batch, attempt, keepsOthers: pending.Count < writes.Count, cancellationToken);
            for (var i = 0; i < results.Count; i++)
                outcomes[pending[i]] = results[i];
            pending.RemoveAll(i => outcomes[i] is not null);
        }

        return outcomes!;
    }

    public async Task<WriteOutcome> DeleteAsync(
        ProfileKey key, ProfileDelete delete, CancellationToken cancellationToken)
    {
        var batch = new DeleteBatch(key, delete);
        for (var attempt = 1; ; attempt++)
        {
            if (await SendAsync(batch.Build, batch.ReadAsync, attempt, cancellationToken) is [{ } outcome])
                return outcome;
        }
    }

    // What was carried out must be told, even when the rest cannot be.
    private async Task<IReadOnlyList<WriteOutcome?>> SendAgainAsync(
        WriteBatch batch, int attempt, bool keepsOthers, CancellationToken cancellationToken)
    {
        try
        {
            return await SendAsync(batch.Build, batch.ReadAsync, attempt, cancellationToken);
        }
        catch (ProfilesException exception) when (keepsOthers && exception.Reason == ErrorReason.StorageUnavailable)
        {
            return batch.AllUnavailable();
        }
    }

    /// <summary>
    /// Sends one batch. A result that is null met another write between its own statements, as does a list that is empty:
    /// it has to be sent again.
    /// </summary>
    private async Task<IReadOnlyList<WriteOutcome?>> SendAsync(
        Action<NpgsqlBatch> build,
        Func<NpgsqlDataReader, Task<IReadOnlyList<WriteOutcome?>>> read,
        int attempt,
        CancellationToken cancellationToken)
    {
        if (attempt > MaxAttempts)
            throw new ProfilesException(ErrorReason.StorageUnavailable, "The profile is being changed too often. Try again.");

        try
        {
            return await StorageErrors.TranslateAsync(
                () => LetCallerGoAsync(ExecuteAsync(build, read, cancellationToken), cancellationToken), cancellationToken);
        }
        catch (ProfilesException exception)
            when (exception.InnerException is { } cause && StorageErrors.IsConflict(cause) && attempt < MaxAttempts)
        {
            return [];
        }
    }

    private async Task<IReadOnlyList<WriteOutcome?>> ExecuteAsync(
        Action<NpgsqlBatch> build,
        Func<NpgsqlDataReader, Task<IReadOnlyList<WriteOutcome?>>> read,
        CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        // Npgsql does not look when it has a connection at hand.
        cancellationToken.ThrowIfCancellationRequested();
        await using var batch = connection.CreateBatch();
        build(batch);
        try
        {
            // From here on the write is carried out, whoever still waits for it.
            await using var reader = await batch.ExecuteReaderAsync(CancellationToken.None);
            return await read(reader);
        }
        catch (NpgsqlException)
        {
            await RollBackAsync(connection);
            throw;
        }
    }

    private async Task<T> LetCallerGoAsync<T>(Task<T> write, CancellationToken cancellationToken)
    {
        try
        {
            return await write.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (!write.IsCompleted)
        {
            _ = write.ContinueWith(
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
