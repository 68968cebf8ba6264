using Npgsql;
using Profiles.Core.Audit;
using Profiles.Core.Identity;
using Profiles.Core.Patches;
using Profiles.Core.Storage;
using Profiles.Core.Usernames;
using Profiles.Postgres.Audit;
using Profiles.Postgres.Profiles;

namespace Profiles.Postgres.Usernames;

/// <summary>The denial of one name, in a transaction of its own: to look, then to deny and rename.</summary>
/// <param name="connection">The connection.</param>
/// <param name="organization">The organization.</param>
/// <param name="name">The name.</param>
internal sealed class Denial(NpgsqlConnection connection, OrganizationId organization, DeniedName name)
{
    public async Task<DenyOutcome> RunAsync(
        UsernameClaim? replacement, WriteContext context, AuditEvent recorded, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var state = await ReadStateAsync(cancellationToken);
        if (state.Denied)
            return new DenyOutcome(DenyOutcomeKind.AlreadyDenied);
        if (state.Owners.Length > 1)
            return new DenyOutcome(DenyOutcomeKind.SeveralOwners);
        if (state.Owners.Length == 1 && replacement?.Forms is null)
            return Refused(replacement is null ? null : new UsernameRefusal(UsernameRefusalKind.Invalid, replacement.Violation));

        var rename = state.Owners is [var owner] ? Rename(UserId.Parse(owner), replacement!, context) : null;
        var outcome = await DenyAsync(rename, recorded, cancellationToken);
        // Who has the replacement already has a name that looks like the denied one.
        if (outcome?.Kind == WriteOutcomeKind.Unchanged)
            return Refused(new UsernameRefusal(UsernameRefusalKind.Denied));
        if (rename is not null && outcome?.Kind != WriteOutcomeKind.Written)
            return Refused(outcome?.Refusal);
        await transaction.CommitAsync(CancellationToken.None);
        return new DenyOutcome(DenyOutcomeKind.Added, state.Owners.SingleOrDefault());
    }

    private static DenyOutcome Refused(UsernameRefusal? refusal) => new(DenyOutcomeKind.ReplacementRefused, Refusal: refusal);

    private WriteBatch Rename(UserId owner, UsernameClaim replacement, WriteContext context)
    {
        var patch = ProfilePatchBuilder.ForUsername(replacement);
        return new WriteBatch(organization, [new ProfileWrite(owner, patch, context)]);
    }

    private async Task<DenialState> ReadStateAsync(CancellationToken cancellationToken)
    {
        await using var batch = connection.CreateBatch();
        batch.Add(DenylistSql.LockList, Organization);
        batch.Add(DenylistSql.StopClaims, Organization);
        batch.Add(DenylistSql.ReadState, [.. Forms()]);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        return (await Rows.ReadAsync<DenialState>(reader, cancellationToken)).Single();
    }

    private async Task<WriteOutcome?> DenyAsync(WriteBatch? rename, AuditEvent recorded, CancellationToken cancellationToken)
    {
        await using var batch = connection.CreateBatch();
        batch.Add(DenylistSql.Deny, [.. Forms(), Parameters.Text(name.Text)]);
        rename?.Build(batch);
        batch.Add(DenylistSql.KeepForNobody, Organization, Parameters.Text(name.Key));
        batch.AddEvent(organization, recorded);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        return rename is null ? null : (await rename.ReadAsync(reader))[0];
    }

    private NpgsqlParameter Organization => Parameters.Text(organization.Value);

    private NpgsqlParameter[] Forms() =>
    [
        Organization,
        Parameters.Text(name.Key),
        Parameters.OptionalText(name.Forms?.SmallLook),
        Parameters.OptionalText(name.Forms?.CapitalLook),
        Parameters.OptionalText(name.Forms?.Skeleton),
    ];
}

/// <summary>What is known of a name before it is denied, as Dapper maps it.</summary>
internal sealed class DenialState
{
    public bool Denied { get; set; }

    public string[] Owners { get; set; } = [];
}
