using Profiles.Core.Fields;
using Profiles.Core.Records;
using Profiles.Core.Storage;
using Profiles.Postgres.Tests.Database;

namespace Profiles.Postgres.Tests.Profiles;

public class FieldTests
{
    private static readonly ProfileField[] Fields =
        [.. ProfileFields.All.Select(field => field.Field).Where(field => field != ProfileField.Attributes)];

    private static readonly ProfileField[] Flags =
        [.. Fields.Where(field => ProfileFields.Get(field).Kind == ProfileFieldKind.Flag)];

    private TestOrganization organization = null!;

    [SetUp]
    public async Task Found_an_organization() => organization = await TestOrganization.CreateAsync();

    [TestCaseSource(nameof(Fields))]
    public async Task A_field_is_created_changed_and_cleared(ProfileField field)
    {
        var first = SampleValues.First(field);
        var second = SampleValues.Second(field) is false ? null : SampleValues.Second(field);

        var created = await organization.WriteAsync("alice", patch => patch.Set(field, first));
        var changed = await organization.WriteAsync("alice", patch => patch.Set(field, SampleValues.Second(field)));
        var setAgain = await organization.WriteAsync("alice", patch => patch.Set(field, first));
        var cleared = await organization.WriteAsync("alice", patch => patch.Clear(field));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Only(created, field), Is.EqualTo(first));
            Assert.That(Only(changed, field), Is.EqualTo(second));
            Assert.That(Only(setAgain, field), Is.EqualTo(first));
            Assert.That(Only(cleared, field), Is.Null);
            Assert.That(
                new[] { created, changed, setAgain, cleared }.Select(outcome => outcome.Record!.Revision),
                Is.EqualTo(new[] { 1, 2, 3, 4 }));
        }
    }

    [TestCaseSource(nameof(Fields))]
    public async Task A_field_that_a_write_does_not_name_stays(ProfileField field)
    {
        await organization.WriteAsync("alice", patch => patch.Set(field, SampleValues.First(field)));
        var other = field == ProfileField.Nickname ? ProfileField.GivenName : ProfileField.Nickname;

        var outcome = await organization.WriteAsync("alice", patch => patch.Set(other, "changed"));

        Assert.That(outcome.Record!.Values[field], Is.EqualTo(SampleValues.First(field)));
        Assert.That(outcome.Record.Values[other], Is.EqualTo("changed"));
    }

    [Test]
    public async Task All_fields_are_kept_and_read_by_every_way_to_read()
    {
        var written = await organization.WriteAsync("alice", patch =>
        {
            foreach (var field in Fields)
                patch.Set(field, SampleValues.First(field));
            patch.SetAttribute("tier", "gold");
        });
        var got = await organization.GetAsync("alice");
        var many = await organization.Store.GetManyAsync(organization.Id, [organization.Key("alice").User], default);
        var listed = await organization.Store.ListAsync(organization.Id, after: null, newestFirst: true, 10, default);

        foreach (var record in new[] { written.Record!, got!, many.Single(), listed.Single() })
        {
            using var scope = Assert.EnterMultipleScope();
            Assert.That(record.Key, Is.EqualTo(organization.Key("alice")));
            Assert.That(record.Revision, Is.EqualTo(1));
            Assert.That(record.CreateTime, Is.EqualTo(Write.Noon));
            Assert.That(record.CreateTime.Kind, Is.EqualTo(DateTimeKind.Utc));
            Assert.That(record.ChangeTime, Is.EqualTo(Write.Noon));
            foreach (var field in Fields)
                Assert.That(record.Values[field], Is.EqualTo(SampleValues.First(field)), $"{field}");
            Assert.That(record.Values.Attributes, Is.EqualTo(new Dictionary<string, string> { ["tier"] = "gold" }));
        }
    }

    [Test]
    public async Task A_write_without_fields_creates_an_empty_record()
    {
        var outcome = await organization.WriteAsync("alice", _ => { });

        Assert.That(outcome.Kind, Is.EqualTo(WriteOutcomeKind.Written));
        Assert.That(Names(outcome.Record!.Values), Is.Empty);
        Assert.That((await organization.GetAsync("alice"))!.Revision, Is.EqualTo(1));
    }

    [TestCaseSource(nameof(Flags))]
    public async Task A_false_flag_is_the_same_as_none(ProfileField flag)
    {
        await organization.WriteAsync("alice", _ => { });

        var outcome = await organization.WriteAsync("alice", patch => patch.Set(flag, false));

        Assert.That(outcome.Kind, Is.EqualTo(WriteOutcomeKind.Unchanged));
        Assert.That(outcome.Record!.Values[flag], Is.Null);
    }

    [Test]
    public async Task A_user_that_never_was_has_no_record_and_no_history()
    {
        Assert.That(await organization.GetAsync("nobody"), Is.Null);
        Assert.That(await organization.HistoryAsync("nobody"), Is.Empty);
        Assert.That(await organization.Store.GetManyAsync(organization.Id, [], default), Is.Empty);
    }

    [Test]
    public async Task Times_are_kept_to_the_microsecond()
    {
        var time = Write.Noon.AddTicks(1_234_567);

        var outcome = await organization.NameAsync("alice", "Al", time: time);

        Assert.That(outcome.Record!.CreateTime, Is.EqualTo(Write.Noon.AddMicroseconds(123_456)));
    }

    private static object? Only(WriteOutcome outcome, ProfileField field)
    {
        Assert.That(outcome.Kind, Is.EqualTo(WriteOutcomeKind.Written));
        Assert.That(Names(outcome.Record!.Values).Where(name => name != field), Is.Empty, "other fields");
        return outcome.Record.Values[field];
    }

    private static IEnumerable<ProfileField> Names(ProfileValues values) =>
        ProfileFields.All.Select(field => field.Field).Where(field => values[field] is not null);
}
