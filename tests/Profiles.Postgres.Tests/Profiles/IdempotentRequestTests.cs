using Profiles.Core.Fields;
using Profiles.Core.Patches;
using Profiles.Core.Rules;
using Profiles.Core.Storage;
using Profiles.Postgres.Tests.Database;
using static Profiles.Core.Storage.WriteOutcomeKind;

namespace Profiles.Postgres.Tests.Profiles;

public class IdempotentRequestTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    private TestOrganization organization = null!;
    private IdempotentRequest request = null!;

    [SetUp]
    public async Task Found_an_organization()
    {
        organization = await TestOrganization.CreateAsync();
        request = Requests.New();
    }

    [Test]
    public async Task A_retry_has_the_first_outcome_even_after_later_changes()
    {
        var first = await organization.NameAsync("alice", "1", request: request);
        await organization.NameAsync("alice", "2");

        var retry = await organization.NameAsync("alice", "1", request: request, time: Write.Noon.AddHours(23));

        AreSame(retry, first);
        Assert.That((await organization.GetAsync("alice"))!.Values[ProfileField.Nickname], Is.EqualTo("2"));
        Assert.That(await organization.HistoryAsync("alice"), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_retry_returns_every_field_as_it_was()
    {
        void Fill(ProfilePatchBuilder patch)
        {
            foreach (var field in ProfileFields.All.Where(field => field.Field != ProfileField.Attributes))
                patch.Set(field.Field, SampleValues.First(field.Field));
            patch.SetAttribute("tier", "gold");
        }

        var time = Write.Noon.AddMicroseconds(123_456);
        var first = await organization.WriteAsync("alice", Fill, request: request, time: time);
        await organization.NameAsync("alice", "later");

        AreSame(await organization.WriteAsync("alice", Fill, request: request), first);
        Assert.That(first.Record!.CreateTime, Is.EqualTo(time));
    }

    [Test]
    public async Task An_update_without_effect_is_replayed_as_such()
    {
        await organization.NameAsync("alice", "1");
        var first = await organization.NameAsync("alice", "1", request: request);
        await organization.NameAsync("alice", "2");

        var retry = await organization.NameAsync("alice", "1", request: request);

        Assert.That(first.Kind, Is.EqualTo(Unchanged));
        AreSame(retry, first);
    }

    [Test]
    public async Task A_stale_revision_is_replayed_even_when_it_would_fit_now()
    {
        await organization.NameAsync("alice", "1");
        var first = await organization.NameAsync("alice", "x", Write.Revisions(2), request);
        await organization.NameAsync("alice", "2");

        var retry = await organization.NameAsync("alice", "x", Write.Revisions(2), request);

        Assert.That(new[] { first.Kind, retry.Kind }, Is.All.EqualTo(StaleRevision));
    }

    [Test]
    public async Task A_missing_record_is_replayed_even_when_there_is_one_now()
    {
        var first = await organization.NameAsync("alice", "x", Write.MustExist, request);
        await organization.NameAsync("alice", "1");

        var retry = await organization.NameAsync("alice", "x", Write.MustExist, request);

        Assert.That(new[] { first.Kind, retry.Kind }, Is.All.EqualTo(NotFound));
    }

    [Test]
    public async Task Too_many_attributes_are_replayed()
    {
        static void Fill(ProfilePatchBuilder patch)
        {
            for (var i = 0; i < AttributeRules.MaxCount; i++)
                patch.SetAttribute($"k{i}", "v");
        }

        await organization.WriteAsync("alice", Fill);
        var first = await organization.WriteAsync("alice", patch => patch.SetAttribute("x", "v"), request: request);
        await organization.WriteAsync("alice", patch => patch.ReplaceAttributes());

        var retry = await organization.WriteAsync("alice", patch => patch.SetAttribute("x", "v"), request: request);

        Assert.That(new[] { first.Kind, retry.Kind }, Is.All.EqualTo(TooManyAttributes));
    }

    [Test]
    public async Task Other_content_is_refused_and_changes_nothing()
    {
        await organization.NameAsync("alice", "1", request: request);

        var other = await organization.NameAsync("alice", "2", request: Requests.Of(request.Id, "other"));
        var deletion = await organization.DeleteAsync("alice", request: Requests.Of(request.Id, "deletion"));
        var retry = await organization.NameAsync("alice", "1", request: request);

        using var scope = Assert.EnterMultipleScope();
        Assert.That(other, Is.EqualTo(new WriteOutcome(RequestIdReused)));
        Assert.That(deletion, Is.EqualTo(new WriteOutcome(RequestIdReused)));
        Assert.That(retry.Kind, Is.EqualTo(Written));
        Assert.That(await organization.HistoryAsync("alice"), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task The_same_id_for_another_user_is_refused()
    {
        await organization.NameAsync("alice", "1", request: request);

        var other = await organization.NameAsync("bob", "2", request: Requests.Of(request.Id, "other"));
        var deletion = await organization.DeleteAsync("bob", request: Requests.Of(request.Id, "deletion"));

        Assert.That(new[] { other, deletion }, Is.All.EqualTo(new WriteOutcome(RequestIdReused)));
        Assert.That(await organization.GetAsync("bob"), Is.Null);
    }

    [Test]
    public async Task The_same_id_in_another_organization_is_another_request()
    {
        var elsewhere = await TestOrganization.CreateAsync();
        await organization.NameAsync("alice", "1", request: request);

        var other = await elsewhere.NameAsync("alice", "2", request: Requests.Of(request.Id, "other"));

        Assert.That(other.Kind, Is.EqualTo(Written));
    }

    [Test]
    public async Task Of_two_writes_of_a_batch_with_one_id_the_first_user_takes_place()
    {
        var outcomes = await organization.WriteAsync(
            Write.To("bob", patch => patch.Set(ProfileField.Nickname, "B"), request: Requests.Of(request.Id, "bob")),
            Write.To("alice", patch => patch.Set(ProfileField.Nickname, "A"), request: Requests.Of(request.Id, "alice")));

        Assert.That(outcomes.Select(outcome => outcome.Kind), Is.EqualTo(new[] { RequestIdReused, Written }));
        Assert.That(await organization.GetAsync("bob"), Is.Null);
    }

    [Test]
    public async Task Users_who_claim_one_id_at_the_same_time_get_it_once()
    {
        const int users = 16;

        var outcomes = await Task.WhenAll(Enumerable.Range(0, users)
            .Select(i => Task.Run(() => organization.NameAsync($"u{i}", "1", request: Requests.Of(request.Id, $"{i}"))))).WaitAsync(Timeout);

        Assert.That(outcomes.Count(outcome => outcome.Kind == Written), Is.EqualTo(1));
        Assert.That(outcomes.Count(outcome => outcome.Kind == RequestIdReused), Is.EqualTo(users - 1));
    }

    [Test]
    public async Task Batches_that_claim_the_same_ids_crosswise_all_end()
    {
        const int batches = 16;
        var ids = new[] { Guid.CreateVersion7(), Guid.CreateVersion7() };

        var outcomes = await Task.WhenAll(Enumerable.Range(0, batches).Select(i => Task.Run(() => organization.WriteAsync(
            Write.To($"a{i}", patch => patch.Set(ProfileField.Nickname, "x"), request: Requests.Of(ids[i % 2], $"a{i}")),
            Write.To($"b{i}", patch => patch.Set(ProfileField.Nickname, "x"), request: Requests.Of(ids[1 - (i % 2)], $"b{i}")))))).WaitAsync(Timeout);

        Assert.That(outcomes.SelectMany(batch => batch).Count(outcome => outcome.Kind == Written), Is.EqualTo(2));
    }

    [TestCase(24 * 3600, ExpectedResult = RequestIdReused)]
    [TestCase((24 * 3600) + 1, ExpectedResult = Written)]
    public async Task<WriteOutcomeKind> An_id_is_free_again_after_24_hours(int seconds)
    {
        await organization.NameAsync("alice", "1", request: request);

        var other = Requests.Of(request.Id, "other");
        var outcome = await organization.NameAsync("alice", "2", request: other, time: Write.Noon.AddSeconds(seconds));
        var retry = await organization.NameAsync("alice", "2", request: other, time: Write.Noon.AddSeconds(seconds));

        AreSame(retry, outcome);
        return outcome.Kind;
    }

    [Test]
    public async Task Forgotten_requests_are_carried_out_again()
    {
        await organization.NameAsync("alice", "1", request: request, time: Write.Noon.AddYears(-20));
        await organization.NameAsync("alice", "2");

        var forgotten = await organization.Store.ForgetRequestsAsync(Write.Noon.AddYears(-20).AddSeconds(1), default);
        var outcome = await organization.NameAsync("alice", "1", request: request);

        Assert.That(forgotten, Is.EqualTo(1));
        Assert.That(outcome.Record!.Revision, Is.EqualTo(3));
    }

    [Test]
    public async Task Duplicates_at_the_same_time_have_one_effect_and_one_outcome()
    {
        const int duplicates = 16;
        await organization.WriteAsync("alice", _ => { });

        var outcomes = await Task.WhenAll(Enumerable.Range(0, duplicates)
            .Select(_ => Task.Run(() => organization.NameAsync("alice", "1", request: request)))).WaitAsync(Timeout);

        foreach (var outcome in outcomes)
            AreSame(outcome, outcomes[0]);
        Assert.That(outcomes[0].Record!.Revision, Is.EqualTo(2));
        Assert.That(await organization.HistoryAsync("alice"), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Duplicates_of_a_creation_at_the_same_time_create_once()
    {
        const int duplicates = 16;

        var outcomes = await Task.WhenAll(Enumerable.Range(0, duplicates)
            .Select(_ => Task.Run(() => organization.NameAsync("alice", "1", request: request)))).WaitAsync(Timeout);

        Assert.That(outcomes.Select(outcome => outcome.Record?.Revision), Is.All.EqualTo(1));
        Assert.That(await organization.HistoryAsync("alice"), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Writes_with_and_without_requests_share_a_batch()
    {
        var first = await organization.NameAsync("alice", "1", request: request);

        var outcomes = await organization.WriteAsync(
            Write.To("carol", patch => patch.Set(ProfileField.Nickname, "C")),
            Write.To("alice", patch => patch.Set(ProfileField.Nickname, "1"), request: request),
            Write.To("bob", patch => patch.Set(ProfileField.Nickname, "B"), request: Requests.New()),
            Write.To("dave", patch => patch.Set(ProfileField.Nickname, "D"), Write.MustExist, Requests.New()));

        Assert.That(outcomes.Select(outcome => outcome.Kind), Is.EqualTo(new[] { Written, Written, Written, NotFound }));
        AreSame(outcomes[1], first);
    }

    private static void AreSame(WriteOutcome actual, WriteOutcome expected)
    {
        using var scope = Assert.EnterMultipleScope();
        Assert.That(actual.Kind, Is.EqualTo(expected.Kind));
        Assert.That(actual.Record?.Revision, Is.EqualTo(expected.Record?.Revision));
        Assert.That(actual.Record?.CreateTime, Is.EqualTo(expected.Record?.CreateTime));
        Assert.That(actual.Record?.ChangeTime, Is.EqualTo(expected.Record?.ChangeTime));
        if (expected.Record is not { } record)
            return;
        foreach (var field in ProfileFields.All.Select(field => field.Field))
            Assert.That(actual.Record!.Values[field], Is.EqualTo(record.Values[field]), $"{field}");
    }
}
