using System.Buffers;
using System.Text;
using Npgsql;
using Profiles.Core.Access;
using Profiles.Core.Fields;
using Profiles.Core.Identity;
using Profiles.Core.Patches;
using Profiles.Core.Storage;
using Profiles.Postgres.Pictures;
using Profiles.Postgres.Usernames;

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
    private readonly List<int> plain;

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
        plain = [.. Enumerable.Range(0, writes.Count).Where(i => IsPlain(writes[i]))];
    }

    /// <summary>
    /// Whether a write depends on nothing but its own row, and so shares its statements with others of its kind: those that claim
    /// nothing, demand nothing of what is stored, and remove no attribute.
    /// </summary>
    public static bool IsPlain(ProfileWrite write) =>
        write.Context is { Request: null, Precondition: { MayCreate: true, MayRevive: true, KeepEmail: false, Revisions: null } }
        && !write.Patch.Fields.Contains(ProfileField.PreferredUsername)
        && !write.Patch.Fields.Contains(ProfileField.Picture)
        && write.Patch.Attributes?.Entries.Values.Contains(null) is not true;

    private NpgsqlParameter Organization => Parameters.Text(organization.Value);

    // A write that gives a username or takes one away. All others pay nothing for there being usernames.
    private bool ChangesName(int i) => writes[i].Patch.Fields.Contains(ProfileField.PreferredUsername);

    private bool Claims(int i) => writes[i].Patch.Username is not null;

    // A write that gives an own picture. Whether it may, only the database can tell.
    private bool SetsPicture(int i) => writes[i].Patch.Picture is not null;

    private bool IsGuarded(int i) => Claims(i) || SetsPicture(i);

    private bool ChangesNames => Enumerable.Range(0, writes.Count).Any(ChangesName);

    // Plain writes lock their rows in that order by themselves.
    private bool LocksFirst => writes.Count > 1 && plain.Count < writes.Count;

    private bool HasRequests => Array.Exists(requestIds, id => id is not null);

    public void Build(NpgsqlBatch batch)
    {
        batch.Add("BEGIN");
        BuildStatements(batch);
        batch.Add("COMMIT");
    }

    /// <summary>The statements, without the transaction around them.</summary>
    public void BuildStatements(NpgsqlBatch batch)
    {
        if (HasRequests)
            batch.BatchCommands.Add(Claim());
        if (ChangesNames)
            batch.Add(ClaimSql.LockOrganization, Organization);
        if (LocksFirst)
            batch.Add(WriteSql.LockMany, Organization, Parameters.Texts([.. users.Order(StringComparer.Ordinal)]));
        BuildWrites(batch);
        batch.Add(ProfileSql.GetMany, Organization, Parameters.Texts(users));
        if (HasRequests)
            batch.Add(WriteSql.SelectOutcomes, Organization, Parameters.Uuids(requestIds.OfType<Guid>().Distinct().ToArray()));
    }

    private void BuildWrites(NpgsqlBatch batch)
    {
        if (plain.Count > 0)
            batch.AddPlainWrites(organization, plain.ConvertAll(i => (writes[i], patches[i])));
        if (plain.Count == writes.Count)
            return;
        batch.BatchCommands.Add(Create());
        for (var i = 0; i < writes.Count; i++)
        {
            if (!IsPlain(writes[i]))
                BuildWrite(batch, i);
        }
    }

    /// <summary>The outcomes by index; null for a write that has to be sent again.</summary>
    public async Task<IReadOnlyList<WriteOutcome?>> ReadAsync(NpgsqlDataReader reader)
    {
        var (refusals, pictures) = await ReadRefusalsAsync(reader);
        var records = (await Rows.ReadAsync<ProfileRow>(reader, CancellationToken.None)).ToDictionary(row => row.UserId);
        var requests = new Dictionary<Guid, RequestRow>();
        if (HasRequests && await reader.NextResultAsync())
            requests = (await Rows.ReadAsync<RequestRow>(reader, CancellationToken.None)).ToDictionary(row => row.RequestId);
        while (await reader.NextResultAsync())
        {
            // COMMIT has to be read: it may still fail.
        }

        return Enumerable.Range(0, writes.Count).Select(i => OutcomeReader.Read(
            new ProfileKey(organization, writes[i].User),
            writes[i],
            records.GetValueOrDefault(users[i]),
            RequestOf(writes[i], requests),
            new Refusals(refusals[i], pictures[i]))).ToList();
    }

    // Each lock is a result, too.
    private async Task<(RefusalRow?[] Names, PictureRefusalRow?[] Pictures)> ReadRefusalsAsync(NpgsqlDataReader reader)
    {
        var (refusals, pictures) = (new RefusalRow?[writes.Count], new PictureRefusalRow?[writes.Count]);
        if (ChangesNames)
            await reader.NextResultAsync();
        if (LocksFirst)
            await reader.NextResultAsync();
        for (var i = 0; i < refusals.Length; i++)
        {
            if (requestIds[i] is not null || IsGuarded(i))
                await reader.NextResultAsync();
            if (Claims(i))
                refusals[i] = await ReadRefusalAsync<RefusalRow>(reader);
            if (SetsPicture(i))
                pictures[i] = await ReadRefusalAsync<PictureRefusalRow>(reader);
        }

        return (refusals, pictures);
    }

    private static async Task<T?> ReadRefusalAsync<T>(NpgsqlDataReader reader)
    {
        var refusal = (await Rows.ReadAsync<T>(reader, CancellationToken.None)).SingleOrDefault();
        await reader.NextResultAsync();
        return refusal;
    }

    // The request of a write whose username was refused is forgotten.
    private static RequestRow? RequestOf(ProfileWrite write, Dictionary<Guid, RequestRow> requests) =>
        write.Context.Request is { } request ? requests.GetValueOrDefault(request.Id) : null;

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
        Parameters.Booleans(Enumerable.Range(0, writes.Count).Select(i => mayCreate[i] && !IsGuarded(i) && !IsPlain(writes[i])).ToArray()),
        Parameters.Uuids(requestIds));

    // In the order of the names, for names are locked one after the other; the rows of profiles are locked before.
    private void BuildWrite(NpgsqlBatch batch, int i)
    {
        if (IsGuarded(i) && mayCreate[i])
            batch.Add(ClaimSql.Reserve, Organization, Parameters.Text(users[i]), Parameters.Time(times[i]));
        // A stored outcome, a name or a picture must not differ from what the statements before it saw.
        if (requestIds[i] is not null || IsGuarded(i))
            batch.Add(WriteSql.Lock, Organization, Parameters.Text(users[i]));
        if (writes[i].Patch.Fields.Contains(ProfileField.Picture))
            batch.AddUse(organization, writes[i]);
        if (Claims(i))
            batch.BatchCommands.Add(Statement.Of(ClaimSql.Mark, Wish(i)));
        batch.BatchCommands.Add(Update(i));
        batch.BatchCommands.Add(RecordChange(i));
        if (ChangesName(i))
            BuildName(batch, i);
        if (SetsPicture(i))
            batch.AddRefusal(organization, writes[i]);
        if (IsGuarded(i) && mayCreate[i])
            batch.Add(ClaimSql.RemoveReserved, Organization, Parameters.Text(users[i]));
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

    private void BuildName(NpgsqlBatch batch, int i)
    {
        var (user, context) = (writes[i].User, writes[i].Context);
        var key = writes[i].Patch.Username?.Forms?.Key ?? string.Empty;
        batch.AddRelease(organization, user, context, key);
        if (!Claims(i))
            return;
        batch.AddTake(organization, user, context, key);
        batch.BatchCommands.Add(Statement.Of(ClaimSql.ReadRefusal, Wish(i)));
        if (requestIds[i] is not null)
            batch.BatchCommands.Add(Statement.Of(ClaimSql.ForgetRequest, Wish(i)));
    }

    private NpgsqlBatchCommand Update(int i)
    {
        if (Claims(i))
            return Statement.Of(ClaimSql.Update, Wish(i));
        if (SetsPicture(i))
            return Statement.Of(PictureSql.Update, [.. Change(i), Parameters.Text(writes[i].Patch.Picture!.Value.Value), IsLimited(i)]);
        return writes[i].Context.Precondition.KeepEmail
            ? Statement.Of(WriteSql.UpdateKeepingEmail, [.. Change(i), Parameters.OptionalText((string?)writes[i].Patch[ProfileField.Email])])
            : Statement.Of(WriteSql.Update, Change(i));
    }

    // What users do is counted, what servers do is not.
    private NpgsqlParameter IsLimited(int i) => Parameters.Boolean(writes[i].Context.Actor.Type == ActorType.User);

    private NpgsqlParameter[] Change(int i) =>
    [
        Organization,
        Parameters.Text(users[i]),
        Parameters.Json(patches[i]),
        Parameters.Bigint(writes[i].Patch.Fields.Bits),
        Parameters.Boolean(replacesAttributes[i]),
        Parameters.Uuid(changeIds[i]),
        Parameters.Time(times[i]),
        Parameters.Boolean(writes[i].Context.Precondition.MayRevive),
        Parameters.Bigints(writes[i].Context.Precondition.Revisions?.ToArray()),
        Parameters.Uuid(requestIds[i]),
    ];

    private NpgsqlParameter[] Wish(int i)
    {
        var forms = writes[i].Patch.Username!.Forms;
        return
        [
            .. Change(i),
            Parameters.OptionalText(forms?.Key),
            Parameters.OptionalText(forms?.SmallLook),
            Parameters.OptionalText(forms?.CapitalLook),
            Parameters.OptionalText(forms?.Skeleton),
            IsLimited(i),
            Parameters.OptionalText(writes[i].Patch.Picture?.Value),
        ];
    }

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
        Parameters.OptionalText(writes[i].Context.HttpRequestId),
        Parameters.Smallint((short)writes[i].Context.Reason));

    private static string ToJson(ProfilePatch patch)
    {
        var json = new ArrayBufferWriter<byte>(256);
        PatchJson.Write(patch, json);
        return Encoding.UTF8.GetString(json.WrittenSpan);
    }

    /// <summary>The fields to which a patch gives a value.</summary>
    public static long FieldsWithValue(ProfilePatch patch)
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
