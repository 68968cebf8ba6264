using Npgsql;
using NpgsqlTypes;
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
        await StageAsync(names, cancellationToken);
        HasBegun = true;
        await ExecuteAsync(ReplacementSql.Begin, cancellationToken, Organization);
        for (var position = 0; position < names.Count; position += PartSize)
        {
            await ExecuteAsync(
                ReplacementSql.AddPart,
                cancellationToken,
                Organization,
                Generation,
                Parameters.Integer(position),
                Parameters.Integer(position + PartSize));
        }

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

    /// <summary>Undoes what an attempt has left, whoever's it was. The lock is needed.</summary>
    public async Task UndoAsync(CancellationToken cancellationToken)
    {
        generation = await ReadGenerationAsync(cancellationToken);
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

    private async Task<long> ReadGenerationAsync(CancellationToken cancellationToken)
    {
        await using var command = Command(ReplacementSql.ReadGeneration, Organization);
        return await command.ExecuteScalarAsync(cancellationToken) is long current ? current : 0;
    }

    private async Task StageAsync(IReadOnlyCollection<DeniedName> names, CancellationToken cancellationToken)
    {
        await ExecuteAsync(ReplacementSql.CreateStaging, cancellationToken);
        await using (var writer = await connection.BeginBinaryImportAsync(ReplacementSql.CopyToStaging, cancellationToken))
        {
            var position = 0;
            // In the order of keys, so that each part meets few pages of the indexes.
            foreach (var name in names.OrderBy(name => name.Key, StringComparer.Ordinal))
                await WriteAsync(writer, position++, name, cancellationToken);
            await writer.CompleteAsync(cancellationToken);
        }

        await ExecuteAsync(ReplacementSql.PrepareStaging, cancellationToken);
    }

    private static async Task WriteAsync(
        NpgsqlBinaryImporter writer, int position, DeniedName name, CancellationToken cancellationToken)
    {
        await writer.StartRowAsync(cancellationToken);
        await writer.WriteAsync(position, NpgsqlDbType.Integer, cancellationToken);
        foreach (var text in (string?[])[name.Key, name.Forms?.SmallLook, name.Forms?.CapitalLook, name.Forms?.Skeleton, name.Text])
        {
            if (text is null)
                await writer.WriteNullAsync(cancellationToken);
            else
                await writer.WriteAsync(text, NpgsqlDbType.Text, cancellationToken);
        }
    }

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
