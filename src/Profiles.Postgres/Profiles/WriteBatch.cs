using System.Buffers;
using System.Text;
using Npgsql;
using Profiles.Core.Fields;
using Profiles.Core.Identity;
using Profiles.Core.Patches;
using Profiles.Core.Storage;

namespace Profiles.Postgres.Profiles;

/// <summary>Writes to different users of one organization, as one batch of statements that is one transaction.</summary>
internal sealed class WriteBatch
{
    private readonly OrganizationId organization;
    private readonly IReadOnlyList<ProfileWrite> writes;
    private readonly string[] users;
    private readonly string[] patches;
    private readonly Guid[] changeIds;
    private readonly DateTime[] times;
    private readonly bool[] mayCreate;
    private readonly bool[] replacesAttributes;
    private readonly Guid?[] requestIds;

    public WriteBatch(OrganizationId organization, IReadOnlyList<ProfileWrite> writes)
    {
        this.organization = organization;
        this.writes = writes;
        users = Each(write => write.User.Value);
        patches = Each(write => ToJson(write.Patch));
        changeIds = Each(write => write.Context.ChangeId);
        times = Each(write => write.Context.Time);
        mayCreate = Each(write => write.Context.Precondition.MayCreate);
        replacesAttributes = Each(write => write.Patch.Attributes is { ReplacesAll: true });
        requestIds = Each(write => write.Context.Request?.Id);
    }

    private NpgsqlParameter Organization => Parameters.Text(organization.Value);

    private bool HasRequests => Array.Exists(requestIds, id => id is not null);

    public void Build(NpgsqlBatch batch)
    {
        batch.Add("BEGIN");
        if (HasRequests)
            batch.BatchCommands.Add(Claim());
        batch.BatchCommands.Add(Create());
        for (var i = 0; i < writes.Count; i++)
            BuildWrite(batch, i);
        batch.Add(ProfileSql.GetMany, Organization, Parameters.Texts(users));
        if (HasRequests)
            batch.Add(WriteSql.SelectOutcomes, Organization, Parameters.Uuids(requestIds.OfType<Guid>().Distinct().ToArray()));
        batch.Add("COMMIT");
    }

    /// <summary>The outcomes by index; null for a write that has to be sent again.</summary>
    public async Task<IReadOnlyList<WriteOutcome?>> ReadAsync(NpgsqlDataReader reader)
    {
        // Each lock is a result.
        foreach (var request in requestIds)
        {
            if (request is not null)
                await reader.NextResultAsync();
        }

        var records = (await Rows.ReadAsync<ProfileRow>(reader, CancellationToken.None)).ToDictionary(row => row.UserId);
        var requests = new Dictionary<Guid, RequestRow>();
        if (HasRequests && await reader.NextResultAsync())
            requests = (await Rows.ReadAsync<RequestRow>(reader, CancellationToken.None)).ToDictionary(row => row.RequestId);
        while (await reader.NextResultAsync())
        {
            // COMMIT has to be read: it may still fail.
        }

        return Each(write => OutcomeReader.Read(
            write, records.GetValueOrDefault(write.User.Value), RequestOf(write, requests)));
    }

    private static RequestRow? RequestOf(ProfileWrite write, Dictionary<Guid, RequestRow> requests) =>
        write.Context.Request is { } request ? requests[request.Id] : null;

    /// <summary>The outcomes when the batch cannot be carried out.</summary>
    public IReadOnlyList<WriteOutcome?> AllUnavailable() => Each(_ => new WriteOutcome(WriteOutcomeKind.Unavailable));

    private NpgsqlBatchCommand Claim() => Statement.Of(
        WriteSql.ClaimRequests,
        Organization,
        Parameters.Texts(users),
        Parameters.Uuids(requestIds),
        Parameters.Uuids(changeIds),
        Parameters.Byteas(Each(write => write.Context.Request?.Fingerprint)),
        Parameters.Times(times),
        Parameters.Time(times.Min() - IdempotentRequest.Retention));

    private NpgsqlBatchCommand Create() => Statement.Of(
        WriteSql.Create,
        Organization,
        Parameters.Texts(users),
        Parameters.Jsons(patches),
        Parameters.Bigints(Each(write => FieldsWithValue(write.Patch))),
        Parameters.Uuids(changeIds),
        Parameters.Times(times),
        Parameters.Booleans(mayCreate),
        Parameters.Uuids(requestIds));

    // Locks, like all that touches rows of profiles, go in the order of the writes.
    private void BuildWrite(NpgsqlBatch batch, int i)
    {
        // A stored outcome must not differ from what the statements before it saw.
        if (requestIds[i] is not null)
            batch.Add(WriteSql.Lock, Organization, Parameters.Text(users[i]));
        batch.BatchCommands.Add(Update(i));
        batch.BatchCommands.Add(RecordChange(i));
        if (requestIds[i] is not null)
        {
            batch.Add(
                WriteSql.StoreOutcome,
                Organization,
                Parameters.Text(users[i]),
                Parameters.Uuid(requestIds[i]),
                Parameters.Uuid(changeIds[i]));
        }
    }

    private NpgsqlBatchCommand Update(int i) => Statement.Of(
        WriteSql.Update,
        Organization,
        Parameters.Text(users[i]),
        Parameters.Json(patches[i]),
        Parameters.Bigint(writes[i].Patch.Fields.Bits),
        Parameters.Boolean(replacesAttributes[i]),
        Parameters.Uuid(changeIds[i]),
        Parameters.Time(times[i]),
        Parameters.Boolean(mayCreate[i]),
        Parameters.Bigints(writes[i].Context.Precondition.Revisions?.ToArray()),
        Parameters.Uuid(requestIds[i]));

    private NpgsqlBatchCommand RecordChange(int i) => Statement.Of(
        WriteSql.RecordChange,
        Organization,
        Parameters.Text(users[i]),
        Parameters.Uuid(changeIds[i]),
        Parameters.Smallint((short)writes[i].Context.Actor.Type),
        Parameters.Text(writes[i].Context.Actor.Id),
        Parameters.Boolean(replacesAttributes[i]),
        Parameters.Json(patches[i]),
        Parameters.OptionalText(writes[i].Context.Actor.CredentialId),
        Parameters.OptionalText(writes[i].Context.HttpRequestId));

    private static string ToJson(ProfilePatch patch)
    {
        var json = new ArrayBufferWriter<byte>(256);
        PatchJson.Write(patch, json);
        return Encoding.UTF8.GetString(json.WrittenSpan);
    }

    private static long FieldsWithValue(ProfilePatch patch)
    {
        var bits = 0L;
        foreach (var field in patch.Fields.Enumerate())
        {
            var hasValue = field == ProfileField.Attributes
                ? patch.Attributes!.Entries.Values.Any(value => value is not null)
                : patch[field] is not null;
            if (hasValue)
                bits |= ProfileFieldSet.Bit(field);
        }

        return bits;
    }

    private T[] Each<T>(Func<ProfileWrite, T> select)
    {
        var values = new T[writes.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = select(writes[i]);
        return values;
    }
}
