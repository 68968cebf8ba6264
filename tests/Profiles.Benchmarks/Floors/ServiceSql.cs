using System.Globalization;
using Npgsql;
using Profiles.Core.Access;
using Profiles.Core.Fields;
using Profiles.Postgres.Profiles;

namespace Profiles.Benchmarks.Floors;

/// <summary>
/// What the service sends for a call that is alone: the same statements, one call a transaction, in one round trip. So a floor differs
/// from the service in what is around them, and in that nothing is gathered.
/// </summary>
internal static class ServiceSql
{
    private const short Actor = (short)ActorType.Server;
    private const short NoReason = 0;

    private static readonly long Nickname = ProfileFieldSet.Bit(ProfileField.Nickname);
    private static readonly string Upsert = FieldStatementCache.Shared.For(new ProfileFieldSet(Nickname)).Upsert;

    /// <summary>Adds the statements that set a user's nickname, and read the profile.</summary>
    public static void AddSet(NpgsqlBatch batch, string user, string nickname)
    {
        var organization = Population.Organization;
        string[] users = [user];
        string[] patches = [$$"""{"nickname":"{{nickname}}"}"""];
        var time = TimeProvider.System.GetUtcNow();
        Guid[] changeIds = [Guid.CreateVersion7(time)];
        batch.Add("BEGIN");
        batch.Add(
            Upsert, Parameters.Text(organization), Parameters.Texts(users), Parameters.Jsons(patches), Parameters.Bigints([Nickname]),
            Parameters.Bigints([Nickname]), Parameters.Uuids(changeIds), Parameters.Times([time.UtcDateTime]));
        batch.Add(
            PlainWriteSql.Record, Parameters.Text(organization), Parameters.Texts(users), Parameters.Uuids(changeIds), Parameters.Jsons(patches),
            Parameters.Smallints([Actor]), Parameters.Texts(["benchmark"]), Parameters.Texts([null]), Parameters.Texts([null]),
            Parameters.Smallints([NoReason]), Parameters.Bigints([Nickname]));
        batch.Add(ProfileSql.GetMany, Parameters.Text(organization), Parameters.Texts(users));
        batch.Add("COMMIT");
    }

    /// <summary>The same as a script of pgbench, for any of so many users.</summary>
    public static string SetScript(int users)
    {
        const string organization = $"'{Population.Organization}'";
        const string user = $"ARRAY['{Population.UserPrefix}' || lpad((:user)::text, 8, '0')]";
        const string patch = """ARRAY[('{"nickname":"n' || lpad((:value)::text, 12, '0') || '"}')::jsonb]""";
        const string changeId = "ARRAY[lpad((:value)::text, 32, '0')::uuid]";
        var fields = string.Create(CultureInfo.InvariantCulture, $"ARRAY[{Nickname}::bigint]");
        string[] statements =
        [
            "BEGIN",
            With(Upsert, organization, user, patch, fields, fields, changeId, "ARRAY[now()]"),
            With(
                PlainWriteSql.Record, organization, user, changeId, patch, Number(Actor), "ARRAY['benchmark']", "ARRAY[NULL::text]",
                "ARRAY[NULL::text]", Number(NoReason), fields),
            With(ProfileSql.GetMany, organization, user),
            "COMMIT",
        ];
        return $"{PgBench.Choice(users)}\\startpipeline\n{string.Join(";\n", statements)};\n\\endpipeline\n";
    }

    private static string Number(short number) => string.Create(CultureInfo.InvariantCulture, $"ARRAY[{number}::smallint]");

    // From the last one: $1 is the beginning of $10.
    private static string With(string sql, params ReadOnlySpan<string> values)
    {
        var text = sql.ReplaceLineEndings(" ");
        for (var i = values.Length; i > 0; i--)
            text = text.Replace(string.Create(CultureInfo.InvariantCulture, $"${i}"), values[i - 1], StringComparison.Ordinal);
        return text;
    }
}
