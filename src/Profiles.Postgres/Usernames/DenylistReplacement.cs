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

    private long generation;

    /// <summary>Carries it out. What an attempt leaves that breaks off, the next one undoes.</summary>
    public async Task<ReplaceOutcome> RunAsync(
        IReadOnlyCollection<DeniedName> names, AuditEvent recorded, CancellationToken cancellationToken)
    {
        await ExecuteAsync(DenylistSql.LockListForSession, cancellationToken, Organization);
        await StopClaimsAsync(cancellationToken);
        await UndoAsync(cancellationToken);
        await StageAsync(names, cancellationToken);
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
        await StopClaimsAsync(cancellationToken);
        var inUse = await ReadInUseAsync(cancellationToken);
        if (inUse.Count > 0)
            await UndoAsync(cancellationToken);
        else
            await SwitchAsync(recorded, cancellationToken);
        return new ReplaceOutcome(inUse);
    }

    /// <summary>Leaves the connection as it was.</summary>
    public async Task CleanUpAsync()
    {
        await ExecuteAsync(ReplacementSql.DropStaging, CancellationToken.None);
        await ExecuteAsync(DenylistSql.UnlockList, CancellationToken.None, Organization);
    }

    private NpgsqlParameter Organization => Parameters.Text(organization.Value);

    private NpgsqlParameter Generation => Parameters.Bigint(generation);

    private async Task StopClaimsAsync(CancellationToken cancellationToken)
    {
        await using var command = Command(DenylistSql.StopClaims, Organization);
        generation = await command.ExecuteScalarAsync(cancellationToken) is long current ? current : 0;
    }

    private async Task UndoAsync(CancellationToken cancellationToken)
    {
        await ExecuteAsync(ReplacementSql.UndoAdded, cancellationToken, Organization, Generation);
        await ExecuteAsync(ReplacementSql.UndoInserted, cancellationToken, Organization, Generation);
        await ExecuteAsync(ReplacementSql.UndoEnded, cancellationToken, Organization, Generation);
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
        batch.Add(ReplacementSql.Switch, Organization, Generation);
        batch.AddEvent(organization, recorded);
        // Without BEGIN a batch is one transaction.
        await batch.ExecuteNonQueryAsync(CancellationToken.None);
        generation++;
        await ExecuteAsync(ReplacementSql.RemoveEnded, CancellationToken.None, Organization, Generation);
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
