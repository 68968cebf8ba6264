using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Profiles.Core.Fields;
using Profiles.Core.Identity;
using Profiles.Core.Storage;
using Profiles.Postgres.Tests.Database;

namespace Profiles.Postgres.Tests.Profiles;

/// <summary>Every method is one round trip, whatever it is given.</summary>
public class RoundTripTests
{
    private readonly CommandLog log = new();
    private ServiceProvider services = null!;
    private TestOrganization organization = null!;

    [SetUp]
    public async Task Found_an_organization_with_a_profile()
    {
        organization = await TestOrganization.CreateAsync();
        services = (await TestDatabase.GetAsync()).ServicesWith("Maximum Pool Size=1", log);
        organization.Store = services.GetRequiredService<IProfileStore>();
        await organization.NameAsync("alice", "Al");
        log.Clear();
    }

    [TearDown]
    public async Task Close_connections() => await services.DisposeAsync();

    [TestCase(1, false)]
    [TestCase(1, true)]
    [TestCase(100, false)]
    [TestCase(100, true)]
    public async Task Writes(int count, bool withRequests)
    {
        var writes = Enumerable.Range(0, count).Select(i => Write.To(
            string.Create(CultureInfo.InvariantCulture, $"user-{i}"),
            patch => patch.Set(ProfileField.Nickname, "N"),
            request: withRequests ? Requests.New() : null));

        await organization.WriteAsync(writes.ToArray());

        Assert.That(log.Commands, Is.EqualTo(new[] { "ExecutingBatch" }));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_deletion(bool withRequest)
    {
        await organization.DeleteAsync("alice", request: withRequest ? Requests.New() : null);

        Assert.That(log.Commands, Is.EqualTo(new[] { "ExecutingBatch" }));
    }

    [Test]
    public async Task Several_deletions()
    {
        await organization.NameAsync("bob", "B");
        log.Clear();

        var outcomes = await organization.DeleteManyAsync("bob", "carol", "alice");

        Assert.That(log.Commands, Is.EqualTo(new[] { "ExecutingBatch" }));
        Assert.That(
            outcomes.Select(outcome => outcome.Kind),
            Is.EqualTo(new[] { WriteOutcomeKind.Written, WriteOutcomeKind.NotFound, WriteOutcomeKind.Written }));
    }

    private static TestCaseData[] Reads() =>
    [
        Read("one", (store, key) => store.GetAsync(key, default)),
        Read("many", (store, key) => store.GetManyAsync(key.Organization, [key.User, UserId.Parse("bob")], default)),
        Read("list", (store, key) => store.ListAsync(key.Organization, after: null, newestFirst: true, 10, default)),
        Read("list at a place", (store, key) => store.ListAtAsync(key.Organization, offset: 1, newestFirst: true, 10, default)),
        Read("changes", (store, key) => store.ListChangesAsync(key, after: null, newestFirst: true, 10, default)),
    ];

    [TestCaseSource(nameof(Reads))]
    public async Task A_read(Func<IProfileStore, ProfileKey, Task> read)
    {
        await read(organization.Store, organization.Key("alice"));

        Assert.That(log.Commands, Is.EqualTo(new[] { "ExecutingCommand" }));
    }

    private static TestCaseData Read(string name, Func<IProfileStore, ProfileKey, Task> read) =>
        new TestCaseData(read).SetArgDisplayNames(name);
}
