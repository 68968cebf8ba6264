using Npgsql;
using Profiles.Core.Errors;
using Profiles.Core.Identity;
using Profiles.Core.Storage;
using Profiles.Postgres.Connections;

namespace Profiles.Postgres.Profiles;

/// <summary>Sends writes to the database, again where they met another one on the way, and reads what became of them.</summary>
/// <param name="transactions">Sends them.</param>
internal sealed class WriteExecutor(TransactionRunner transactions)
{
    // Two writes that meet are rare, and meeting five times in a row means that something else is wrong.
    private const int MaxAttempts = 5;

    public async Task<IReadOnlyList<WriteOutcome>> WriteAsync(
        OrganizationId organization, IReadOnlyList<ProfileWrite> writes, CancellationToken cancellationToken)
    {
        var outcomes = new WriteOutcome?[writes.Count];
        var pending = InOrder(writes, write => write.User, write => write.Patch.Username?.Forms?.Key);
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

    public async Task<IReadOnlyList<WriteOutcome>> DeleteManyAsync(
        OrganizationId organization, IReadOnlyList<(UserId User, ProfileDelete Delete)> deletes, CancellationToken cancellationToken)
    {
        var outcomes = new WriteOutcome?[deletes.Count];
        var pending = InOrder(deletes, delete => delete.User, _ => null);
        for (var attempt = 1; pending.Count > 0; attempt++)
        {
            var batch = new DeleteManyBatch(organization, pending.ConvertAll(i => deletes[i]));
            var results = await SendAsync(batch.Build, batch.ReadAsync, attempt, cancellationToken);
            for (var i = 0; i < results.Count; i++)
                outcomes[pending[i]] = results[i];
            pending.RemoveAll(i => outcomes[i] is not null);
        }

        return outcomes!;
    }

    // Batches that meet lock in the same order: that of the names that they claim, then that of their users.
    private static List<int> InOrder<T>(IReadOnlyList<T> writes, Func<T, UserId> userOf, Func<T, string?> nameOf) =>
        [.. Enumerable.Range(0, writes.Count)
            .OrderBy(i => nameOf(writes[i]), StringComparer.Ordinal)
            .ThenBy(i => userOf(writes[i]).Value, StringComparer.Ordinal)];

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
            return await transactions.RunAsync(build, read, cancellationToken);
        }
        catch (ProfilesException exception)
            when (exception.InnerException is { } cause && StorageErrors.IsConflict(cause) && attempt < MaxAttempts)
        {
            return [];
        }
    }
}
