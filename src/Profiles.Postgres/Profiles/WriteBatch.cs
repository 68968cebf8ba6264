using System.Buffers;
using System.Text;
using Npgsql;
using Profiles.Core.Identity;
using Profiles.Core.Patches;
using Profiles.Core.Storage;
using Profiles.Postgres.Connections;
using Profiles.Postgres.Pictures;
using Profiles.Postgres.Usernames;

namespace Profiles.Postgres.Profiles;

/// <summary>Writes to different users of one organization, as one batch of statements that is one transaction.</summary>
/// <param name="organization">The organization.</param>
/// <param name="writes">The writes.</param>
internal sealed class WriteBatch(OrganizationId organization, IReadOnlyList<ProfileWrite> writes)
{
    private readonly bool hasRequests = writes.Any(write => write.Context.Request is not null);
    private readonly bool changesNames = writes.Any(write => write.ChangesName());

    // Plain writes lock their rows in the order of the users by themselves.
    private readonly bool locksFirst = writes.Count > 1 && !writes.All(write => write.IsPlain());

    private NpgsqlParameter Organization => Parameters.Text(organization.Value);

    private NpgsqlParameter Users => Parameters.Texts(Each(write => write.User.Value));

    private NpgsqlParameter ChangeIds => Parameters.Uuids(Each(write => write.Context.ChangeId));

    private NpgsqlParameter RequestIds => Parameters.Uuids(Each(write => write.Context.Request?.Id));

    public void Build(NpgsqlBatch batch)
    {
        if (hasRequests)
            batch.BatchCommands.Add(Claim());
        if (changesNames)
            batch.Add(ClaimSql.LockOrganization, Organization);
        if (locksFirst)
            batch.Add(WriteSql.LockMany, Organization, Parameters.Texts([.. writes.Select(write => write.User.Value).Order(StringComparer.Ordinal)]));
        BuildWrites(batch);
        batch.Add(ProfileSql.GetMany, Organization, Users);
        if (hasRequests)
            batch.Add(WriteSql.SelectOutcomes, Organization, Parameters.Uuids(Each(write => write.Context.Request?.Id).OfType<Guid>().Distinct().ToArray()));
    }

    /// <summary>The outcomes by index; null for a write that has to be sent again.</summary>
    public async Task<IReadOnlyList<WriteOutcome?>> ReadAsync(NpgsqlDataReader reader)
    {
        var refusals = await ReadRefusalsAsync(reader);
        var records = (await Rows.ReadAsync<ProfileRow>(reader, CancellationToken.None)).ToDictionary(row => row.UserId);
        var requests = new Dictionary<Guid, RequestRow>();
        if (hasRequests && await reader.NextResultAsync())
            requests = (await Rows.ReadAsync<RequestRow>(reader, CancellationToken.None)).ToDictionary(row => row.RequestId);
        await Batches.ReadToEndAsync(reader);
        return writes.Select((write, i) => OutcomeReader.Read(
            new ProfileKey(organization, write.User),
            write,
            records.GetValueOrDefault(write.User.Value),
            RequestOf(write, requests),
            refusals[i])).ToList();
    }

    /// <summary>The outcomes when the batch cannot be carried out.</summary>
    public IReadOnlyList<WriteOutcome?> AllUnavailable() => Each(_ => new WriteOutcome(WriteOutcomeKind.Unavailable));

    // In the order of the names, for names are locked one after the other; the rows of profiles are locked before.
    private void BuildWrites(NpgsqlBatch batch)
    {
        var patches = Each(write => ToJson(write.Patch));
        var pairs = writes.Zip(patches).ToList();
        var plain = pairs.FindAll(pair => pair.First.IsPlain());
        if (plain.Count > 0)
            batch.AddPlainWrites(organization, plain);
        if (plain.Count == writes.Count)
            return;
        batch.BatchCommands.Add(Create(patches));
        foreach (var (write, patch) in pairs)
        {
            if (!write.IsPlain())
                new WriteStatements(organization, write, patch).Build(batch);
        }
    }

    private NpgsqlBatchCommand Claim() => Statement.Of(
        WriteSql.ClaimRequests,
        Organization,
        Users,
        RequestIds,
        ChangeIds,
        Parameters.Byteas(Each(write => write.Context.Request?.Fingerprint)),
        Parameters.Times(Each(write => write.Context.Time)),
        Parameters.Time(writes.Min(write => write.Context.Time) - IdempotentRequest.Retention));

    private NpgsqlBatchCommand Create(string[] patches) => Statement.Of(
        FieldStatementCache.Shared.For(writes.NamedFields()).Create,
        Organization,
        Users,
        Parameters.Jsons(patches),
        Parameters.Bigints(Each(write => write.Patch.FieldsWithValue())),
        ChangeIds,
        Parameters.Times(Each(write => write.Context.Time)),
        Parameters.Booleans(Each(write => write.Context.Precondition.MayCreate && !write.IsGuarded() && !write.IsPlain())),
        RequestIds);

    // Each lock is a result, too.
    private async Task<Refusals[]> ReadRefusalsAsync(NpgsqlDataReader reader)
    {
        var refusals = new Refusals[writes.Count];
        if (changesNames)
            await reader.NextResultAsync();
        if (locksFirst)
            await reader.NextResultAsync();
        for (var i = 0; i < refusals.Length; i++)
        {
            var write = writes[i];
            if (write.Context.Request is not null || write.IsGuarded())
                await reader.NextResultAsync();
            refusals[i] = new Refusals(
                write.Claims() ? await ReadRefusalAsync<RefusalRow>(reader) : null,
                write.SetsPicture() ? await ReadRefusalAsync<PictureRefusalRow>(reader) : null);
        }

        return refusals;
    }

    private static async Task<T?> ReadRefusalAsync<T>(NpgsqlDataReader reader)
        where T : class
    {
        var refusal = (await Rows.ReadAsync<T>(reader, CancellationToken.None)).SingleOrDefault();
        await reader.NextResultAsync();
        return refusal;
    }

    // The request of a write whose username was refused is forgotten.
    private static RequestRow? RequestOf(ProfileWrite write, Dictionary<Guid, RequestRow> requests) =>
        write.Context.Request is { } request ? requests.GetValueOrDefault(request.Id) : null;

    private static string ToJson(ProfilePatch patch)
    {
        var json = new ArrayBufferWriter<byte>(256);
        PatchJson.Write(patch, json);
        return Encoding.UTF8.GetString(json.WrittenSpan);
    }

    private T[] Each<T>(Func<ProfileWrite, T> select)
    {
        var values = new T[writes.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = select(writes[i]);
        return values;
    }
}
