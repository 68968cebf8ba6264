using Profiles.Core.Fields;
using Profiles.Core.Identity;
using Profiles.Core.Storage;
using Profiles.Postgres.Tests.Database;

namespace Profiles.Postgres.Tests.Profiles;

/// <summary>The same users in two organizations have nothing to do with each other.</summary>
public class IsolationTests
{
    private TestOrganization first = null!;
    private TestOrganization second = null!;

    [SetUp]
    public async Task Found_two_organizations()
    {
        first = await TestOrganization.CreateAsync();
        second = await TestOrganization.CreateAsync();
        await first.NameAsync("alice", "first");
        await second.NameAsync("alice", "second");
    }

    [Test]
    public async Task Reads_see_their_own_organization()
    {
        UserId[] users = [UserId.Parse("alice"), UserId.Parse("bob")];
        await second.NameAsync("bob", "second");

        foreach (var (organization, name, count) in new[] { (first, "first", 1), (second, "second", 2) })
        {
            var many = await organization.Store.GetManyAsync(organization.Id, users, default);
            var listed = await organization.Store.ListAsync(organization.Id, after: null, newestFirst: false, 9, default);

            using var scope = Assert.EnterMultipleScope();
            Assert.That((await organization.GetAsync("alice"))!.Values[ProfileField.Nickname], Is.EqualTo(name));
            Assert.That(
                many.Select(record => record.Values[ProfileField.Nickname]),
                Has.Exactly(count).Items.And.All.EqualTo(name));
            Assert.That(many.Select(record => record.Key.Organization), Is.All.EqualTo(organization.Id));
            Assert.That(listed.Select(record => record.Key), Is.EquivalentTo(many.Select(record => record.Key)));
            Assert.That(
                (await organization.HistoryAsync("alice")).Select(change => change.Values[ProfileField.Nickname]),
                Is.EqualTo(new[] { name }));
        }
    }

    [Test]
    public async Task Writes_change_their_own_organization()
    {
        await first.NameAsync("alice", "changed");

        var other = (await second.GetAsync("alice"))!;
        Assert.That(other.Values[ProfileField.Nickname], Is.EqualTo("second"));
        Assert.That(other.Revision, Is.EqualTo(1));
    }

    [Test]
    public async Task Deletions_erase_in_their_own_organization()
    {
        var request = Requests.New();
        await second.NameAsync("alice", "requested", request: request);

        await first.DeleteAsync("alice");

        Assert.That(await second.GetAsync("alice"), Is.Not.Null);
        Assert.That(
            (await second.HistoryAsync("alice")).Select(change => change.Values[ProfileField.Nickname]),
            Is.EqualTo(new[] { "second", "requested" }));
        Assert.That((await second.NameAsync("alice", "requested", request: request)).Kind, Is.EqualTo(WriteOutcomeKind.Written));
    }

    [Test]
    public async Task Request_ids_are_of_their_own_organization()
    {
        var request = Requests.New("first");
        await first.NameAsync("alice", "1", request: request);

        var outcome = await second.NameAsync("alice", "2", request: Requests.Of(request.Id, "second"));

        Assert.That(outcome.Record!.Values[ProfileField.Nickname], Is.EqualTo("2"));
    }

    [TestCase("alice", "Alice")]
    [TestCase("a", "a.")]
    public async Task Users_are_told_apart_byte_by_byte(string one, string other)
    {
        await first.NameAsync(one, "one");
        await first.NameAsync(other, "other");

        Assert.That((await first.GetAsync(one))!.Values[ProfileField.Nickname], Is.EqualTo("one"));
        Assert.That((await first.GetAsync(other))!.Values[ProfileField.Nickname], Is.EqualTo("other"));
    }
}
