using Npgsql;
using Profiles.Core.Audit;
using Profiles.Core.Changes;
using Profiles.Core.Credentials;
using Profiles.Core.Credentials.ApiKeys;
using Profiles.Core.Identity;
using Profiles.Postgres.Audit;
using Profiles.Postgres.Changes;
using Profiles.Postgres.Connections;
using Profiles.Postgres.Profiles;

namespace Profiles.Postgres.Credentials;

/// <summary>Keeps API keys in PostgreSQL.</summary>
/// <param name="queries">Reads.</param>
/// <param name="transactions">Carries changes out.</param>
/// <param name="feed">Tells this server itself of them at once.</param>
internal sealed class ApiKeyStore(Queries queries, TransactionRunner transactions, ChangeFeed feed) : IApiKeyStore
{
    public async Task<FoundApiKey?> FindAsync(ApiKeyHash hash, CancellationToken cancellationToken) =>
        await queries.ReadAsync<ApiKeyRow>(ApiKeySql.Find, cancellationToken, Parameters.Bytea(hash.ToBytes())) is [var row]
            ? new FoundApiKey(row.ToKey(), row.ValidUntil)
            : null;

    public async Task<ApiKey?> GetAsync(OrganizationId organization, Guid id, CancellationToken cancellationToken) =>
        await queries.ReadAsync<ApiKeyRow>(
            ApiKeySql.Get, cancellationToken, Parameters.Text(organization.Value), Parameters.Uuid(id)) is [var row]
            ? row.ToKey()
            : null;

    public async Task<IReadOnlyList<ApiKey>> ListAsync(
        OrganizationId organization, Guid? after, int limit, CancellationToken cancellationToken)
    {
        var rows = await queries.ReadAsync<ApiKeyRow>(
            ApiKeySql.List,
            cancellationToken,
            Parameters.Text(organization.Value),
            Parameters.Uuid(after ?? Guid.Empty),
            Parameters.Integer(limit));
        return rows.ConvertAll(row => row.ToKey());
    }

    public async Task<ChangeOutcome<ApiKey>> AddAsync(
        ApiKey key, ApiKeyHash hash, AuditEvent recorded, CancellationToken cancellationToken)
    {
        try
        {
            return await ChangeAsync(
                key.Organization, key.Id, recorded, batch => BuildAdd(batch, key, hash, recorded), ToDone, cancellationToken);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return new ChangeOutcome<ApiKey>(ChangeOutcomeKind.InUse);
        }
    }

    public Task<ChangeOutcome<ApiKey>> RotateAsync(
        OrganizationId organization, ApiKeyRotation rotation, AuditEvent recorded, CancellationToken cancellationToken) =>
        ChangeAsync(
            organization,
            rotation.Id,
            recorded,
            batch => BuildRotation(batch, organization, rotation, recorded),
            row => row.ToOutcome(recorded.Id, recorded.Time),
            cancellationToken);

    public Task<ChangeOutcome<ApiKey>> RevokeAsync(
        OrganizationId organization, Guid id, AuditEvent recorded, CancellationToken cancellationToken) =>
        ChangeAsync(
            organization,
            id,
            recorded,
            batch => batch.Add(ApiKeySql.Revoke, [.. Change(organization, id, recorded), Parameters.Time(recorded.Time)]),
            ToDone,
            cancellationToken);

    public Task NoteUsesAsync(IReadOnlyCollection<ApiKeyUse> uses, CancellationToken cancellationToken) =>
        uses.Count == 0
            ? Task.CompletedTask
            : transactions.RunAsync(batch => BuildUses(batch, uses), Batches.ReadToEndAsync, cancellationToken);

    /// <summary>One change of one key, with its record and its notice. The id of the event is that of the change.</summary>
    private async Task<ChangeOutcome<ApiKey>> ChangeAsync(
        OrganizationId organization,
        Guid id,
        AuditEvent recorded,
        Action<NpgsqlBatch> change,
        Func<ApiKeyRow, ChangeOutcome<ApiKey>> toOutcome,
        CancellationToken cancellationToken)
    {
        var notice = new ChangeNotice(ChangeKinds.ApiKey, organization, id.ToString());
        var outcome = await transactions.RunAsync(
            batch =>
            {
                change(batch);
                batch.Add(ApiKeySql.Record, [.. AuditSql.ParametersOf(organization, recorded), Parameters.Uuid(id), Parameters.Uuid(recorded.Id)]);
                batch.Add(ApiKeySql.Get, Parameters.Text(organization.Value), Parameters.Uuid(id));
                batch.AddNotice(notice);
            },
            async reader =>
            {
                var rows = await Rows.ReadAsync<ApiKeyRow>(reader, CancellationToken.None);
                await Batches.ReadToEndAsync(reader);
                return rows is [var row] ? toOutcome(row) : new ChangeOutcome<ApiKey>(ChangeOutcomeKind.NotFound);
            },
            cancellationToken);
        feed.Tell(notice);
        return outcome;
    }

    private static void BuildAdd(NpgsqlBatch batch, ApiKey key, ApiKeyHash hash, AuditEvent recorded)
    {
        batch.Add(
            ApiKeySql.AddText,
            Parameters.Bytea(hash.ToBytes()),
            Parameters.Text(key.Organization.Value),
            Parameters.Uuid(key.Id));
        batch.Add(
            ApiKeySql.Add,
            [
                .. Change(key.Organization, key.Id, recorded),
                Parameters.Time(key.CreateTime),
                Parameters.Text(key.Content.DisplayName),
                Parameters.Smallint((short)key.Content.Type),
                Parameters.OptionalText(key.Content.User?.Value),
                Parameters.Texts([.. key.Content.Permissions]),
                Parameters.Json(RateLimitsJson.Write(key.Content.RateLimits)),
                Parameters.Text(key.Prefix),
                Parameters.OptionalTime(key.Content.ExpireTime),
            ]);
    }

    private static void BuildRotation(
        NpgsqlBatch batch, OrganizationId organization, ApiKeyRotation rotation, AuditEvent recorded)
    {
        batch.Add(
            ApiKeySql.Rotate,
            [
                .. Change(organization, rotation.Id, recorded),
                Parameters.Time(recorded.Time),
                Parameters.Texts([.. rotation.Prefixes]),
                .. GrantorParameters.PermissionsOf(rotation.Grantor),
                .. GrantorParameters.UsersOf(rotation.Grantor),
            ]);
        batch.Add(
            ApiKeySql.EndTexts,
            [
                .. Change(organization, rotation.Id, recorded),
                Parameters.Time(rotation.OldTextExpireTime),
                Parameters.Time(recorded.Time),
            ]);
        batch.Add(
            ApiKeySql.AddRotatedText,
            [
                .. Change(organization, rotation.Id, recorded),
                Parameters.Byteas([.. rotation.Hashes.Select(hash => hash.ToBytes())]),
            ]);
    }

    // An organization's keys lie together, so each has a statement; in one order, so that servers wait for each other in one direction.
    private static void BuildUses(NpgsqlBatch batch, IReadOnlyCollection<ApiKeyUse> uses)
    {
        foreach (var used in uses.GroupBy(use => use.Organization.Value).OrderBy(used => used.Key, StringComparer.Ordinal))
        {
            batch.Add(
                ApiKeySql.NoteUses,
                Parameters.Text(used.Key),
                Parameters.Uuids(used.Select(use => use.Id).ToArray()),
                Parameters.Times(used.Select(use => use.Time).ToArray()));
        }
    }

    private static NpgsqlParameter[] Change(OrganizationId organization, Guid id, AuditEvent recorded) =>
        [Parameters.Text(organization.Value), Parameters.Uuid(id), Parameters.Uuid(recorded.Id)];

    private static ChangeOutcome<ApiKey> ToDone(ApiKeyRow row) => new(ChangeOutcomeKind.Done, row.ToKey());
}
