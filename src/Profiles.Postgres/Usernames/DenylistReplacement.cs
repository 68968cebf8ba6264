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
    // So many that a part is quick, and that nobody waits long for one of its rows.
    private const int PartSize = 10_000;

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
        await DenylistStaging.FillAsync(connection, names, cancellationToken);
        await ExecuteAsync(ReplacementSql.PrepareStaging, cancellationToken);
        HasBegun = true;
        await ExecuteAsync(ReplacementSql.Begin, cancellationToken, Organization);
        await AddAsync(names.Count, cancellationToken);
        // Claims that did not see the new names have ended after this.
        await ExecuteAsync(DenylistSql.StopClaims, cancellationToken, Organization);
        var inUse = await ReadInUseAsync(cancellationToken);
        if (inUse.Count > 0)
            await UndoAsync(cancellationToken);
        else
            await SwitchAsync(recorded, cancellationToken);
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

    /// <summary>Removes what a list that was replaced has left.</summary>
    public Task RemoveEndedAsync() => ExecuteAsync(ReplacementSql.RemoveEnded, CancellationToken.None, Organization, Generation);

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

    private async Task AddAsync(int count, CancellationToken cancellationToken)
    {
        var withRows = await ReadPartsWithRowsAsync(cancellationToken);
        for (var part = 0; part * PartSize < count; part++)
        {
            if (withRows.Contains(part) || !await TryAddNewAsync(part, cancellationToken))
                await AddPartAsync(ReplacementSql.AddPart, part, cancellationToken);
        }
    }

    private async Task<HashSet<int>> ReadPartsWithRowsAsync(CancellationToken cancellationToken)
    {
        await using var command = Command(ReplacementSql.ReadPartsWithRows, Organization, Parameters.Integer(PartSize));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var parts = new HashSet<int>();
        while (await reader.ReadAsync(cancellationToken))
            parts.Add(reader.GetInt32(0));
        return parts;
    }

    // False when somebody got one of the names just now.
    private async Task<bool> TryAddNewAsync(int part, CancellationToken cancellationToken)
    {
        try
        {
            await AddPartAsync(ReplacementSql.AddNewPart, part, cancellationToken);
            return true;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return false;
        }
    }

    private Task AddPartAsync(string sql, int part, CancellationToken cancellationToken) => ExecuteAsync(
        sql, cancellationToken, Organization, Generation, Parameters.Integer(part * PartSize), Parameters.Integer((part + 1) * PartSize));

    private async Task<List<string>> ReadInUseAsync(CancellationToken cancellationToken)
    {
        await using var command = Command(ReplacementSql.ReadInUse, Organization);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await Rows.ReadTextsAsync(reader, cancellationToken);
    }

    private async Task SwitchAsync(AuditEvent recorded, CancellationToken cancellationToken)
    {
        await ExecuteAsync(ReplacementSql.EndOthers, cancellationToken, Organization, Generation);
        await using var batch = connection.CreateBatch();
        batch.Add(ReplacementSql.KeepForNobody, Organization, Generation);
        batch.Add(ReplacementSql.Switch, Organization, Generation);
        batch.AddEvent(organization, recorded);
        // Without BEGIN a batch is one transaction.
        await batch.ExecuteNonQueryAsync(CancellationToken.None);
        generation++;
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
