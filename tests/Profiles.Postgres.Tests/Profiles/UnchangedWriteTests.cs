using Profiles.Core.Fields;
using Profiles.Core.Storage;
using Profiles.Postgres.Tests.Database;

namespace Profiles.Postgres.Tests.Profiles;

public class UnchangedWriteTests
{
    private static readonly ProfileField[] Fields =
        [.. ProfileFields.All.Select(field => field.Field).Where(field => field != ProfileField.Attributes)];

    private TestOrganization organization = null!;

    [SetUp]
    public async Task Found_an_organization() => organization = await TestOrganization.CreateAsync();

    [TestCaseSource(nameof(Fields))]
    public async Task A_field_that_has_its_value_already_writes_nothing(ProfileField field)
    {
        await organization.WriteAsync("alice", patch => patch.Set(field, SampleValues.First(field)));
        var version = await organization.VersionAsync("alice");

        var outcome = await organization.WriteAsync(
            "alice", patch => patch.Set(field, SampleValues.First(field)), time: Write.Noon.AddHours(1));

        await NothingHappenedAsync(outcome, version);
        Assert.That(outcome.Record!.Values[field], Is.EqualTo(SampleValues.First(field)));
        Assert.That(outcome.Record.ChangeTime, Is.EqualTo(Write.Noon));
    }

    [TestCaseSource(nameof(Fields))]
    public async Task Clearing_a_field_without_a_value_writes_nothing(ProfileField field)
    {
        await organization.WriteAsync("alice", _ => { });
        var version = await organization.VersionAsync("alice");

        await NothingHappenedAsync(await organization.WriteAsync("alice", patch => patch.Clear(field)), version);
    }

    [Test]
    public async Task A_write_without_fields_writes_nothing_on_a_record()
    {
        await organization.NameAsync("alice", "Al");
        var version = await organization.VersionAsync("alice");

        await NothingHappenedAsync(await organization.WriteAsync("alice", _ => { }), version);
    }

    [Test]
    public async Task Only_the_fields_that_really_change_are_recorded()
    {
        await organization.NameAsync("alice", "Al");

        await organization.WriteAsync("alice", patch =>
        {
            patch.Set(ProfileField.Nickname, "Al");
            patch.Set(ProfileField.Level, 7);
            patch.Clear(ProfileField.Email);
        });

        var change = (await organization.HistoryAsync("alice"))[^1];
        Assert.That(change.ChangedFields.Enumerate(), Is.EqualTo(new[] { ProfileField.Level }));
        Assert.That(change.Values[ProfileField.Level], Is.EqualTo(7));
        Assert.That(change.Values[ProfileField.Nickname], Is.Null);
    }

    private async Task NothingHappenedAsync(WriteOutcome outcome, string? version)
    {
        Assert.That(outcome.Kind, Is.EqualTo(WriteOutcomeKind.Unchanged));
        Assert.That(outcome.Record!.Revision, Is.EqualTo(1));
        Assert.That(await organization.VersionAsync("alice"), Is.EqualTo(version));
        Assert.That(await organization.HistoryAsync("alice"), Has.Count.EqualTo(1));
    }
}
