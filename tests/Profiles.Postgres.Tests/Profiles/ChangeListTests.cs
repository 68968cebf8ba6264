using Profiles.Core.Access;
using Profiles.Core.Fields;
using Profiles.Core.Records;
using Profiles.Postgres.Tests.Database;

namespace Profiles.Postgres.Tests.Profiles;

public class ChangeListTests
{
    private static readonly ProfileField[] Fields =
        [.. ProfileFields.All.Select(field => field.Field).Where(field => field != ProfileField.Attributes)];

    private TestOrganization organization = null!;

    [SetUp]
    public async Task Found_an_organization() => organization = await TestOrganization.CreateAsync();

    [TestCaseSource(nameof(Fields))]
    public async Task A_change_has_the_new_value_of_its_field(ProfileField field)
    {
        await organization.WriteAsync("alice", patch => patch.Set(field, SampleValues.First(field)));
        await organization.WriteAsync("alice", patch => patch.Clear(field));

        var history = await organization.HistoryAsync("alice");

        using var scope = Assert.EnterMultipleScope();
        Assert.That(history.Select(change => change.ChangedFields.Enumerate().Single()), Is.All.EqualTo(field));
        Assert.That(history[0].Values[field], Is.EqualTo(SampleValues.First(field)));
        Assert.That(history[1].Values[field], Is.Null);
        Assert.That(
            history.Select(change => change.Type),
            Is.EqualTo(new[] { ProfileChangeType.Created, ProfileChangeType.Updated }));
    }

    [Test]
    public async Task A_change_tells_who_and_when()
    {
        var actor = new Actor(ActorType.User, "alice", CredentialId: "key-1");
        var write = Write.To("alice", patch => patch.Set(ProfileField.Nickname, "Al"), time: Write.Noon.AddHours(3));
        await organization.WriteAsync(write with { Context = write.Context with { Actor = actor, HttpRequestId = "request-1" } });

        var change = (await organization.HistoryAsync("alice")).Single();

        Assert.That(change.Actor, Is.EqualTo(actor));
        Assert.That(change.HttpRequestId, Is.EqualTo("request-1"));
        Assert.That(change.Time, Is.EqualTo(Write.Noon.AddHours(3)));
        Assert.That(change.Time.Kind, Is.EqualTo(DateTimeKind.Utc));
    }

    [Test]
    public async Task A_merge_names_its_attributes_and_has_the_values_of_those_it_set()
    {
        await organization.WriteAsync("alice", patch => patch.SetAttribute("removed", "old"));
        await organization.WriteAsync("alice", patch =>
        {
            patch.SetAttribute("set", "new");
            patch.SetAttribute("removed", value: null);
        });

        var change = (await organization.HistoryAsync("alice"))[1];

        Assert.That(change.AttributeKeys, Is.EquivalentTo(new[] { "set", "removed" }));
        Assert.That(change.Values.Attributes, Is.EqualTo(new Dictionary<string, string> { ["set"] = "new" }));
    }

    [Test]
    public async Task A_replacement_names_no_attributes_and_has_all_values()
    {
        await organization.WriteAsync("alice", patch => patch.SetAttribute("old", "1"));
        await organization.WriteAsync("alice", patch =>
        {
            patch.ReplaceAttributes();
            patch.SetAttribute("new", "2");
        });

        var change = (await organization.HistoryAsync("alice"))[1];

        Assert.That(change.AttributeKeys, Is.Null);
        Assert.That(change.Values.Attributes, Is.EqualTo(new Dictionary<string, string> { ["new"] = "2" }));
    }

    // ProfileValues: a map without entries counts as no value.
    [TestCase(false)]
    [TestCase(true)]
    public async Task A_removal_of_all_attributes_leaves_no_value(bool replaces)
    {
        await organization.WriteAsync("alice", patch => patch.SetAttribute("only", "1"));
        await organization.WriteAsync("alice", patch =>
        {
            if (replaces)
                patch.ReplaceAttributes();
            else
                patch.SetAttribute("only", value: null);
        });

        Assert.That((await organization.HistoryAsync("alice"))[1].Values[ProfileField.Attributes], Is.Null);
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_change_of_other_fields_has_no_attributes(bool replaces)
    {
        await organization.WriteAsync("alice", patch => patch.SetAttribute("key", "1"));
        await organization.WriteAsync("alice", patch =>
        {
            patch.Set(ProfileField.Nickname, "Al");
            if (replaces)
                patch.ReplaceAttributes();
            patch.SetAttribute("key", "1");
        });

        var change = (await organization.HistoryAsync("alice"))[1];

        Assert.That(change.ChangedFields.Contains(ProfileField.Attributes), Is.False);
        Assert.That(change.Values[ProfileField.Attributes], Is.Null);
        Assert.That(change.AttributeKeys, replaces ? Is.Null : Is.Empty);
    }

    [Test]
    public async Task Pages_go_on_after_a_revision_in_both_directions(
        [Values] bool newestFirst, [Values(1, 2, 3, 7, 8)] int limit)
    {
        const int changes = 7;
        for (var i = 1; i <= changes; i++)
            await organization.NameAsync("alice", $"{i}");
        await organization.NameAsync("bob", "other");

        var read = new List<ProfileChange>();
        IReadOnlyList<ProfileChange> page;
        do
        {
            page = await organization.Store.ListChangesAsync(
                organization.Key("alice"), read.Count == 0 ? null : read[^1].Revision, newestFirst, limit, default);
            Assert.That(page, Has.Count.LessThanOrEqualTo(limit));
            read.AddRange(page);
        }
        while (page.Count > 0);

        var expected = Enumerable.Range(1, changes);
        Assert.That(read.Select(change => change.Revision), Is.EqualTo(newestFirst ? expected.Reverse() : expected));
        Assert.That(
            read.Select(change => change.Values[ProfileField.Nickname]),
            Is.EqualTo(read.Select(change => $"{change.Revision}")));
    }

    // A newer release has fields that this one does not know.
    [Test]
    public async Task Fields_of_a_newer_release_are_passed_over()
    {
        await organization.NameAsync("alice", "Al");
        await organization.QueryAsync<int>(
            """
            UPDATE profile_changes SET patch = patch || '{"shoe_size": 43}', changed_fields = changed_fields | (1::bigint << 40)
            WHERE organization_id = $1 AND user_id = $2
            """,
            "alice");

        var change = (await organization.HistoryAsync("alice")).Single();

        Assert.That(change.Values[ProfileField.Nickname], Is.EqualTo("Al"));
        Assert.That(change.ChangedFields.Enumerate(), Is.EqualTo(new[] { ProfileField.Nickname }));
    }
}
