using Npgsql;
using Profiles.Core.Audit;
using Profiles.Core.Identity;
using Profiles.Core.Usernames;
using Profiles.Postgres.Audit;
using Profiles.Postgres.Profiles;

namespace Profiles.Postgres.Usernames;

/// <summary>Replaces one organization's denylist, on a connection of its own.</summary>
/// <param name="connection">The connection. It has the lock of the denylist until it is closed.</param>
/// <param name="organization">The organization.</param>
internal sealed class DenylistReplacement(NpgsqlConnection connection, OrganizationId organization)
{
    // So many that a part is quick, and that nobody waits long who asks for one of its names.
    private const int PartSize = 10_000;

    // Others may wait for these rows even if they ask for other names.
    private const int PartSizeWithRows = 1_000;

    // A million names on a slow disk.
    private const int PatienceSeconds = 300;

    private const int ShortPatienceSeconds = 5;

    private long generation;

    /// <summary>Whether there may be something to undo if it breaks off.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>
    /// Carries it out. When it breaks off, <see cref="UndoAsync"/> has to follow, on whichever connection; the organization's row says so.
    /// </summary>
    public async Task<ReplaceOutcome> RunAsync(
        IReadOnlyCollection<DeniedName> names, AuditEvent recorded, CancellationToken cancellationToken)
    {
        await ExecuteAsync(DenylistSql.LockListForSession, cancellationToken, Organization);
        await UndoAsync(cancellationToken);
        await ExecuteAsync(ReplacementSql.CreateStaging, cancellationToken);
        var sorted = Sort(names);
        await DenylistCopy.FillStagingAsync(connection, sorted, cancellationToken);
        await ExecuteAsync(ReplacementSql.PrepareStaging, cancellationToken);
        HasBegun = true;
        await ExecuteAsync(ReplacementSql.Begin, cancellationToken, Organization);
        await AddAsync(sorted, cancellationToken);
        // Claims that did not see the new names have ended after this.
        await ExecuteAsync(DenylistSql.StopClaims, cancellationToken, Organization);
        var inUse = await ReadInUseAsync(cancellationToken);
        if (inUse.Count > 0)
            await UndoAsync(cancellationToken);
        else
            await SwitchAsync(recorded);
        return new ReplaceOutcome(inUse);
    }

    /// <summary>Takes the lock, unless somebody else has it after a moment.</summary>
    public async Task LockSoonAsync(CancellationToken cancellationToken)
    {
        await using var command = Command(DenylistSql.LockListForSession, Organization);
        command.CommandTimeout = ShortPatienceSeconds;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Takes the lock, unless somebody else has it: then false.</summary>
    public async Task<bool> TryLockAsync(CancellationToken cancellationToken)
    {
        await using var command = Command(DenylistSql.TryLockListForSession, Organization);
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    /// <summary>Undoes what an attempt has left, whoever's it was, if there is one. The lock is needed.</summary>
    public async Task UndoAsync(CancellationToken cancellationToken)
    {
        if (!await ReadStateAsync(cancellationToken))
            return;
        foreach (var sql in (string[])[ReplacementSql.UndoAdded, ReplacementSql.UndoInserted, ReplacementSql.UndoEnded])
            await ExecuteAsync(sql, cancellationToken, Organization, Generation);
        await ExecuteAsync(ReplacementSql.End, cancellationToken, Organization);
    }

    /// <summary>Leaves the connection as it was.</summary>
    public async Task CleanUpAsync()
    {
        await ExecuteAsync(ReplacementSql.DropStaging, CancellationToken.None);
        await ExecuteAsync(DenylistSql.UnlockList, CancellationToken.None, Organization);
    }

    private NpgsqlParameter Organization => Parameters.Text(organization.Value);

    private NpgsqlParameter Generation => Parameters.Bigint(generation);

    // Whether there may be something to undo.
    private async Task<bool> ReadStateAsync(CancellationToken cancellationToken)
    {
        await using var command = Command(ReplacementSql.ReadState, Organization);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
            return false;
        generation = reader.GetInt64(0);
        return reader.GetBoolean(1);
    }

    // By skeletons, so that each part meets few pages of the indexes. By keys, which are nearly in that order, the index of skeletons would
    // cost twice as much.
    private static DeniedName[] Sort(IReadOnlyCollection<DeniedName> names)
    {
        DeniedName[] sorted = [.. names];
        var order = Array.ConvertAll(sorted, name => name.Forms?.Skeleton ?? name.Key);
        Array.Sort(order, sorted, StringComparer.Ordinal);
        return sorted;
    }

    private async Task AddAsync(DeniedName[] names, CancellationToken cancellationToken)
    {
        var haveRows = await ReadWithRowsAsync(names.Length, cancellationToken);
        foreach (var part in names.Where((_, position) => haveRows[position]).Chunk(PartSizeWithRows))
            await AddPartAsync(part, cancellationToken);
        foreach (var part in names.Where((_, position) => !haveRows[position]).Chunk(PartSize))
        {
            if (!await TryAddNewAsync(part, cancellationToken))
                await AddPartAsync(part, cancellationToken);
        }
    }

    // Whether each name has a row.
    private async Task<bool[]> ReadWithRowsAsync(int count, CancellationToken cancellationToken)
    {
        await using var command = Command(ReplacementSql.ReadWithRows, Organization);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var haveRows = new bool[count];
        while (await reader.ReadAsync(cancellationToken))
            haveRows[reader.GetInt32(0)] = true;
        return haveRows;
    }

    // False when somebody got one of the names just now, or is getting it.
    private async Task<bool> TryAddNewAsync(DeniedName[] part, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        try
        {
            await ExecuteAsync(ReplacementSql.PrepareCopy, cancellationToken);
            await DenylistCopy.AddAsync(connection, organization, generation + 1, part, cancellationToken);
        }
        catch (PostgresException exception)
            when (exception.SqlState is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.LockNotAvailable)
        {
            return false;
        }

        await transaction.CommitAsync(cancellationToken);
        return true;
    }

    private async Task AddPartAsync(DeniedName[] part, CancellationToken cancellationToken)
    {
        await using var batch = connection.CreateBatch();
        batch.Timeout = PatienceSeconds;
        // Without BEGIN a batch is one transaction.
        batch.Add(ReplacementSql.DoNotWaitForDisk);
        batch.Add(ReplacementSql.AddPart, Organization, Generation, Parameters.Texts([.. part.Select(name => name.Key)]));
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<List<string>> ReadInUseAsync(CancellationToken cancellationToken)
    {
        await using var command = Command(ReplacementSql.ReadInUse, Organization);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await Rows.ReadTextsAsync(reader, cancellationToken);
    }

    private async Task SwitchAsync(AuditEvent recorded)
    {
        await using var batch = connection.CreateBatch();
        batch.Timeout = PatienceSeconds;
        // The organization's row is last: others wait for it.
        foreach (var sql in (ReadOnlySpan<string>)[ReplacementSql.FreeOthers, ReplacementSql.RemoveOthers, ReplacementSql.KeepForNobody])
            batch.Add(sql, Organization, Generation);
        batch.AddEvent(organization, recorded);
        batch.Add(ReplacementSql.Switch, Organization, Generation);
        await batch.ExecuteNonQueryAsync(CancellationToken.None);
    }

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken, params NpgsqlParameter[] parameters)
    {
        await using var command = Command(sql, parameters);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private NpgsqlCommand Command(string sql, params NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlCommand(sql, connection) { CommandTimeout = PatienceSeconds };
        command.Parameters.AddRange(parameters);
        return command;
    }
}
