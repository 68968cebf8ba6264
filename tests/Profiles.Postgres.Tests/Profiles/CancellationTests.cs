using Microsoft.Extensions.DependencyInjection;
using Profiles.Core.Fields;
using Profiles.Core.Storage;
using Profiles.Postgres.Tests.Database;

namespace Profiles.Postgres.Tests.Profiles;

/// <summary>What becomes of calls whose caller leaves.</summary>
public class CancellationTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    private ServiceProvider services = null!;
    private TestOrganization organization = null!;

    [SetUp]
    public async Task Found_an_organization_with_a_profile()
    {
        organization = await TestOrganization.CreateAsync();
        // With one connection, whoever gets it knows that the one before is done, and gets what that one left.
        services = (await TestDatabase.GetAsync()).ServicesWith("Maximum Pool Size=1");
        organization.Store = services.GetRequiredService<IProfileStore>();
        await organization.NameAsync("alice", "before");
    }

    [TearDown]
    public async Task Close_connections() => await services.DisposeAsync();

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_write_that_was_sent_is_carried_out_whole(bool withRequest)
    {
        using var caller = new CancellationTokenSource();
        await using var row = await RowLock.HoldAsync(organization.Key("alice"));
        var content = Write.To(
            "alice", patch => patch.Set(ProfileField.Nickname, "after"), request: withRequest ? Requests.New() : null);
        var write = organization.Store.WriteAsync(organization.Id, [content], caller.Token);
        await row.WaitingSessionAsync();

        await caller.CancelAsync();
        Assert.That(async () => await write.WaitAsync(Timeout), Throws.InstanceOf<OperationCanceledException>());
        await row.ReleaseAsync();

        await CheckAsync("after", revision: 2);
    }

    [Test]
    public async Task A_deletion_that_was_sent_is_carried_out_whole()
    {
        using var caller = new CancellationTokenSource();
        await using var row = await RowLock.HoldAsync(organization.Key("alice"));
        var deletion = organization.Store.DeleteAsync(
            organization.Key("alice"), new ProfileDelete(Write.Context(null, null, null)), caller.Token);
        await row.WaitingSessionAsync();

        await caller.CancelAsync();
        Assert.That(async () => await deletion.WaitAsync(Timeout), Throws.InstanceOf<OperationCanceledException>());
        await row.ReleaseAsync();

        Assert.That(await organization.GetAsync("alice").WaitAsync(Timeout), Is.Null);
        Assert.That(await organization.HistoryAsync("alice"), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_write_that_was_not_sent_is_not_carried_out()
    {
        using var caller = new CancellationTokenSource();
        await using var row = await RowLock.HoldAsync(organization.Key("alice"));
        var first = organization.NameAsync("alice", "first");
        await row.WaitingSessionAsync();
        var second = organization.Store.WriteAsync(
            organization.Id, [Write.To("alice", patch => patch.Set(ProfileField.Nickname, "second"))], caller.Token);

        // It still waits for the connection.
        await caller.CancelAsync();
        Assert.That(async () => await second.WaitAsync(Timeout), Throws.InstanceOf<OperationCanceledException>());
        await row.ReleaseAsync();
        await first.WaitAsync(Timeout);

        await CheckAsync("first", revision: 2);
    }

    [Test]
    public async Task A_caller_that_has_already_left_gets_nothing()
    {
        var left = new CancellationToken(canceled: true);

        Assert.That(
            async () => await organization.Store.GetAsync(organization.Key("alice"), left),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(
            async () => await organization.Store.WriteAsync(
                organization.Id, [Write.To("alice", patch => patch.Set(ProfileField.Nickname, "after"))], left),
            Throws.InstanceOf<OperationCanceledException>());
        await CheckAsync("before", revision: 1);
    }

    private async Task CheckAsync(string nickname, int revision)
    {
        var record = await organization.GetAsync("alice").WaitAsync(Timeout);
        Assert.That(record!.Values[ProfileField.Nickname], Is.EqualTo(nickname));
        Assert.That(record.Revision, Is.EqualTo(revision));
        Assert.That(await organization.HistoryAsync("alice"), Has.Count.EqualTo(revision));
        Assert.That((await organization.NameAsync("alice", "next")).Record!.Revision, Is.EqualTo(revision + 1));
    }
}
