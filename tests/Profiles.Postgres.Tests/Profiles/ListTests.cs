using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Profiles.Core.Identity;
using Profiles.Core.Records;
using Profiles.Core.Storage;
using Profiles.Postgres.Tests.Database;

namespace Profiles.Postgres.Tests.Profiles;

public class ListTests
{
    private TestOrganization organization = null!;

    [SetUp]
    public async Task Found_an_organization() => organization = await TestOrganization.CreateAsync();

    [Test]
    public async Task Profiles_are_ordered_by_creation_and_then_by_user(
        [Values] bool newestFirst, [Values(1, 2, 4, 10)] int limit)
    {
        // Users created at the same moment are ordered byte by byte: capitals come first.
        (string User, int Minute)[] creations = [("d", 0), ("b", 1), ("B", 1), ("a", 1), ("b:1", 1), ("c", 2), ("A", -1)];
        foreach (var (user, minute) in creations)
            await organization.NameAsync(user, "N", time: Write.Noon.AddMinutes(minute));
        string[] expected = ["A", "d", "B", "a", "b", "b:1", "c"];

        var read = await ReadAllAsync(newestFirst, limit);

        Assert.That(read, Is.EqualTo(newestFirst ? expected.Reverse() : expected));
    }

    [Test]
    public async Task A_list_at_a_place_has_the_same_order(
        [Values] bool newestFirst, [Values(0, 1, 3, 4, 9)] int offset, [Values(1, 2, 10)] int limit)
    {
        foreach (var (user, minute) in ((string, int)[])[("d", 0), ("b", 1), ("B", 1), ("a", 1), ("gone", 0)])
            await organization.NameAsync(user, "N", time: Write.Noon.AddMinutes(minute));
        await organization.DeleteAsync("gone");
        string[] all = ["d", "B", "a", "b"];

        var read = await organization.Store.ListAtAsync(organization.Id, offset, newestFirst, limit, default);

        Assert.That(
            read.Select(record => record.Key.User.Value), Is.EqualTo((newestFirst ? all.Reverse() : all).Skip(offset).Take(limit)));
    }

    [Test]
    public async Task An_empty_organization_has_an_empty_list([Values] bool newestFirst) =>
        Assert.That(await ReadAllAsync(newestFirst, 10), Is.Empty);

    [Test]
    public async Task A_position_need_not_exist_any_more()
    {
        foreach (var user in new[] { "a", "b", "c" })
            await organization.NameAsync(user, "N");
        var position = new ListPosition(Write.Noon, UserId.Parse("b"));
        await organization.DeleteAsync("b");

        var rest = await organization.Store.ListAsync(organization.Id, position, newestFirst: false, 10, default);

        Assert.That(rest.Select(record => record.Key.User.Value), Is.EqualTo(new[] { "c" }));
    }

    /// <summary>
    /// While somebody reads page by page, others create, change and delete: every profile that was there from the first page to
    /// the last is read exactly once, and none twice.
    /// </summary>
    [FsCheck.NUnit.Property(MaxTest = 25)]
    public Property Pages_are_stable_while_profiles_come_and_go() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue).ToArbitrary(),
        seed => PageWhileOthersWriteAsync(new Random(seed)).GetAwaiter().GetResult());

    private async Task PageWhileOthersWriteAsync(Random random)
    {
        organization = await TestOrganization.CreateAsync();
        var newestFirst = random.Next(2) == 0;
        var limit = random.Next(1, 4);
        var staying = Enumerable.Range(0, 10).Select(User).ToHashSet(StringComparer.Ordinal);
        foreach (var user in staying)
            await WriteAsync(random, user);

        var read = new List<string>();
        ListPosition? position = null;
        while (await organization.Store.ListAsync(organization.Id, position, newestFirst, limit, default) is { Count: > 0 } page)
        {
            read.AddRange(page.Select(record => record.Key.User.Value));
            position = new ListPosition(page[^1].CreateTime, page[^1].Key.User);
            var user = User(random.Next(20));
            if (random.Next(3) == 0 && (await organization.DeleteAsync(user)).Kind == WriteOutcomeKind.Written)
                staying.Remove(user);
            else if (staying.Contains(user) || !read.Contains(user))
                await WriteAsync(random, user);
        }

        Assert.That(read, Is.Unique);
        Assert.That(read, Is.SupersetOf(staying));
    }

    private Task<WriteOutcome> WriteAsync(Random random, string user) =>
        organization.NameAsync(user, $"{random.Next()}", time: Write.Noon.AddMinutes(random.Next(4)));

    private async Task<List<string>> ReadAllAsync(bool newestFirst, int limit)
    {
        var read = new List<ProfileRecord>();
        IReadOnlyList<ProfileRecord> page;
        do
        {
            ListPosition? after = read.Count == 0 ? null : new ListPosition(read[^1].CreateTime, read[^1].Key.User);
            page = await organization.Store.ListAsync(organization.Id, after, newestFirst, limit, default);
            Assert.That(page, Has.Count.LessThanOrEqualTo(limit));
            read.AddRange(page);
        }
        while (page.Count > 0);
        return read.ConvertAll(record => record.Key.User.Value);
    }

    private static string User(int i) => string.Create(CultureInfo.InvariantCulture, $"user-{i}");
}
