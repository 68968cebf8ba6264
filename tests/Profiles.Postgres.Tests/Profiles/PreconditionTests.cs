using Profiles.Core.Fields;
using Profiles.Core.Records;
using Profiles.Core.Storage;
using Profiles.Postgres.Tests.Database;
using static Profiles.Core.Storage.WriteOutcomeKind;

namespace Profiles.Postgres.Tests.Profiles;

public class PreconditionTests
{
    private static readonly long[] NoRevisions = [];

    private TestOrganization organization = null!;

    [SetUp]
    public async Task Found_an_organization() => organization = await TestOrganization.CreateAsync();

    private static TestCaseData[] OnRevisionTwo() =>
    [
        new(Precondition.None, Written),
        new(Write.MustExist, Written),
        new(Write.Revisions(2), Written),
        new(Write.Revisions(1, 2, 3), Written),
        new(Write.Revisions(1), StaleRevision),
        new(Write.Revisions(3), StaleRevision),
        new(Write.Revisions(1, 3), StaleRevision),
        new(Write.Revisions(Etag.NoRevision), StaleRevision),
        new(Write.Revisions(NoRevisions), StaleRevision),
        new(new Precondition([2], MustExist: true), Written),
        new(new Precondition([1], MustExist: true), StaleRevision),
    ];

    private static TestCaseData[] WithoutRecord() =>
    [
        new(Precondition.None, Written),
        new(Write.MustExist, NotFound),
        new(Write.Revisions(1), NotFound),
        new(Write.Revisions(Etag.NoRevision), NotFound),
    ];

    [TestCaseSource(nameof(OnRevisionTwo))]
    public async Task A_write_takes_place_on_the_right_revision(Precondition precondition, WriteOutcomeKind kind)
    {
        await organization.NameAsync("alice", "1");
        await organization.NameAsync("alice", "2");

        var outcome = await organization.NameAsync("alice", "3", precondition);

        await CheckAsync(outcome, kind, revisionBefore: 2);
    }

    [Test]
    public async Task A_deleted_record_is_kept_deleted_where_the_write_asks_for_it()
    {
        var keep = Precondition.None with { KeepDeleted = true };

        Assert.That((await organization.NameAsync("alice", "1", keep)).Kind, Is.EqualTo(Written));
        Assert.That((await organization.NameAsync("alice", "2", keep)).Kind, Is.EqualTo(Written));
        await organization.DeleteAsync("alice");
        Assert.That((await organization.NameAsync("alice", "3", keep)).Kind, Is.EqualTo(NotFound));
        Assert.That((await organization.GetAsync("alice")), Is.Null);
        Assert.That((await organization.NameAsync("alice", "3")).Kind, Is.EqualTo(Written));
        Assert.That((await organization.NameAsync("alice", "4", keep)).Kind, Is.EqualTo(Written));
    }

    [TestCase(null, "a@b.example", Written)]
    [TestCase("a@b.example", "a@b.example", Written)]
    [TestCase("a@b.example", "A@b.example", EmailKept)]
    [TestCase("a@b.example", null, EmailKept)]
    [TestCase("deleted", "a@b.example", Written)]
    [TestCase("absent", "a@b.example", Written)]
    public async Task An_address_is_kept_where_the_write_asks_for_it(string? before, string? after, WriteOutcomeKind kind)
    {
        if (before != "absent")
            await organization.WriteAsync("alice", patch => patch.Set(ProfileField.Email, before == "deleted" ? "x@y.example" : before));
        if (before == "deleted")
            await organization.DeleteAsync("alice");

        var outcome = await organization.WriteAsync(
            "alice",
            patch =>
            {
                patch.Set(ProfileField.Email, after);
                patch.Set(ProfileField.Nickname, "N");
            },
            Precondition.None with { KeepEmail = true });

        var stored = (await organization.GetAsync("alice"))!.Values;
        Assert.That(outcome.Kind, Is.EqualTo(kind));
        Assert.That(stored.GetText(ProfileField.Nickname), Is.EqualTo(kind == Written ? "N" : null));
        Assert.That(stored.GetText(ProfileField.Email), Is.EqualTo(kind == Written ? after : before));
    }

    [TestCaseSource(nameof(OnRevisionTwo))]
    public async Task A_deletion_takes_place_on_the_right_revision(Precondition precondition, WriteOutcomeKind kind)
    {
        await organization.NameAsync("alice", "1");
        await organization.NameAsync("alice", "2");

        var outcome = await organization.DeleteAsync("alice", precondition);

        Assert.That(outcome.Kind, Is.EqualTo(kind));
        Assert.That(outcome.Record?.Revision, Is.EqualTo(kind == Written ? 3 : null));
        Assert.That(await organization.GetAsync("alice"), kind == Written ? Is.Null : Is.Not.Null);
    }

    [TestCaseSource(nameof(WithoutRecord))]
    public async Task A_write_to_no_record_creates_one_only_without_precondition(
        Precondition precondition, WriteOutcomeKind kind)
    {
        var outcome = await organization.NameAsync("alice", "1", precondition);

        await CheckAsync(outcome, kind, revisionBefore: 0);
    }

    [Test]
    public async Task A_deletion_needs_a_record()
    {
        Assert.That((await organization.DeleteAsync("alice")).Kind, Is.EqualTo(NotFound));
        await organization.NameAsync("alice", "1");
        await organization.DeleteAsync("alice");
        Assert.That((await organization.DeleteAsync("alice")).Kind, Is.EqualTo(NotFound));
        Assert.That(await organization.HistoryAsync("alice"), Has.Count.EqualTo(2));
    }

    // Whoever holds an etag has seen the record: to them it has changed.
    [Test]
    public async Task An_etag_of_a_deleted_record_is_stale_and_must_exist_finds_none()
    {
        await organization.NameAsync("alice", "1");
        await organization.DeleteAsync("alice");

        using var scope = Assert.EnterMultipleScope();
        Assert.That((await organization.NameAsync("alice", "2", Write.Revisions(1))).Kind, Is.EqualTo(StaleRevision));
        Assert.That((await organization.NameAsync("alice", "2", Write.Revisions(2))).Kind, Is.EqualTo(StaleRevision));
        Assert.That((await organization.NameAsync("alice", "2", Write.MustExist)).Kind, Is.EqualTo(NotFound));
        Assert.That((await organization.DeleteAsync("alice", Write.Revisions(1))).Kind, Is.EqualTo(StaleRevision));
        Assert.That(await organization.GetAsync("alice"), Is.Null);
    }

    [Test]
    public async Task A_stale_write_is_refused_even_when_it_would_change_nothing()
    {
        await organization.NameAsync("alice", "1");
        await organization.NameAsync("alice", "2");

        Assert.That((await organization.NameAsync("alice", "2", Write.Revisions(1))).Kind, Is.EqualTo(StaleRevision));
    }

    private async Task CheckAsync(WriteOutcome outcome, WriteOutcomeKind kind, long revisionBefore)
    {
        var after = revisionBefore + (kind == Written ? 1 : 0);
        Assert.That(outcome.Kind, Is.EqualTo(kind));
        Assert.That(outcome.Record?.Revision, Is.EqualTo(kind == Written ? after : null));
        Assert.That(await organization.HistoryAsync("alice"), Has.Count.EqualTo(after));
    }
}
