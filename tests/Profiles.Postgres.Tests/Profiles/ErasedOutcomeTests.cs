using Profiles.Core.Storage;
using Profiles.Postgres.Tests.Database;
using static Profiles.Core.Storage.WriteOutcomeKind;

namespace Profiles.Postgres.Tests.Profiles;

/// <summary>Retries of requests whose record was deleted in between.</summary>
public class ErasedOutcomeTests
{
    private TestOrganization organization = null!;
    private IdempotentRequest request = null!;

    [SetUp]
    public async Task Found_an_organization()
    {
        organization = await TestOrganization.CreateAsync();
        request = Requests.New();
    }

    private static IEnumerable<Precondition> Preconditions() => [Precondition.None, Write.MustExist, Write.Revisions(1)];

    [TestCaseSource(nameof(Preconditions))]
    public async Task A_write_that_took_place_is_not_carried_out_again(Precondition precondition)
    {
        await organization.NameAsync("alice", "1");
        await organization.NameAsync("alice", "2", precondition, request);
        await organization.DeleteAsync("alice");

        var retry = await organization.NameAsync("alice", "2", precondition, request);

        Assert.That(retry, Is.EqualTo(new WriteOutcome(OutcomeErased)));
        Assert.That(await organization.GetAsync("alice"), Is.Null);
    }

    [Test]
    public async Task A_write_that_took_place_stays_erased_when_the_record_is_created_anew()
    {
        await organization.NameAsync("alice", "1", request: request);
        await organization.DeleteAsync("alice");
        await organization.NameAsync("alice", "2");

        Assert.That((await organization.NameAsync("alice", "1", request: request)).Kind, Is.EqualTo(OutcomeErased));
    }

    [TestCaseSource(nameof(Preconditions))]
    public async Task A_deletion_is_replayed_even_when_the_record_was_created_anew(Precondition precondition)
    {
        await organization.NameAsync("alice", "1");
        var first = await organization.DeleteAsync("alice", precondition, request);
        await organization.NameAsync("alice", "2");

        var retry = await organization.DeleteAsync("alice", precondition, request);

        Assert.That(retry.Kind, Is.EqualTo(Written));
        Assert.That(retry.Record!.Revision, Is.EqualTo(first.Record!.Revision).And.EqualTo(2));
        Assert.That(await organization.GetAsync("alice"), Is.Not.Null);
    }

    [Test]
    public async Task A_deletion_is_replayed_after_another_deletion()
    {
        await organization.NameAsync("alice", "1");
        await organization.DeleteAsync("alice", request: request);
        await organization.NameAsync("alice", "2");
        await organization.DeleteAsync("alice");

        var retry = await organization.DeleteAsync("alice", request: request);

        Assert.That(retry.Kind, Is.EqualTo(Written));
        Assert.That(retry.Record!.Revision, Is.EqualTo(2));
    }

    [Test]
    public async Task A_deletion_that_found_no_record_is_replayed()
    {
        await organization.DeleteAsync("alice", request: request);
        await organization.NameAsync("alice", "1");

        var retry = await organization.DeleteAsync("alice", request: request);

        Assert.That(retry.Kind, Is.EqualTo(NotFound));
        Assert.That(await organization.GetAsync("alice"), Is.Not.Null);
    }

    [Test]
    public async Task A_write_that_found_no_record_is_replayed_after_a_deletion()
    {
        await organization.NameAsync("alice", "x", Write.MustExist, request);
        await organization.NameAsync("alice", "1");
        await organization.DeleteAsync("alice");

        Assert.That((await organization.NameAsync("alice", "x", Write.MustExist, request)).Kind, Is.EqualTo(NotFound));
    }
}
