using Npgsql;
using Profiles.Core.Errors;
using Profiles.Core.Identity;
using Profiles.Core.Organizations;
using Profiles.Core.Storage;
using Profiles.Postgres.Changes;
using Profiles.Postgres.Connections;
using Profiles.Postgres.Profiles;
using Profiles.Postgres.Usernames;

namespace Profiles.Postgres.Organizations;

/// <summary>Keeps organizations in PostgreSQL.</summary>
/// <param name="queries">Runs queries.</param>
/// <param name="transactions">Sends writes.</param>
/// <param name="changes">Is told at once of what this instance changes.</param>
/// <param name="remover">Removes what deleted organizations leave behind.</param>
/// <param name="uniqueness">Switches the uniqueness of usernames on.</param>
internal sealed class OrganizationStore(
    Queries queries, TransactionRunner transactions, ChangeFeed changes, OrganizationRemoval remover, UniquenessSwitch uniqueness)
    : IOrganizationStore
{
    // As for profiles: meeting other writes five times in a row means that something else is wrong.
    private const int MaxAttempts = 5;

    public async Task<Organization?> GetAsync(OrganizationId organization, CancellationToken cancellationToken)
    {
        var rows = await queries.ReadAsync<OrganizationRow>(
            OrganizationSql.Get, cancellationToken, Parameters.Text(organization.Value));
        return rows.SingleOrDefault()?.ToOrganization();
    }

    public async Task<IReadOnlyList<Organization>> ListAsync(OrganizationId? after, int limit, CancellationToken cancellationToken)
    {
        var rows = await queries.ReadAsync<OrganizationRow>(
            OrganizationSql.List, cancellationToken, Parameters.Integer(limit), Parameters.Text(after?.Value ?? string.Empty));
        return rows.ConvertAll(row => row.ToOrganization());
    }

    public Task<OrganizationOutcome> CreateAsync(
        OrganizationId organization, OrganizationPatch content, WriteContext context, CancellationToken cancellationToken)
    {
        var write = new OrganizationWrite(organization, context);
        return SendAsync(write, batch => write.BuildCreation(batch, content), row => OutcomeOfCreation(row, context), cancellationToken);
    }

    public Task<OrganizationOutcome> UpdateAsync(
        OrganizationId organization, OrganizationPatch patch, WriteContext context, CancellationToken cancellationToken)
    {
        var write = new OrganizationWrite(organization, context);
        return patch.MakesUsernamesUnique
            ? SwitchAsync(write, organization, patch, context, cancellationToken)
            : SendAsync(write, batch => write.BuildUpdate(batch, patch), row => OutcomeOfUpdate(row, patch, context), cancellationToken);
    }

    public Task<OrganizationOutcome> DeleteAsync(
        OrganizationId organization, bool force, WriteContext context, CancellationToken cancellationToken)
    {
        var write = new OrganizationWrite(organization, context);
        return SendAsync(write, batch => write.BuildDeletion(batch, force), row => OutcomeOfDeletion(row, force, context), cancellationToken);
    }

    public Task<IReadOnlyList<OrganizationId>> RemoveDeletedAsync(DateTime time, CancellationToken cancellationToken) =>
        StorageErrors.TranslateAsync(() => remover.RemoveAsync(time, cancellationToken));

    private static OrganizationOutcome? OutcomeOfCreation(OrganizationRow? row, WriteContext context)
    {
        if (row is null)
            return null;
        return row.ChangeId == context.ChangeId ? Written(row) : new OrganizationOutcome(OrganizationOutcomeKind.Exists);
    }

    private static OrganizationOutcome? OutcomeOfUpdate(OrganizationRow? row, OrganizationPatch patch, WriteContext context)
    {
        if (row is null || row.DeletedAt is not null)
            return new OrganizationOutcome(OrganizationOutcomeKind.NotFound);
        if (row.ChangeId == context.ChangeId)
            return Written(row);
        if (!context.Precondition.Allows(row.Revision))
            return new OrganizationOutcome(OrganizationOutcomeKind.StaleRevision);

        var organization = row.ToOrganization();
        if (patch.CheckTogether(organization.Settings) is { Count: > 0 } violations)
            return new OrganizationOutcome(OrganizationOutcomeKind.Contradiction, Violations: violations);
        return patch.ChangesNothing(organization) ? new OrganizationOutcome(OrganizationOutcomeKind.Unchanged, organization) : null;
    }

    private static OrganizationOutcome? OutcomeOfDeletion(OrganizationRow? row, bool force, WriteContext context)
    {
        if (row?.ChangeId == context.ChangeId)
            return new OrganizationOutcome(OrganizationOutcomeKind.Written);
        if (row is null || row.DeletedAt is not null)
            return new OrganizationOutcome(OrganizationOutcomeKind.NotFound);
        if (!context.Precondition.Allows(row.Revision))
            return new OrganizationOutcome(OrganizationOutcomeKind.StaleRevision);
        return row.HasProfiles && !force ? new OrganizationOutcome(OrganizationOutcomeKind.NotEmpty) : null;
    }

    private static OrganizationOutcome Written(OrganizationRow row) => new(OrganizationOutcomeKind.Written, row.ToOrganization());

    private async Task<OrganizationOutcome> SwitchAsync(
        OrganizationWrite write,
        OrganizationId organization,
        OrganizationPatch patch,
        WriteContext context,
        CancellationToken cancellationToken)
    {
        var field = patch.PathOf(OrganizationSetting.UsernamesUnique);
        var (row, collisions) = await uniqueness.RunAsync(write, organization, patch, field, cancellationToken);
        if (collisions.Count > 0)
            return new OrganizationOutcome(OrganizationOutcomeKind.Contradiction, Violations: collisions);
        var outcome = OutcomeOfUpdate(row, patch, context);
        if (outcome?.Kind == OrganizationOutcomeKind.Written)
            changes.Tell(write.Notice);
        // The row was locked: what is open nevertheless was changed by nobody else.
        return outcome ?? new OrganizationOutcome(OrganizationOutcomeKind.StaleRevision);
    }

    // An outcome that is null met another write between its own statements: it has to be sent again.
    private async Task<OrganizationOutcome> SendAsync(
        OrganizationWrite write,
        Action<NpgsqlBatch> build,
        Func<OrganizationRow?, OrganizationOutcome?> read,
        CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            var outcome = read(await transactions.RunAsync(build, OrganizationWrite.ReadAsync, cancellationToken));
            if (outcome?.Kind == OrganizationOutcomeKind.Written)
                changes.Tell(write.Notice);
            if (outcome is not null)
                return outcome;
        }

        throw new ProfilesException(ErrorReason.StorageUnavailable, "The organization is being changed too often. Try again.");
    }
}
