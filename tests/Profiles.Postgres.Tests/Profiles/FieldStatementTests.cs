using FsCheck;
using FsCheck.Fluent;
using Npgsql;
using Profiles.Core.Fields;
using Profiles.Core.Patches;
using Profiles.Core.Storage;
using Profiles.Postgres.Profiles;
using Profiles.Postgres.Tests.Database;

namespace Profiles.Postgres.Tests.Profiles;

/// <summary>Statements for few fields do what those for all fields do.</summary>
public class FieldStatementTests
{
    // What differs between two users who were written alike.
    private const string Row = "SELECT to_jsonb(p) - '{user_id,change_id}'::text[] FROM profiles p WHERE organization_id = $1 AND user_id = $2";

    private static readonly ProfileField[] Fields =
        [.. ProfileFields.All.Select(field => field.Field).Except([ProfileField.Attributes, ProfileField.PreferredUsername])];

    [FsCheck.NUnit.Property(MaxTest = 40)]
    public Property Both_leave_the_same_row() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue).ToArbitrary(),
        seed => CompareAsync(new Random(seed)).GetAwaiter().GetResult());

    [Test]
    public void Sets_of_few_fields_have_their_own_so_many_of_them()
    {
        var cache = new FieldStatementCache();
        var all = Enumerable.Range(1, FieldStatementCache.MostSets + 20).Select(bits => new ProfileFieldSet(bits)).ToList();

        var statements = all.ConvertAll(cache.For);

        Assert.That(statements.Count(statement => statement != FieldStatements.OfAll), Is.EqualTo(FieldStatementCache.MostSets));
        Assert.That(all.ConvertAll(cache.For), Is.EqualTo(statements), "Those that were first keep theirs.");
    }

    [Test]
    public void After_many_calls_in_vain_other_sets_get_the_places()
    {
        var cache = new FieldStatementCache();
        for (var bits = 1; bits <= FieldStatementCache.MostSets; bits++)
            cache.For(new ProfileFieldSet(bits));
        var late = new ProfileFieldSet(1 << 20);

        for (var i = 1; i < FieldStatementCache.MostMisses; i++)
            Assert.That(cache.For(late), Is.SameAs(FieldStatements.OfAll));

        Assert.That(cache.For(late), Is.Not.SameAs(FieldStatements.OfAll));
        Assert.That(cache.For(new ProfileFieldSet(1)), Is.Not.SameAs(FieldStatements.OfAll), "What is common is back at once.");
    }

    [Test]
    public void Callers_who_meet_a_set_at_the_same_moment_take_one_place_for_it()
    {
        const int callers = 4;
        var cache = new FieldStatementCache();
        var all = Enumerable.Range(1, FieldStatementCache.MostSets).Select(bits => new ProfileFieldSet(bits)).ToList();
        using var together = new Barrier(callers);

        Task.WaitAll([.. Enumerable.Range(0, callers).Select(_ => Task.Factory.StartNew(
            () => all.ForEach(set =>
            {
                together.SignalAndWait();
                cache.For(set);
            }),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default))]);

        Assert.That(all.ConvertAll(cache.For), Has.None.SameAs(FieldStatements.OfAll));
    }

    [TestCase(0, true)]
    [TestCase((1 << FieldStatementCache.MostFields) - 1, false)]
    [TestCase((2 << FieldStatementCache.MostFields) - 1, true)]
    public void No_fields_and_many_fields_have_those_of_all(int bits, bool areOfAll) =>
        Assert.That(new FieldStatementCache().For(new ProfileFieldSet(bits)) == FieldStatements.OfAll, Is.EqualTo(areOfAll));

    // One user is written with the statements of few fields, the other one with those of all.
    private static async Task CompareAsync(Random random)
    {
        var organization = await TestOrganization.CreateAsync();
        var database = await TestDatabase.GetAsync();
        for (var step = 0; step < 6; step++)
        {
            var edit = AnyEdit(random);
            var precondition = random.Next(2) == 0 ? Precondition.None : Write.MustExist;
            foreach (var user in new[] { "few", "all" })
            {
                await using var connection = await database.DataSource.OpenConnectionAsync();
                await using var batch = new NpgsqlBatch(connection);
                var write = Write.To(user, edit, precondition);
                new WriteBatch(organization.Id, [write]).Build(batch);
                var few = new FieldStatements(write.Patch.Fields.IsEmpty ? new ProfileFieldSet(1) : write.Patch.Fields);
                Replace(batch, few, user == "few" ? few : FieldStatements.OfAll);
                await batch.ExecuteNonQueryAsync();
            }

            Assert.That(
                await organization.QueryAsync<string>(Row, "few"), Is.EqualTo(await organization.QueryAsync<string>(Row, "all")));
        }
    }

    private static void Replace(NpgsqlBatch batch, FieldStatements few, FieldStatements wanted)
    {
        var replacements = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var statements in new[] { few, FieldStatements.OfAll })
        {
            replacements[statements.Upsert] = wanted.Upsert;
            replacements[statements.Create] = wanted.Create;
            replacements[statements.Update] = wanted.Update;
        }

        var replaced = 0;
        foreach (NpgsqlBatchCommand command in batch.BatchCommands)
        {
            if (replacements.TryGetValue(command.CommandText, out var replacement))
            {
                command.CommandText = replacement;
                replaced++;
            }
        }

        Assert.That(replaced, Is.Positive);
    }

    private static Action<ProfilePatchBuilder> AnyEdit(Random random)
    {
        var fields = Enumerable.Range(0, random.Next(5)).Select(_ => (Fields[random.Next(Fields.Length)], random.Next(3))).ToList();
        var (attributes, replaces) = (random.Next(4), random.Next(4) == 0);
        return patch =>
        {
            foreach (var (field, choice) in fields.DistinctBy(pair => pair.Item1))
                patch.Set(field, choice switch { 0 => null, 1 => SampleValues.First(field), _ => SampleValues.Second(field) });
            if (replaces)
                patch.ReplaceAttributes();
            for (var i = 0; i < attributes; i++)
                patch.SetAttribute($"k{i}", attributes == 3 ? null : "v");
        };
    }
}
