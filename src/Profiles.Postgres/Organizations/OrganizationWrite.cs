using Npgsql;
using Profiles.Core.Audit;
using Profiles.Core.Changes;
using Profiles.Core.Identity;
using Profiles.Core.Organizations;
using Profiles.Core.Storage;
using Profiles.Postgres.Changes;
using Profiles.Postgres.Connections;
using Profiles.Postgres.Profiles;

namespace Profiles.Postgres.Organizations;

/// <summary>One write to an organization, as one batch of statements that is one transaction.</summary>
/// <param name="organization">The organization.</param>
/// <param name="context">Who, when and on what condition.</param>
internal sealed class OrganizationWrite(OrganizationId organization, WriteContext context)
{
    public ChangeNotice Notice => new(ChangeKinds.Organization, organization, organization.Value);

    private NpgsqlParameter Organization => Parameters.Text(organization.Value);

    private NpgsqlParameter ChangeId => Parameters.Uuid(context.ChangeId);

    private NpgsqlParameter Time => Parameters.Time(context.Time);

    private NpgsqlParameter Revisions => Parameters.Bigints(context.Precondition.Revisions?.ToArray());

    public void BuildCreation(NpgsqlBatch batch, OrganizationPatch content) => Build(
        batch,
        AuditAction.OrganizationCreated,
        Statement.Of(
            OrganizationSql.Create,
            Organization,
            ChangeId,
            Time,
            Parameters.Texts(FieldsWithValue(content)),
            Parameters.Text(content.DisplayName ?? string.Empty),
            Parameters.Json(SettingsJson.Write(content))));

    public void BuildUpdate(NpgsqlBatch batch, OrganizationPatch patch) => Build(
        batch,
        AuditAction.OrganizationUpdated,
        Statement.Of(
            OrganizationSql.Update,
            Organization,
            ChangeId,
            Time,
            Revisions,
            Parameters.OptionalText(patch.DisplayName),
            Parameters.Json(SettingsJson.Write(patch))));

    public void BuildDeletion(NpgsqlBatch batch, bool force) => Build(
        batch,
        AuditAction.OrganizationDeleted,
        Statement.Of(OrganizationSql.Delete, Organization, ChangeId, Time, Revisions, Parameters.Boolean(force)));

    /// <summary>The row after the write.</summary>
    public static async Task<OrganizationRow?> ReadAsync(NpgsqlDataReader reader)
    {
        var rows = await Rows.ReadAsync<OrganizationRow>(reader, CancellationToken.None);
        await Batches.ReadToEndAsync(reader);
        return rows.SingleOrDefault();
    }

    private void Build(NpgsqlBatch batch, AuditAction action, NpgsqlBatchCommand change)
    {
        batch.BatchCommands.Add(change);
        batch.Add(
            OrganizationSql.RecordEvent,
            Organization,
            ChangeId,
            Time,
            Parameters.Smallint((short)action),
            Parameters.Smallint((short)context.Actor.Type),
            Parameters.Text(context.Actor.Id),
            Parameters.OptionalText(context.Actor.CredentialId),
            Parameters.OptionalText(context.HttpRequestId));
        batch.Add(OrganizationSql.ReadState, Organization);
        batch.AddNotice(Notice);
    }

    private static string[] FieldsWithValue(OrganizationPatch content) =>
    [
        .. string.IsNullOrEmpty(content.DisplayName) ? Enumerable.Empty<string>() : ["display_name"],
        .. content.Settings
            .Where(setting => setting.Value is not null)
            .Select(setting => $"settings.{OrganizationSettingTable.Get(setting.Key).Name}")
            .Order(StringComparer.Ordinal),
    ];
}
