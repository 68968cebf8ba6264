using Npgsql;
using Profiles.Core.Audit;
using Profiles.Core.Changes;
using Profiles.Core.Credentials;
using Profiles.Core.Credentials.Applications;
using Profiles.Core.Identity;
using Profiles.Postgres.Audit;
using Profiles.Postgres.Changes;
using Profiles.Postgres.Connections;
using Profiles.Postgres.Profiles;

namespace Profiles.Postgres.Credentials;

/// <summary>Keeps signed applications in PostgreSQL.</summary>
/// <param name="queries">Reads.</param>
/// <param name="transactions">Carries changes out.</param>
/// <param name="feed">Tells this server itself of them at once.</param>
internal sealed class ApplicationStore(Queries queries, TransactionRunner transactions, ChangeFeed feed) : IApplicationStore
{
    public async Task<FoundApplication?> FindAsync(string appKey, CancellationToken cancellationToken) =>
        ApplicationRow.Gather(await queries.ReadAsync<ApplicationRow>(ApplicationSql.Find, cancellationToken, Parameters.Text(appKey)))
            .SingleOrDefault();

    public async Task<Application?> GetAsync(
        OrganizationId organization, Guid id, DateTime now, CancellationToken cancellationToken) =>
        ApplicationRow.Gather(await queries.ReadAsync<ApplicationRow>(
            ApplicationSql.Get, cancellationToken, Parameters.Text(organization.Value), Parameters.Uuid(id), Parameters.Time(now)))
            .SingleOrDefault()?.Application;

    public async Task<IReadOnlyList<Application>> ListAsync(
        OrganizationId organization, Guid? after, int limit, DateTime now, CancellationToken cancellationToken)
    {
        var rows = await queries.ReadAsync<ApplicationRow>(
            ApplicationSql.List,
            cancellationToken,
            Parameters.Text(organization.Value),
            Parameters.Uuid(after ?? Guid.Empty),
            Parameters.Time(now),
            Parameters.Integer(limit));
        return ApplicationRow.Gather(rows).Select(found => found.Application).ToList();
    }

    public async Task<ChangeOutcome<Application>> AddAsync(
        Application application, SealedSecret secret, AuditEvent recorded, CancellationToken cancellationToken)
    {
        try
        {
            return await ChangeAsync(
                application.Organization,
                application.Id,
                recorded,
                batch => BuildAdd(batch, application, secret, recorded),
                cancellationToken);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return new ChangeOutcome<Application>(ChangeOutcomeKind.InUse);
        }
    }

    public Task<ChangeOutcome<Application>> RotateAsync(
        OrganizationId organization, SecretRotation rotation, AuditEvent recorded, CancellationToken cancellationToken) =>
        ChangeAsync(
            organization,
            rotation.Id,
            recorded,
            batch => BuildRotation(batch, organization, rotation, recorded),
            cancellationToken);

    public async Task<ChangeOutcome<Application>> RevokeAsync(
        OrganizationId organization, Guid id, AuditEvent recorded, CancellationToken cancellationToken)
    {
        var outcome = await ChangeAsync(
            organization, id, recorded, batch => BuildRevocation(batch, organization, id, recorded), cancellationToken);
        // It was revoked already, and stays so.
        return outcome.Kind == ChangeOutcomeKind.Ended ? outcome with { Kind = ChangeOutcomeKind.Done } : outcome;
    }

    /// <summary>One change of one application, with its record and its notice. The id of the event is that of the change.</summary>
    private async Task<ChangeOutcome<Application>> ChangeAsync(
        OrganizationId organization,
        Guid id,
        AuditEvent recorded,
        Action<NpgsqlBatch> change,
        CancellationToken cancellationToken)
    {
        var notice = new ChangeNotice(ChangeKinds.Application, organization, id.ToString());
        var outcome = await transactions.RunAsync(
            batch =>
            {
                change(batch);
                batch.Add(ApplicationSql.Record, [.. AuditSql.ParametersOf(organization, recorded), Parameters.Uuid(id), Parameters.Uuid(recorded.Id)]);
                batch.Add(ApplicationSql.Get, Parameters.Text(organization.Value), Parameters.Uuid(id), Parameters.Time(recorded.Time));
                batch.AddNotice(notice);
            },
            async reader =>
            {
                var rows = await Rows.ReadAsync<ApplicationRow>(reader, CancellationToken.None);
                await Batches.ReadToEndAsync(reader);
                return ApplicationRow.ToOutcome(rows, recorded.Id);
            },
            cancellationToken);
        feed.Tell(notice);
        return outcome;
    }

    private static void BuildAdd(NpgsqlBatch batch, Application application, SealedSecret secret, AuditEvent recorded)
    {
        var content = application.Content;
        batch.Add(
            ApplicationSql.AddKey,
            Parameters.Text(application.AppKey),
            Parameters.Text(application.Organization.Value),
            Parameters.Uuid(application.Id));
        batch.Add(
            ApplicationSql.Add,
            [
                .. Change(application.Organization, application.Id, recorded),
                Parameters.Time(application.CreateTime),
                Parameters.Text(content.DisplayName),
                Parameters.Text(application.AppKey),
                Parameters.Texts([.. content.Permissions]),
                Parameters.Json(RateLimitsJson.Write(content.RateLimits)),
                Parameters.OptionalInteger((int?)content.FreshnessWindow?.TotalSeconds),
                Parameters.Boolean(content.RefuseReplays),
            ]);
        AddSecret(batch, Change(application.Organization, application.Id, recorded), secret);
    }

    private static void BuildRotation(
        NpgsqlBatch batch, OrganizationId organization, SecretRotation rotation, AuditEvent recorded)
    {
        batch.Add(
            ApplicationSql.Rotate,
            [.. Change(organization, rotation.Id, recorded), .. GrantorParameters.PermissionsOf(rotation.Grantor)]);
        batch.Add(ApplicationSql.RemoveOldSecrets, Change(organization, rotation.Id, recorded));
        batch.Add(
            ApplicationSql.EndSecret,
            [.. Change(organization, rotation.Id, recorded), Parameters.Time(rotation.OldSecretExpireTime)]);
        AddSecret(batch, Change(organization, rotation.Id, recorded), rotation.Secret);
    }

    private static void BuildRevocation(NpgsqlBatch batch, OrganizationId organization, Guid id, AuditEvent recorded)
    {
        batch.Add(ApplicationSql.Revoke, [.. Change(organization, id, recorded), Parameters.Time(recorded.Time)]);
        batch.Add(ApplicationSql.RemoveSecrets, Change(organization, id, recorded));
    }

    private static void AddSecret(NpgsqlBatch batch, NpgsqlParameter[] change, SealedSecret secret) =>
        batch.Add(
            ApplicationSql.AddSecret,
            [
                .. change,
                Parameters.Uuid(secret.Secret.Id),
                Parameters.Time(secret.Secret.CreateTime),
                Parameters.Text(secret.MasterKeyId),
                Parameters.Bytea(secret.Content),
            ]);

    private static NpgsqlParameter[] Change(OrganizationId organization, Guid id, AuditEvent recorded) =>
        [Parameters.Text(organization.Value), Parameters.Uuid(id), Parameters.Uuid(recorded.Id)];
}
