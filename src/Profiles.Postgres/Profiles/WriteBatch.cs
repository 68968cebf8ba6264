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

    private bool HasRequests => Array.Exists(requestIds, id => id is not null);

    public void Build(NpgsqlBatch batch)
    {
        batch.Add("BEGIN");
        if (HasRequests)
            batch.BatchCommands.Add(Claim());
        batch.BatchCommands.Add(Create());
        // A stored outcome must not differ from what the statements before it saw.
        if (HasRequests)
            batch.Add(WriteSql.Lock, Parameters.Text(organization.Value), Parameters.Texts(users));
        batch.BatchCommands.Add(Update());
        batch.BatchCommands.Add(RecordChanges());
        if (HasRequests)
            batch.BatchCommands.Add(StoreOutcomes());
        batch.Add(WriteSql.SelectRecords, Parameters.Text(organization.Value), Parameters.Texts(users));
        if (HasRequests)
            batch.BatchCommands.Add(SelectOutcomes());
        batch.Add("COMMIT");
    }

    /// <summary>The outcomes by index; null for a write that has to be sent again.</summary>
    public async Task<IReadOnlyList<WriteOutcome?>> ReadAsync(NpgsqlDataReader reader)
    {
        // The lock has an empty row for each record.
        if (HasRequests)
            await reader.NextResultAsync();
        var records = (await Rows.ReadAsync<ProfileRow>(reader, CancellationToken.None)).ToDictionary(row => row.UserId);
        var requests = new Dictionary<string, RequestRow>(StringComparer.Ordinal);
        if (HasRequests && await reader.NextResultAsync())
            requests = (await Rows.ReadAsync<RequestRow>(reader, CancellationToken.None)).ToDictionary(row => row.RequestUserId);
        while (await reader.NextResultAsync())
        {
            // COMMIT has to be read: it may still fail.
        }

        return Each(write => OutcomeReader.Read(
            write, records.GetValueOrDefault(write.User.Value), RequestOf(write, requests)));
    }

    private static RequestRow? RequestOf(ProfileWrite write, Dictionary<string, RequestRow> requests) =>
        write.Context.Request is null ? null : requests[write.User.Value];

    private NpgsqlBatchCommand Claim() => Statement.Of(
        WriteSql.ClaimRequests,
        Parameters.Text(organization.Value),
        Parameters.Texts(users),
        Parameters.Uuids(requestIds),
        Parameters.Uuids(changeIds),
        Parameters.Byteas(Each(write => write.Context.Request?.Fingerprint)),
        Parameters.Times(times),
        Parameters.Time(times.Min() - IdempotentRequest.Retention));

    private NpgsqlBatchCommand Create() => Statement.Of(
        WriteSql.Create,
        Parameters.Text(organization.Value),
        Parameters.Texts(users),
        Parameters.Jsons(patches),
        Parameters.Bigints(Each(write => FieldsWithValue(write.Patch))),
        Parameters.Uuids(changeIds),
        Parameters.Times(times),
        Parameters.Booleans(mayCreate),
        Parameters.Uuids(requestIds));

    private NpgsqlBatchCommand Update() => Statement.Of(
        WriteSql.Update,
        Parameters.Text(organization.Value),
        Parameters.Texts(users),
        Parameters.Jsons(patches),
        Parameters.Bigints(Each(write => write.Patch.Fields.Bits)),
        Parameters.Booleans(replacesAttributes),
        Parameters.Uuids(changeIds),
        Parameters.Times(times),
        Parameters.Booleans(mayCreate),
        Parameters.Texts(Each(write => ToArrayText(write.Context.Precondition.Revisions))),
        Parameters.Uuids(requestIds));

    private NpgsqlBatchCommand RecordChanges() => Statement.Of(
        WriteSql.RecordChanges,
        Parameters.Text(organization.Value),
        Parameters.Texts(users),
        Parameters.Uuids(changeIds),
        Parameters.Smallints(Each(write => (short)write.Context.Actor.Type)),
        Parameters.Texts(Each(write => write.Context.Actor.Id)),
        Parameters.Booleans(replacesAttributes),
        Parameters.Jsons(patches));

    private NpgsqlBatchCommand StoreOutcomes() => Statement.Of(
        WriteSql.StoreOutcomes,
        Parameters.Text(organization.Value),
        Parameters.Texts(users),
        Parameters.Uuids(requestIds),
        Parameters.Uuids(changeIds));

    private NpgsqlBatchCommand SelectOutcomes() => Statement.Of(
        WriteSql.SelectOutcomes,
        Parameters.Text(organization.Value),
        Parameters.Texts(users),
        Parameters.Uuids(requestIds));

    private static string ToJson(ProfilePatch patch)
    {
        var json = new ArrayBufferWriter<byte>(256);
        PatchJson.Write(patch, json);
        return Encoding.UTF8.GetString(json.WrittenSpan);
    }

    // An array of arrays cannot have rows of different lengths, so each travels as text.
    private static string? ToArrayText(IReadOnlyList<long>? revisions) =>
        revisions is null ? null : $"{{{string.Join(',', revisions)}}}";

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
