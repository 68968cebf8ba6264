using Npgsql;
using Profiles.Core.Identity;
using Profiles.Core.Storage;

namespace Profiles.Postgres.Profiles;

/// <summary>The statements of <see cref="PlainWriteSql"/> with their parameters.</summary>
internal static class PlainWrites
{
    /// <summary>Adds the statements of some writes, in the order of their users.</summary>
    public static void AddPlainWrites(
        this NpgsqlBatch batch, OrganizationId organization, List<(ProfileWrite Write, string Patch)> writes)
    {
        string[] users = Each(write => write.User.Value);
        string[] patches = [.. writes.Select(write => write.Patch)];
        Guid[] changeIds = Each(write => write.Context.ChangeId);
        long[] namedFields = Each(NamedFields);
        batch.Add(
            FieldStatementCache.Shared.For(writes.Select(write => write.Write).NamedFields()).Upsert,
            Parameters.Text(organization.Value),
            Parameters.Texts(users),
            Parameters.Jsons(patches),
            Parameters.Bigints(Each(write => write.Patch.FieldsWithValue())),
            Parameters.Bigints(namedFields),
            Parameters.Uuids(changeIds),
            Parameters.Times(Each(write => write.Context.Time)));
        batch.Add(
            PlainWriteSql.Record,
            Parameters.Text(organization.Value),
            Parameters.Texts(users),
            Parameters.Uuids(changeIds),
            Parameters.Jsons(patches),
            Parameters.Smallints(Each(write => (short)write.Context.Actor.Type)),
            Parameters.Texts(Each(write => write.Context.Actor.Id)),
            Parameters.Texts(Each(write => write.Context.Actor.CredentialId)),
            Parameters.Texts(Each(write => write.Context.HttpRequestId)),
            Parameters.Smallints(Each(write => (short)write.Context.Reason)),
            Parameters.Bigints(namedFields));

        T[] Each<T>(Func<ProfileWrite, T> select)
        {
            var values = new T[writes.Count];
            for (var i = 0; i < values.Length; i++)
                values[i] = select(writes[i].Write);
            return values;
        }
    }

    private static long NamedFields(ProfileWrite write) =>
        write.Patch.Fields.Bits | (write.Patch.Attributes is { ReplacesAll: true } ? PlainWriteSql.ReplacesAttributes : 0);
}
