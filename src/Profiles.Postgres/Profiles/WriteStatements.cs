using Npgsql;
using Profiles.Core.Access;
using Profiles.Core.Fields;
using Profiles.Core.Identity;
using Profiles.Core.Storage;
using Profiles.Postgres.Pictures;
using Profiles.Postgres.Usernames;

namespace Profiles.Postgres.Profiles;

/// <summary>The statements of one write that is not plain.</summary>
/// <param name="organization">The organization.</param>
/// <param name="write">The write.</param>
/// <param name="patch">Its patch as JSON.</param>
internal sealed class WriteStatements(OrganizationId organization, ProfileWrite write, string patch)
{
    private readonly FieldStatements statements = FieldStatementCache.Shared.For(write.Patch.Fields);

    private WriteContext Context => write.Context;

    private bool ReservesRow => write.IsGuarded() && Context.Precondition.MayCreate;

    private NpgsqlParameter Organization => Parameters.Text(organization.Value);

    private NpgsqlParameter User => Parameters.Text(write.User.Value);

    private NpgsqlParameter ChangeId => Parameters.Uuid(Context.ChangeId);

    private NpgsqlParameter RequestId => Parameters.Uuid(Context.Request?.Id);

    private NpgsqlParameter ReplacesAttributes => Parameters.Boolean(write.Patch.Attributes is { ReplacesAll: true });

    // What users do is counted, what servers do is not.
    private NpgsqlParameter IsLimited => Parameters.Boolean(Context.Actor.Type == ActorType.User);

    /// <summary>Adds them to a batch.</summary>
    public void Build(NpgsqlBatch batch)
    {
        if (ReservesRow)
            batch.Add(ClaimSql.Reserve, Organization, User, Parameters.Time(Context.Time));
        // A stored outcome, a name or a picture must not differ from what the statements before it saw.
        if (Context.Request is not null || write.IsGuarded())
            batch.Add(WriteSql.Lock, Organization, User);
        if (write.Patch.Fields.Contains(ProfileField.Picture))
            batch.AddUse(organization, write);
        if (write.Claims())
            batch.Add(statements.Mark, Wish());
        BuildChange(batch);
        if (ReservesRow)
            batch.Add(ClaimSql.RemoveReserved, Organization, User);
        if (Context.Request is not null)
            batch.Add(WriteSql.StoreOutcome, Organization, User, RequestId, ChangeId);
    }

    private void BuildChange(NpgsqlBatch batch)
    {
        batch.BatchCommands.Add(Update());
        batch.BatchCommands.Add(RecordChange());
        if (write.ChangesName())
            BuildName(batch);
        if (write.SetsPicture())
            batch.AddRefusal(organization, write);
    }

    private void BuildName(NpgsqlBatch batch)
    {
        var key = write.Patch.Username?.Forms?.Key ?? string.Empty;
        batch.AddRelease(organization, write.User, Context, key);
        if (!write.Claims())
            return;
        batch.AddTake(organization, write.User, Context, key);
        batch.Add(ClaimSql.ReadRefusal, Wish());
        if (Context.Request is not null)
            batch.Add(ClaimSql.ForgetRequest, Wish());
    }

    private NpgsqlBatchCommand Update()
    {
        if (write.Claims())
            return Statement.Of(statements.UpdateClaimed, Wish());
        if (write.Patch.Picture is { } picture)
            return Statement.Of(statements.UpdatePicture, [.. Change(), Parameters.Text(picture.Value), IsLimited]);
        return Context.Precondition.KeepEmail
            ? Statement.Of(statements.UpdateKeepingEmail, [.. Change(), Parameters.OptionalText((string?)write.Patch[ProfileField.Email])])
            : Statement.Of(statements.Update, Change());
    }

    private NpgsqlParameter[] Change() =>
    [
        Organization,
        User,
        Parameters.Json(patch),
        Parameters.Bigint(write.Patch.Fields.Bits),
        ReplacesAttributes,
        ChangeId,
        Parameters.Time(Context.Time),
        Parameters.Boolean(Context.Precondition.MayRevive),
        Parameters.Bigints(Context.Precondition.Revisions?.ToArray()),
        RequestId,
    ];

    private NpgsqlParameter[] Wish()
    {
        var forms = write.Patch.Username!.Forms;
        return
        [
            .. Change(),
            Parameters.OptionalText(forms?.Key),
            Parameters.OptionalText(forms?.SmallLook),
            Parameters.OptionalText(forms?.CapitalLook),
            Parameters.OptionalText(forms?.Skeleton),
            IsLimited,
            Parameters.OptionalText(write.Patch.Picture?.Value),
        ];
    }

    private NpgsqlBatchCommand RecordChange() => Statement.Of(
        WriteSql.RecordChange,
        Organization,
        User,
        ChangeId,
        Parameters.Smallint((short)Context.Actor.Type),
        Parameters.Text(Context.Actor.Id),
        ReplacesAttributes,
        Parameters.Json(patch),
        Parameters.OptionalText(Context.Actor.CredentialId),
        Parameters.OptionalText(Context.HttpRequestId),
        Parameters.Smallint((short)Context.Reason));
}
