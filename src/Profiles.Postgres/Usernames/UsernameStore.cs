using Npgsql;
using Profiles.Core.Audit;
using Profiles.Core.Identity;
using Profiles.Core.Storage;
using Profiles.Core.Usernames;
using Profiles.Postgres.Audit;
using Profiles.Postgres.Connections;
using Profiles.Postgres.Profiles;

namespace Profiles.Postgres.Usernames;

/// <summary>Keeps what is known of names in PostgreSQL.</summary>
/// <param name="dataSource">The database.</param>
/// <param name="queries">Reads.</param>
/// <param name="transactions">Carries changes out.</param>
/// <param name="turns">Puts changes of a denylist one after another.</param>
/// <param name="replacer">Replaces denylists.</param>
internal sealed class UsernameStore(
    NpgsqlDataSource dataSource, Queries queries, TransactionRunner transactions, OrganizationTurns turns, DenylistReplacer replacer)
    : IUsernameStore
{
    public async Task<IReadOnlyList<UsernameRefusalKind?>> CheckAsync(
        OrganizationId organization, UserId? user, IReadOnlyList<Username> names, DateTime time, CancellationToken cancellationToken)
    {
        var refusals = await queries.ReadAsync<int>(
            DenylistSql.Check,
            cancellationToken,
            Parameters.Text(organization.Value),
            Parameters.OptionalText(user?.Value),
            Parameters.Texts([.. names.Select(name => name.Forms.Key)]),
            Parameters.Texts([.. names.Select(name => name.Forms.SmallLook)]),
            Parameters.Texts([.. names.Select(name => name.Forms.CapitalLook)]),
            Parameters.Texts([.. names.Select(name => name.Forms.Skeleton)]),
            Parameters.Time(time));
        return refusals.ConvertAll(refusal => refusal == 0 ? (UsernameRefusalKind?)null : (UsernameRefusalKind)refusal);
    }

    public async Task<IReadOnlyList<DeniedEntry>> ListDeniedAsync(
        OrganizationId organization, KeyPrefix keyPrefix, string after, int limit, CancellationToken cancellationToken)
    {
        var rows = await queries.ReadAsync<DeniedRow>(
            DenylistSql.List,
            cancellationToken,
            Parameters.Text(organization.Value),
            Parameters.Text(keyPrefix.Ended),
            Parameters.Text(keyPrefix.GoesOn),
            Parameters.Text(after),
            Parameters.Integer(limit));
        return rows.ConvertAll(row => new DeniedEntry(row.Key, row.Text));
    }

    public Task<DenyOutcome> DenyAsync(
        OrganizationId organization,
        DeniedName name,
        UsernameClaim? replacement,
        WriteContext context,
        AuditEvent recorded,
        CancellationToken cancellationToken) =>
        ChangeAsync(
            organization,
            connection => new Denial(connection, organization, name).RunAsync(replacement, context, recorded, cancellationToken),
            cancellationToken);

    public Task<AllowOutcome> AllowAsync(
        OrganizationId organization, IReadOnlyList<DeniedName> names, AuditEvent recorded, CancellationToken cancellationToken)
    {
        var keys = names.Select(name => name.Key).Order(StringComparer.Ordinal).ToArray();
        // Who goes away leaves it under way: it has its turn until it is done.
        return turns.RunAsync(
            organization,
            () => Conflicts.RetryAsync(() => transactions.RunAsync(
                batch => BuildAllow(batch, organization, keys, recorded), ReadAllowedAsync, CancellationToken.None)),
            cancellationToken);
    }

    public Task<ReplaceOutcome> ReplaceAsync(
        OrganizationId organization, IReadOnlyCollection<DeniedName> names, AuditEvent recorded, CancellationToken cancellationToken) =>
        turns.RunAsync(
            organization,
            () => Conflicts.RetryAsync(() => StorageErrors.TranslateAsync(
                () => replacer.ReplaceAsync(organization, names, recorded, cancellationToken))),
            cancellationToken);

    public Task<int> UndoUnfinishedAsync(CancellationToken cancellationToken) =>
        StorageErrors.TranslateAsync(() => replacer.UndoUnfinishedAsync(cancellationToken));

    private static void BuildAllow(NpgsqlBatch batch, OrganizationId organization, string[] keys, AuditEvent recorded)
    {
        batch.Add(DenylistSql.LockList, Parameters.Text(organization.Value));
        foreach (var sql in (ReadOnlySpan<string>)[DenylistSql.ReadInUse, DenylistSql.Allow, DenylistSql.RemoveEmpty])
            batch.Add(sql, Parameters.Text(organization.Value), Parameters.Texts(keys));
        batch.AddEvent(organization, recorded);
    }

    private static async Task<AllowOutcome> ReadAllowedAsync(NpgsqlDataReader reader)
    {
        await reader.NextResultAsync();
        var inUse = await Rows.ReadTextsAsync(reader, CancellationToken.None);
        await reader.NextResultAsync();
        var allowed = await Rows.ReadTextsAsync(reader, CancellationToken.None);
        await Batches.ReadToEndAsync(reader);
        return new AllowOutcome(allowed.ToHashSet(StringComparer.Ordinal), inUse.ToHashSet(StringComparer.Ordinal));
    }

    private Task<T> ChangeAsync<T>(
        OrganizationId organization, Func<NpgsqlConnection, Task<T>> change, CancellationToken cancellationToken) =>
        turns.RunAsync(
            organization,
            () => Conflicts.RetryAsync(() => StorageErrors.TranslateAsync(() => ConnectAsync(change, cancellationToken))),
            cancellationToken);

    private async Task<T> ConnectAsync<T>(Func<NpgsqlConnection, Task<T>> operation, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await operation(connection);
    }

    private sealed class DeniedRow
    {
        public string Key { get; set; } = string.Empty;

        public string Text { get; set; } = string.Empty;
    }
}
