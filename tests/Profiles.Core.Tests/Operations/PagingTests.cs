using System.Globalization;
using Profiles.Core.Fields;
using Profiles.Core.Identity;
using Profiles.Core.Operations;
using Profiles.Core.Records;
using Profiles.Core.Tests.Support;

namespace Profiles.Core.Tests.Operations;

[TestFixture]
public class PagingTests
{
    private static readonly DateTime s_start = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    [FsCheck.NUnit.Property(MaxTest = 300)]
    public void Pages_of_any_size_hold_every_profile_once_and_in_order(byte count, byte size, bool newestFirst, byte sameMoment)
    {
        var store = StoreOf(count, sameMoment % 7 + 1);
        var limit = size % PageRequest.MaxPageSize + 1;
        var order = newestFirst ? "create_time desc" : "create_time";

        var pages = Walk(token => new ProfileReader(store)
            .ListAsync(Keys.Demo, new PageRequest(limit, token, order), CancellationToken.None).GetAwaiter().GetResult());

        var expected = store.Records
            .OrderBy(record => record.CreateTime)
            .ThenBy(record => record.Key.User.Value, StringComparer.Ordinal)
            .ToList();
        if (newestFirst)
            expected.Reverse();
        Assert.That(pages.SelectMany(page => page.Items), Is.EqualTo(expected));
        AssertFull(pages, limit, count);
        Assert.That(store.Limits, Is.All.EqualTo(limit + 1));
    }

    [FsCheck.NUnit.Property(MaxTest = 300)]
    public void Pages_of_any_size_hold_every_change_once_and_in_order(byte count, byte size, bool newestFirst)
    {
        var store = new FakeProfileStore();
        var changes = Enumerable.Range(1, count + 1).Select(ChangeOf).ToList();
        store.Changes[Keys.Alice] = changes;
        var limit = size % PageRequest.MaxPageSize + 1;
        var order = newestFirst ? "revision desc" : "revision";

        var pages = Walk(token => new ProfileReader(store)
            .ListChangesAsync(Keys.Alice, new PageRequest(limit, token, order), CancellationToken.None).GetAwaiter().GetResult());

        Assert.That(pages.SelectMany(page => page.Items), Is.EqualTo(newestFirst ? Enumerable.Reverse(changes) : changes));
        AssertFull(pages, limit, count + 1);
    }

    [FsCheck.NUnit.Property(MaxTest = 200)]
    public void Profiles_that_stay_are_listed_once_while_others_come_and_go(byte count, byte size, bool newestFirst)
    {
        var store = StoreOf(count, sameMoment: 3);
        var staying = store.Records.Where((_, i) => i % 2 == 0).ToList();
        var limit = size % PageRequest.MaxPageSize + 1;
        var order = newestFirst ? "create_time desc" : string.Empty;

        var pages = Walk(token =>
        {
            var page = new ProfileReader(store)
                .ListAsync(Keys.Demo, new PageRequest(limit, token, order), CancellationToken.None).GetAwaiter().GetResult();
            // Also the profile that the token names goes.
            store.Records.RemoveAll(record => page.Items.Contains(record) && !staying.Contains(record));
            store.Add(string.Create(CultureInfo.InvariantCulture, $"early_{store.Calls}"), s_start.AddDays(-1));
            return page;
        });

        Assert.That(pages.SelectMany(page => page.Items).Where(staying.Contains), Is.EquivalentTo(staying));
    }

    [Test]
    public async Task A_token_holds_for_its_list_order_and_owner_only()
    {
        var store = StoreOf(3, sameMoment: 1);
        store.Changes[Keys.Alice] = [ChangeOf(1), ChangeOf(2)];
        store.Changes[Keys.Bob] = [ChangeOf(1), ChangeOf(2)];
        var reader = new ProfileReader(store);
        var first = new PageRequest(1, string.Empty, string.Empty);
        var list = (await reader.ListAsync(Keys.Demo, first, CancellationToken.None)).NextPageToken;
        var changes = (await reader.ListChangesAsync(Keys.Alice, first, CancellationToken.None)).NextPageToken;
        Func<Task>[] misuses =
        [
            () => reader.ListAsync(Keys.Demo, new PageRequest(1, list, "create_time desc"), CancellationToken.None),
            () => reader.ListAsync(OrganizationId.Parse("other"), new PageRequest(1, list, string.Empty), CancellationToken.None),
            () => reader.ListAsync(Keys.Demo, new PageRequest(1, changes, string.Empty), CancellationToken.None),
            () => reader.ListChangesAsync(Keys.Alice, new PageRequest(1, list, string.Empty), CancellationToken.None),
            () => reader.ListChangesAsync(Keys.Alice, new PageRequest(1, changes, "revision desc"), CancellationToken.None),
            () => reader.ListChangesAsync(Keys.Bob, new PageRequest(1, changes, string.Empty), CancellationToken.None),
        ];

        foreach (var misuse in misuses)
            Assert.That((await Failures.OfAsync(misuse)).Violations.Single().Field, Is.EqualTo("page_token"));
        Assert.That(
            (await reader.ListAsync(Keys.Demo, new PageRequest(100, list, "create_time"), CancellationToken.None)).Items,
            Has.Count.EqualTo(2),
            "The page size may change, and the order may be spelt out.");
    }

    private static List<Page<T>> Walk<T>(Func<string, Page<T>> next)
    {
        var pages = new List<Page<T>>();
        do
        {
            Assert.That(pages, Has.Count.LessThan(1000), "The list has no end.");
            pages.Add(next(pages.Count == 0 ? string.Empty : pages[^1].NextPageToken));
        }
        while (pages[^1].NextPageToken.Length > 0);
        return pages;
    }

    private static void AssertFull<T>(List<Page<T>> pages, int limit, int count)
    {
        Assert.That(pages.SkipLast(1).Select(page => page.Items.Count), Is.All.EqualTo(limit));
        Assert.That(pages, Has.Count.EqualTo(Math.Max(1, (count + limit - 1) / limit)));
    }

    private static FakeProfileStore StoreOf(int count, int sameMoment)
    {
        var store = new FakeProfileStore();
        for (var i = 0; i < count; i++)
            store.Add(string.Create(CultureInfo.InvariantCulture, $"user_{i * 37 % 256}"), s_start.AddSeconds(i / sameMoment));
        return store;
    }

    private static ProfileChange ChangeOf(int revision) =>
        new(revision, ProfileChangeType.Updated, s_start, Keys.Server, HttpRequestId: null, default(ProfileFieldSet), null, new ProfileValues());
}
