using System.Globalization;
using Profiles.Core.Fields;
using Profiles.Core.Records;
using Profiles.Core.Storage;
using Profiles.Postgres.Tests.Database;

namespace Profiles.Postgres.Tests.Profiles;

public class ConcurrencyTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private TestOrganization organization = null!;

    [SetUp]
    public async Task Found_an_organization() => organization = await TestOrganization.CreateAsync();

    // The first of them creates the record.
    [Test]
    public async Task No_update_of_one_profile_is_lost()
    {
        const int writers = 64;

        var outcomes = await AtOnceAsync(writers, i => organization.WriteAsync(
            "alice", patch => patch.SetAttribute(Name(i), "v")));

        var record = (await organization.GetAsync("alice"))!;
        var history = await organization.HistoryAsync("alice");
        using var scope = Assert.EnterMultipleScope();
        Assert.That(outcomes.Select(outcome => outcome.Kind), Is.All.EqualTo(WriteOutcomeKind.Written));
        Assert.That(
            outcomes.Select(outcome => outcome.Record!.Revision).Order(), Is.EqualTo(Enumerable.Range(1, writers)));
        Assert.That(record.Values.Attributes.Keys, Is.EquivalentTo(Enumerable.Range(0, writers).Select(Name)));
        Assert.That(history.Select(change => change.Revision), Is.EqualTo(Enumerable.Range(1, writers)));
        Assert.That(history.Select(change => change.Type).Skip(1), Is.All.EqualTo(ProfileChangeType.Updated));
        foreach (var outcome in outcomes)
            Assert.That(outcome.Record!.Values.Attributes, Has.Count.EqualTo(outcome.Record.Revision));
    }

    [Test]
    public async Task One_of_many_writes_with_the_same_etag_takes_place()
    {
        await organization.NameAsync("alice", "0");

        var outcomes = await AtOnceAsync(16, i => organization.NameAsync("alice", Name(i), Write.Revisions(1)));

        Assert.That(outcomes.Count(outcome => outcome.Kind == WriteOutcomeKind.Written), Is.EqualTo(1));
        Assert.That(outcomes.Count(outcome => outcome.Kind == WriteOutcomeKind.StaleRevision), Is.EqualTo(15));
    }

    [Test]
    public async Task The_limit_of_attributes_holds_against_writes_at_the_same_time()
    {
        await organization.WriteAsync("alice", patch =>
        {
            for (var i = 0; i < 60; i++)
                patch.SetAttribute($"old{i}", "v");
        });

        var outcomes = await AtOnceAsync(16, i => organization.WriteAsync("alice", patch => patch.SetAttribute(Name(i), "v")));

        Assert.That(outcomes.Count(outcome => outcome.Kind == WriteOutcomeKind.Written), Is.EqualTo(4));
        Assert.That(outcomes.Count(outcome => outcome.Kind == WriteOutcomeKind.TooManyAttributes), Is.EqualTo(12));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Batches_that_meet_in_any_order_lose_nothing(bool withRequests)
    {
        const int writers = 16;
        const int users = 40;
        const int rounds = 4;

        await AtOnceAsync(writers, async i =>
        {
            var random = new Random(i);
            for (var round = 0; round < rounds; round++)
            {
                var order = Enumerable.Range(0, users).ToArray();
                random.Shuffle(order);
                var outcomes = await organization.WriteAsync([.. order.Select(user => Write.To(
                    Name(user),
                    patch => patch.SetAttribute($"{Name(i)}_{round % 2}", Name(round)),
                    request: withRequests ? Requests.New() : null))]);
                Assert.That(outcomes.Select(outcome => outcome.Kind), Is.All.EqualTo(WriteOutcomeKind.Written));
            }

            return true;
        });

        foreach (var user in Enumerable.Range(0, users).Select(Name))
        {
            Assert.That((await organization.GetAsync(user))!.Values.Attributes, Has.Count.EqualTo(writers * 2));
            Assert.That(
                (await organization.HistoryAsync(user)).Select(change => change.Revision),
                Is.EqualTo(Enumerable.Range(1, writers * rounds)));
        }
    }

    // Only a client that is not this one takes rows in another order than that of the users.
    [Test]
    public async Task A_deadlock_is_survived()
    {
        await organization.NameAsync("alice", "before");
        await organization.NameAsync("bob", "before");
        await using var row = await RowLock.HoldAsync(organization.Key("bob"));
        // The other one must be found first.
        await row.BePatientAsync();
        var batch = organization.WriteAsync(
            Write.To("alice", patch => patch.Set(ProfileField.Nickname, "after")),
            Write.To("bob", patch => patch.Set(ProfileField.Nickname, "after")));
        await row.WaitingSessionAsync();

        await row.AddAsync(organization.Key("alice")).WaitAsync(Timeout);
        await row.ReleaseAsync();

        var outcomes = await batch.WaitAsync(Timeout);
        Assert.That(outcomes.Select(outcome => outcome.Record?.Revision), Is.All.EqualTo(2));
        Assert.That(await organization.HistoryAsync("alice"), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Creations_and_deletions_that_meet_leave_a_gapless_history()
    {
        const int writers = 16;
        const int rounds = 8;

        await AtOnceAsync(writers, async i =>
        {
            for (var round = 0; round < rounds; round++)
            {
                if (i % 2 == 0)
                    await organization.NameAsync("alice", $"{i} {round}", request: i % 4 == 0 ? Requests.New() : null);
                else
                    await organization.DeleteAsync("alice", request: i % 4 == 1 ? Requests.New() : null);
            }

            return true;
        });

        var history = await organization.HistoryAsync("alice");
        Assert.That(history.Select(change => change.Revision), Is.EqualTo(Enumerable.Range(1, history.Count)));
        Assert.That(history[0].Type, Is.EqualTo(ProfileChangeType.Created));
        for (var i = 1; i < history.Count; i++)
        {
            var afterDeletion = history[i - 1].Type == ProfileChangeType.Deleted;
            Assert.That(history[i].Type == ProfileChangeType.Created, Is.EqualTo(afterDeletion), $"revision {i + 1}");
        }

        var deleted = history[^1].Type == ProfileChangeType.Deleted;
        Assert.That(await organization.GetAsync("alice"), deleted ? Is.Null : Is.Not.Null);
    }

    private static Task<T[]> AtOnceAsync<T>(int count, Func<int, Task<T>> call) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(i => Task.Run(() => call(i)))).WaitAsync(Timeout);

    private static string Name(int i) => string.Create(CultureInfo.InvariantCulture, $"n{i:00}");
}
