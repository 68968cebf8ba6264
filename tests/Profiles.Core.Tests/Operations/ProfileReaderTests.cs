using Profiles.Core.Errors;
using Profiles.Core.Identity;
using Profiles.Core.Operations;
using Profiles.Core.Tests.Support;

namespace Profiles.Core.Tests.Operations;

[TestFixture]
public class ProfileReaderTests
{
    private FakeProfileStore store = null!;
    private ProfileReader reader = null!;

    [SetUp]
    public void Begin()
    {
        store = new FakeProfileStore();
        reader = new ProfileReader(store);
    }

    [Test]
    public async Task A_profile_is_found_by_organization_and_user()
    {
        store.Add("alice", default);

        Assert.That((await reader.GetAsync(Keys.Alice, CancellationToken.None)).Key, Is.EqualTo(Keys.Alice));
        foreach (var other in new[] { Keys.Bob, Keys.Alice with { Organization = OrganizationId.Parse("other") } })
        {
            Assert.That(
                await Failures.ReasonOfAsync(() => reader.GetAsync(other, CancellationToken.None)),
                Is.EqualTo(ErrorReason.ProfileNotFound));
        }
    }

    [Test]
    public async Task A_batch_answers_each_user_once_in_the_order_of_first_mention()
    {
        foreach (var user in new[] { "a", "b", "c" })
            store.Add(user, default);

        var users = Users("c", "x", "a", "c", "y", "x", "a", "b");
        var (found, missing) = await reader.GetManyAsync(Keys.Demo, users, CancellationToken.None);

        Assert.That(found.Select(record => record.Key.User.Value), Is.EqualTo(new[] { "c", "a", "b" }));
        Assert.That(missing.Select(user => user.Value), Is.EqualTo(new[] { "x", "y" }));
        Assert.That(store.Limits, Is.EqualTo(new[] { 5 }), "The store is asked for each once.");
    }

    [TestCase(1, true)]
    [TestCase(100, true)]
    [TestCase(0, false)]
    [TestCase(101, false)]
    public async Task A_batch_names_1_to_100_users(int count, bool good)
    {
        var users = Users(Enumerable.Repeat("alice", count).ToArray());

        if (good)
        {
            Assert.That((await reader.GetManyAsync(Keys.Demo, users, CancellationToken.None)).Missing, Has.Count.EqualTo(1));
        }
        else
        {
            Assert.That(
                await Failures.ReasonOfAsync(() => reader.GetManyAsync(Keys.Demo, users, CancellationToken.None)),
                Is.EqualTo(ErrorReason.InvalidRequest));
        }

        Assert.That(store.Calls, Is.EqualTo(good ? 1 : 0));
    }

    [Test]
    public async Task An_organization_without_profiles_has_one_empty_page()
    {
        var page = await reader.ListAsync(Keys.Demo, new PageRequest(0, string.Empty, string.Empty), CancellationToken.None);

        Assert.That(page.Items, Is.Empty);
        Assert.That(page.NextPageToken, Is.Empty);
        Assert.That(store.Limits, Is.EqualTo(new[] { 51 }));
    }

    [Test]
    public async Task There_are_no_changes_of_a_profile_that_never_was() =>
        Assert.That(
            await Failures.ReasonOfAsync(
                () => reader.ListChangesAsync(Keys.Alice, new PageRequest(0, string.Empty, string.Empty), CancellationToken.None)),
            Is.EqualTo(ErrorReason.ProfileNotFound));

    [TestCase(-1, "", "")]
    [TestCase(101, "", "")]
    [TestCase(0, "x", "")]
    [TestCase(0, "", "x")]
    public async Task A_bad_page_request_never_reaches_the_store(int size, string token, string order)
    {
        var page = new PageRequest(size, token, order);

        Assert.That(
            await Failures.ReasonOfAsync(() => reader.ListAsync(Keys.Demo, page, CancellationToken.None)),
            Is.EqualTo(ErrorReason.InvalidRequest));
        Assert.That(
            await Failures.ReasonOfAsync(() => reader.ListChangesAsync(Keys.Alice, page, CancellationToken.None)),
            Is.EqualTo(ErrorReason.InvalidRequest));
        Assert.That(store.Calls, Is.Zero);
    }

    [Test]
    public async Task The_caller_s_cancellation_reaches_the_store()
    {
        using var source = new CancellationTokenSource();
        var page = new PageRequest(0, string.Empty, string.Empty);
        store.Add("alice", default);
        Func<Task>[] calls =
        [
            () => reader.GetAsync(Keys.Alice, source.Token),
            () => reader.GetManyAsync(Keys.Demo, Users("alice"), source.Token),
            () => reader.ListAsync(Keys.Demo, page, source.Token),
        ];

        foreach (var call in calls)
        {
            var before = store.Calls;
            await call();
            Assert.That(store.Calls, Is.EqualTo(before + 1));
            Assert.That(store.LastToken, Is.EqualTo(source.Token));
        }
    }

    private static List<UserId> Users(params string[] users) => users.Select(UserId.Parse).ToList();
}
