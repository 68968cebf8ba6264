using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Profiles.Core.Fields;
using Profiles.Core.Patches;
using Profiles.Core.Records;
using Profiles.Core.Storage;
using Profiles.Postgres.Tests.Database;

namespace Profiles.Postgres.Tests.Profiles;

/// <summary>Whatever sequence of writes and deletions a few users see, the store does what the model does.</summary>
public class ReferenceModelTests
{
    private const int Users = 3;
    private const int Steps = 25;

    // Attributes are compared apart. Usernames depend on those of others, which the model of one profile does not know.
    private static readonly ProfileField[] Fields =
        [.. ProfileFields.All.Select(field => field.Field).Except([ProfileField.Attributes, ProfileField.PreferredUsername])];

    [FsCheck.NUnit.Property(MaxTest = 25)]
    public Property The_store_does_what_the_model_does() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue).ToArbitrary(),
        seed => RunAsync(new Random(seed)).GetAwaiter().GetResult());

    private static async Task RunAsync(Random random)
    {
        var organization = await TestOrganization.CreateAsync();
        var models = Enumerable.Range(0, Users).Select(_ => new ReferenceProfile()).ToArray();
        for (var step = 0; step < Steps; step++)
        {
            if (random.Next(6) == 0)
                await DeleteAsync(organization, models, random);
            else
                await WriteAsync(organization, models, random);
        }

        for (var user = 0; user < Users; user++)
        {
            Compare(models[user], await organization.GetAsync(Name(user)));
            Compare(models[user], await organization.HistoryAsync(Name(user)));
        }
    }

    private static async Task DeleteAsync(TestOrganization organization, ReferenceProfile[] models, Random random)
    {
        var user = random.Next(Users);
        var precondition = AnyPrecondition(random, models[user].Revision);
        var request = random.Next(2) == 0 ? Requests.New() : null;

        var expected = models[user].Delete(precondition);

        Assert.That((await organization.DeleteAsync(Name(user), precondition, request)).Kind, Is.EqualTo(expected));
    }

    // A batch of one to all users, sometimes sent twice.
    private static async Task WriteAsync(TestOrganization organization, ReferenceProfile[] models, Random random)
    {
        var users = Enumerable.Range(0, Users).ToArray();
        random.Shuffle(users);
        var writes = new List<ProfileWrite>();
        var expected = new List<WriteOutcomeKind>();
        var isSentTwice = random.Next(3) == 0;
        foreach (var user in users.Take(random.Next(1, Users + 1)))
        {
            var edit = AnyEdit(random);
            var precondition = AnyPrecondition(random, models[user].Revision);
            expected.Add(models[user].Apply(edit, precondition));
            writes.Add(Write.To(
                Name(user),
                patch => Fill(patch, edit),
                precondition,
                isSentTwice || random.Next(3) == 0 ? Requests.New() : null));
        }

        await SendAsync(organization, writes, expected, models);
        if (isSentTwice)
        {
            var again = writes.Select(write => write with { Context = write.Context with { ChangeId = Guid.CreateVersion7() } });
            await SendAsync(organization, again, expected, models);
        }
    }

    private static async Task SendAsync(
        TestOrganization organization,
        IEnumerable<ProfileWrite> writes,
        List<WriteOutcomeKind> expected,
        ReferenceProfile[] models)
    {
        var outcomes = await organization.WriteAsync(writes.ToArray());
        Assert.That(outcomes.Select(outcome => outcome.Kind), Is.EqualTo(expected));
        foreach (var record in outcomes.Select(outcome => outcome.Record).OfType<ProfileRecord>())
            Compare(models[int.Parse(record.Key.User.Value, CultureInfo.InvariantCulture)], record);
    }

    private static void Compare(ReferenceProfile model, ProfileRecord? record)
    {
        Assert.That(record is not null, Is.EqualTo(model.Exists));
        if (record is null)
            return;
        Assert.That(record.Revision, Is.EqualTo(model.Revision));
        foreach (var field in Fields)
            Assert.That(record.Values[field], Is.EqualTo(model[field]), $"{field}");
        Assert.That(record.Values.Attributes, Is.EquivalentTo(model.Attributes));
    }

    private static void Compare(ReferenceProfile model, IReadOnlyList<ProfileChange> history)
    {
        Assert.That(history.Select(change => change.Revision), Is.EqualTo(Enumerable.Range(1, model.History.Count)));
        Assert.That(
            history.Select(change => change.Type == ProfileChangeType.Deleted ? (long?)null : change.ChangedFields.Bits),
            Is.EqualTo(model.History));
    }

    private static void Fill(ProfilePatchBuilder patch, Edit edit)
    {
        foreach (var (field, value) in edit.Fields)
            patch.Set(field, value);
        if (edit.Replaces)
            patch.ReplaceAttributes();
        foreach (var (key, value) in edit.Attributes)
            patch.SetAttribute(key, value);
    }

    private static Edit AnyEdit(Random random)
    {
        var fields = new Dictionary<ProfileField, object?>();
        for (var i = random.Next(4); i > 0; i--)
        {
            var field = Fields[random.Next(Fields.Length)];
            fields[field] = random.Next(3) switch
            {
                0 => null,
                1 => SampleValues.First(field),
                _ => SampleValues.Second(field) is false ? null : SampleValues.Second(field),
            };
        }

        // Rarely many, so that two of them reach the limit.
        var attributes = new Dictionary<string, string?>(StringComparer.Ordinal);
        for (var i = random.Next(5) == 0 ? 40 : random.Next(4); i > 0; i--)
            attributes[$"k{random.Next(70)}"] = random.Next(4) == 0 ? null : $"{random.Next(2)}";
        return new Edit(fields, Replaces: random.Next(6) == 0, attributes);
    }

    private static Precondition AnyPrecondition(Random random, long revision) => random.Next(8) switch
    {
        0 => Write.MustExist,
        1 => Write.Revisions(revision),
        2 => Write.Revisions(revision + 1),
        3 => Write.Revisions(revision - 1, revision),
        _ => Precondition.None,
    };

    private static string Name(int user) => user.ToString(CultureInfo.InvariantCulture);
}
