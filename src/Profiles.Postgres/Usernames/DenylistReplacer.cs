using System.Data;
using Microsoft.Extensions.Logging;
using Npgsql;
using Profiles.Core.Audit;
using Profiles.Core.Identity;
using Profiles.Core.Usernames;
using Profiles.Postgres.Connections;

namespace Profiles.Postgres.Usernames;

/// <summary>
/// Replaces denylists, each all or nothing: an attempt that breaks off is undone at once, or else by <see cref="UndoUnfinishedAsync"/>
/// or the next replacement.
/// </summary>
/// <param name="dataSource">The database.</param>
/// <param name="queries">Reads.</param>
/// <param name="logger">Takes what could not be undone.</param>
internal sealed class DenylistReplacer(NpgsqlDataSource dataSource, Queries queries, ILogger<DenylistReplacer> logger)
{
    /// <summary>Makes the names the denylist, unless some are in use.</summary>
    public async Task<ReplaceOutcome> ReplaceAsync(
        OrganizationId organization, IReadOnlyCollection<DeniedName> names, AuditEvent recorded, CancellationToken cancellationToken)
    {
        var mayLeaveSomething = false;
        try
        {
            return await ConnectAsync(organization, RunAsync, cancellationToken);
        }
        catch when (mayLeaveSomething)
        {
            await UndoNowAsync(organization);
            throw;
        }

        async Task<ReplaceOutcome> RunAsync(DenylistReplacement replacement)
        {
            try
            {
                return await replacement.RunAsync(names, recorded, cancellationToken);
            }
            finally
            {
                mayLeaveSomething = replacement.HasBegun;
            }
        }
    }

    /// <summary>Undoes what broke off with its server, or could not be undone then. What is under way is left alone.</summary>
    /// <returns>How many organizations it was.</returns>
    public async Task<int> UndoUnfinishedAsync(CancellationToken cancellationToken)
    {
        var count = 0;
        foreach (var row in await queries.ReadAsync<ChangingRow>(ReplacementSql.ListChanging, cancellationToken))
        {
            var organization = OrganizationId.Parse(row.OrganizationId);
            if (await ConnectAsync(organization, replacement => TryUndoAsync(replacement, cancellationToken), cancellationToken))
            {
                PostgresLog.ReplacementUndone(logger, organization.Value);
                count++;
            }
        }

        return count;
    }

    // On a connection of its own: that of the attempt may be what broke. Who has gone away, or waits for an error, does not stop it.
    private async Task UndoNowAsync(OrganizationId organization)
    {
        try
        {
            await ConnectAsync(organization, UndoAsync, CancellationToken.None);
        }
        catch (Exception exception)
        {
            // What is to be told is why the attempt broke off.
            PostgresLog.ReplacementNotUndone(logger, organization.Value, exception);
        }
    }

    private static async Task<bool> UndoAsync(DenylistReplacement replacement)
    {
        await replacement.LockSoonAsync(CancellationToken.None);
        await replacement.UndoAsync(CancellationToken.None);
        return true;
    }

    private static async Task<bool> TryUndoAsync(DenylistReplacement replacement, CancellationToken cancellationToken)
    {
        if (!await replacement.TryLockAsync(cancellationToken))
            return false;
        await replacement.UndoAsync(cancellationToken);
        return true;
    }

    private async Task<T> ConnectAsync<T>(
        OrganizationId organization, Func<DenylistReplacement, Task<T>> operation, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var replacement = new DenylistReplacement(connection, organization);
        try
        {
            return await operation(replacement);
        }
        finally
        {
            if (connection.FullState == ConnectionState.Open)
                await CleanUpAsync(replacement, connection);
        }
    }

    // With the lock and the table of the replacement a connection must not be used again.
    private static async Task CleanUpAsync(DenylistReplacement replacement, NpgsqlConnection connection)
    {
        try
        {
            await replacement.CleanUpAsync();
        }
        catch
        {
            NpgsqlConnection.ClearPool(connection);
            throw;
        }
    }

    private sealed class ChangingRow
    {
        public string OrganizationId { get; set; } = string.Empty;
    }
}
