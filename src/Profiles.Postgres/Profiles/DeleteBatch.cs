using Npgsql;
using Profiles.Core.Identity;
using Profiles.Core.Storage;
using Profiles.Postgres.Connections;
using Profiles.Postgres.Pictures;
using Profiles.Postgres.Usernames;

namespace Profiles.Postgres.Profiles;

/// <summary>The deletion of one profile, as one batch of statements that is one transaction.</summary>
internal sealed class DeleteBatch(ProfileKey key, ProfileDelete delete)
{
    private readonly WriteContext context = delete.Context;

    private bool HasRequest => context.Request is not null;

    private NpgsqlParameter Organization => Parameters.Text(key.Organization.Value);

    private NpgsqlParameter User => Parameters.Text(key.User.Value);

    private NpgsqlParameter Users => Parameters.Texts([key.User.Value]);

    private NpgsqlParameter ChangeId => Parameters.Uuid(context.ChangeId);

    private NpgsqlParameter RequestIds => Parameters.Uuids(new[] { context.Request!.Id });

    public void Build(NpgsqlBatch batch)
    {
        if (HasRequest)
            batch.BatchCommands.Add(Claim());
        AddLock(batch);
        // The deletion releases a name: it must not pass one that is just becoming the user's.
        batch.Add(ClaimSql.LockOrganization, Organization);
        // A stored outcome must not differ from what the deletion saw, and what was not there must not come while it looks.
        batch.Add(WriteSql.Lock, Organization, User);
        AddDeletion(batch);
        if (HasRequest)
            batch.Add(WriteSql.StoreOutcome, Organization, User, Parameters.Uuid(context.Request!.Id), ChangeId);
        batch.Add(ProfileSql.GetMany, Organization, Users);
        if (HasRequest)
            batch.Add(WriteSql.SelectOutcomes, Organization, RequestIds);
    }

    /// <summary>Adds the lock that comes before the deletion. It has a result.</summary>
    public void AddLock(NpgsqlBatch batch) => batch.Add(WriteSql.LockRequests, Organization, User);

    /// <summary>Adds the statements of the deletion itself. One of them, the lock of its pictures, has a result.</summary>
    public void AddDeletion(NpgsqlBatch batch)
    {
        batch.BatchCommands.Add(Delete());
        batch.BatchCommands.Add(RecordChange());
        batch.AddRelease(key.Organization, key.User, context, newKey: string.Empty);
        // The history names them.
        batch.AddRemovalOfPictures(key, context);
        batch.Add(WriteSql.EraseHistory, Organization, User, ChangeId);
        batch.Add(WriteSql.EraseOutcomes, Organization, User, ChangeId);
    }

    /// <summary>The outcome; null when the deletion has to be sent again.</summary>
    public async Task<IReadOnlyList<WriteOutcome?>> ReadAsync(NpgsqlDataReader reader)
    {
        // Each lock is a result: of the requests, of the organization, of the profile, and of the pictures.
        for (var i = 0; i < 4; i++)
            await reader.NextResultAsync();
        var rows = await Rows.ReadAsync<ProfileRow>(reader, CancellationToken.None);
        var requests = HasRequest && await reader.NextResultAsync()
            ? await Rows.ReadAsync<RequestRow>(reader, CancellationToken.None)
            : [];
        await Batches.ReadToEndAsync(reader);

        return [OutcomeReader.Read(delete, rows.SingleOrDefault(), requests.SingleOrDefault())];
    }

    private NpgsqlBatchCommand Claim() => Statement.Of(
        WriteSql.ClaimRequests,
        Organization,
        Users,
        RequestIds,
        Parameters.Uuids(new[] { context.ChangeId }),
        Parameters.Byteas([context.Request!.Fingerprint]),
        Parameters.Times([context.Time]),
        Parameters.Time(context.Time - IdempotentRequest.Retention));

    private NpgsqlBatchCommand Delete() => Statement.Of(
        WriteSql.Delete,
        Organization,
        User,
        ChangeId,
        Parameters.Time(context.Time),
        Parameters.Bigints(context.Precondition.Revisions?.ToArray()),
        Parameters.Uuid(context.Request?.Id));

    private NpgsqlBatchCommand RecordChange() => Statement.Of(
        WriteSql.RecordChange,
        Organization,
        User,
        ChangeId,
        Parameters.Smallint((short)context.Actor.Type),
        Parameters.Text(context.Actor.Id),
        Parameters.Boolean(value: false),
        Parameters.Json(value: null),
        Parameters.OptionalText(context.Actor.CredentialId),
        Parameters.OptionalText(context.HttpRequestId),
        Parameters.Smallint((short)context.Reason));
}
