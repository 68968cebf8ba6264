using Profiles.Core.Fields;
using Profiles.Core.Records;
using Profiles.Core.Storage;
using Profiles.Postgres.Tests.Database;

namespace Profiles.Postgres.Tests.Profiles;

public class DeletionTests
{
    private const string Secret = "very-personal";

    private TestOrganization organization = null!;

    [SetUp]
    public async Task Found_an_organization() => organization = await TestOrganization.CreateAsync();

    [Test]
    public async Task A_deleted_record_is_gone_for_every_way_to_read()
    {
        await organization.NameAsync("alice", "Al");

        var outcome = await organization.DeleteAsync("alice");

        using var scope = Assert.EnterMultipleScope();
        Assert.That(outcome.Kind, Is.EqualTo(WriteOutcomeKind.Written));
        Assert.That(outcome.Record!.Revision, Is.EqualTo(2));
        Assert.That(ProfileFields.All.Where(field => outcome.Record.Values[field.Field] is not null), Is.Empty);
        Assert.That(await organization.GetAsync("alice"), Is.Null);
        Assert.That(
            await organization.Store.GetManyAsync(organization.Id, [organization.Key("alice").User], default), Is.Empty);
        Assert.That(await organization.Store.ListAsync(organization.Id, after: null, newestFirst: false, 9, default), Is.Empty);
    }

    [Test]
    public async Task Several_deletions_leave_what_each_one_leaves()
    {
        await organization.NameAsync("alice", Secret, request: Requests.New());
        await organization.NameAsync("bob", Secret);
        await organization.NameAsync("carol", Secret);

        var outcomes = await organization.DeleteManyAsync("carol", "alice");

        using var scope = Assert.EnterMultipleScope();
        Assert.That(outcomes.Select(outcome => outcome.Record!.Key.User.Value), Is.EqualTo(new[] { "carol", "alice" }));
        Assert.That(outcomes.Select(outcome => outcome.Record!.Revision), Is.All.EqualTo(2));
        Assert.That((await organization.GetAsync("bob"))!.Values.GetText(ProfileField.Nickname), Is.EqualTo(Secret));
        foreach (var user in new[] { "alice", "carol" })
        {
            Assert.That(await organization.GetAsync(user), Is.Null);
            Assert.That((await organization.HistoryAsync(user)).Select(change => change.Type), Is.EqualTo(new[] { ProfileChangeType.Created, ProfileChangeType.Deleted }));
            Assert.That((await organization.HistoryAsync(user))[0].Values.GetText(ProfileField.Nickname), Is.Null);
        }
    }

    [Test]
    public async Task No_value_stays_in_any_table()
    {
        await organization.WriteAsync(
            "alice",
            patch =>
            {
                patch.Set(ProfileField.Nickname, Secret);
                patch.SetAttribute("key", Secret);
                patch.Set(ProfileField.PictureObject, Secret, Secret);
            },
            request: Requests.New());
        // A refused request keeps the record that refused it.
        await organization.NameAsync("alice", Secret, Write.Revisions(7), Requests.New());
        Assert.That(await CountSecretsAsync(), Is.EqualTo(4));

        await organization.DeleteAsync("alice", request: Requests.New());

        Assert.That(await CountSecretsAsync(), Is.Zero);
    }

    [Test]
    public async Task The_facts_of_the_history_stay_without_its_values()
    {
        await organization.NameAsync("alice", Secret, time: Write.Noon);
        await organization.WriteAsync("alice", patch => patch.SetAttribute("key", Secret), time: Write.Noon.AddHours(1));
        await organization.DeleteAsync("alice", time: Write.Noon.AddHours(2));

        var history = await organization.HistoryAsync("alice");

        using var scope = Assert.EnterMultipleScope();
        Assert.That(history.Select(change => change.Revision), Is.EqualTo(new[] { 1, 2, 3 }));
        Assert.That(
            history.Select(change => change.Type),
            Is.EqualTo(new[] { ProfileChangeType.Created, ProfileChangeType.Updated, ProfileChangeType.Deleted }));
        Assert.That(
            history.Select(change => change.Time),
            Is.EqualTo(new[] { Write.Noon, Write.Noon.AddHours(1), Write.Noon.AddHours(2) }));
        Assert.That(history.Select(change => change.Actor), Is.All.EqualTo(Write.Actor));
        Assert.That(history[0].ChangedFields.Enumerate(), Is.EqualTo(new[] { ProfileField.Nickname }));
        Assert.That(history[1].ChangedFields.Enumerate(), Is.EqualTo(new[] { ProfileField.Attributes }));
        Assert.That(history[2].ChangedFields.IsEmpty, Is.True);
        Assert.That(history.Select(change => change.AttributeKeys), Is.All.Null);
        Assert.That(history.Select(change => change.Values[ProfileField.Nickname]), Is.All.Null);
        Assert.That(history.Select(change => change.Values.Attributes), Is.All.Empty);
    }

    [Test]
    public async Task A_record_created_anew_has_nothing_of_the_old_one_but_its_revisions()
    {
        await organization.WriteAsync("alice", patch =>
        {
            foreach (var field in ProfileFields.All.Where(field => field.Field != ProfileField.Attributes))
                patch.Set(field.Field, SampleValues.First(field.Field));
            patch.SetAttribute("old", "1");
        });
        await organization.DeleteAsync("alice", time: Write.Noon.AddHours(1));

        var outcome = await organization.WriteAsync(
            "alice", patch => patch.SetAttribute("new", "2"), time: Write.Noon.AddHours(2));

        var record = outcome.Record!;
        var last = (await organization.HistoryAsync("alice"))[^1];
        using var scope = Assert.EnterMultipleScope();
        Assert.That(outcome.Kind, Is.EqualTo(WriteOutcomeKind.Written));
        Assert.That(record.Revision, Is.EqualTo(3));
        Assert.That(record.CreateTime, Is.EqualTo(Write.Noon.AddHours(2)));
        Assert.That(record.ChangeTime, Is.EqualTo(Write.Noon.AddHours(2)));
        Assert.That(record.Values.Attributes, Is.EqualTo(new Dictionary<string, string> { ["new"] = "2" }));
        Assert.That(
            ProfileFields.All.Select(field => field.Field).Where(field => record.Values[field] is not null),
            Is.EqualTo(new[] { ProfileField.Attributes }));
        Assert.That(last.Type, Is.EqualTo(ProfileChangeType.Created));
        Assert.That(last.Revision, Is.EqualTo(3));
        Assert.That(last.ChangedFields.Enumerate(), Is.EqualTo(new[] { ProfileField.Attributes }));
    }

    [Test]
    public async Task An_empty_write_creates_a_deleted_record_anew()
    {
        await organization.NameAsync("alice", "Al");
        await organization.DeleteAsync("alice");

        var outcome = await organization.WriteAsync("alice", _ => { });

        Assert.That(outcome.Kind, Is.EqualTo(WriteOutcomeKind.Written));
        Assert.That(outcome.Record!.Revision, Is.EqualTo(3));
        Assert.That(await organization.GetAsync("alice"), Is.Not.Null);
    }

    [Test]
    public async Task A_second_deletion_erases_what_came_after_the_first()
    {
        await organization.NameAsync("alice", "Al");
        await organization.DeleteAsync("alice");
        await organization.NameAsync("alice", Secret);
        await organization.DeleteAsync("alice");

        Assert.That(await CountSecretsAsync(), Is.Zero);
        Assert.That(
            (await organization.HistoryAsync("alice")).Select(change => change.Revision), Is.EqualTo(new[] { 1, 2, 3, 4 }));
    }

    [Test]
    public async Task A_deletion_that_is_refused_erases_nothing()
    {
        await organization.NameAsync("alice", Secret);

        await organization.DeleteAsync("alice", Write.Revisions(9));

        Assert.That(await CountSecretsAsync(), Is.EqualTo(2));
    }

    [Test]
    public async Task Other_users_keep_their_values()
    {
        await organization.NameAsync("alice", "Al");
        await organization.NameAsync("bob", "Bo", request: Requests.New());

        await organization.DeleteAsync("alice");

        Assert.That((await organization.HistoryAsync("bob"))[0].Values[ProfileField.Nickname], Is.EqualTo("Bo"));
        Assert.That(
            await organization.QueryAsync<long>(
                "SELECT count(*) FROM write_requests WHERE organization_id = $1 AND user_id <> $2 AND outcome IS NOT NULL",
                "alice"),
            Is.EqualTo(1));
    }

    // Rows in which it can still be read.
    private Task<long> CountSecretsAsync() => organization.QueryAsync<long>(
        $"""
        SELECT count(*) FROM (
            SELECT to_jsonb(t)::text FROM profiles t WHERE organization_id = $1 AND user_id = $2
            UNION ALL SELECT to_jsonb(t)::text FROM profile_changes t WHERE organization_id = $1 AND user_id = $2
            UNION ALL SELECT to_jsonb(t)::text FROM write_requests t WHERE organization_id = $1 AND user_id = $2)
            AS rows (content)
        WHERE content LIKE '%{Secret}%'
        """,
        "alice");
}
