using Profiles.Postgres.Tests.Database;

namespace Profiles.Postgres.Tests.Profiles;

// Clocks of different servers differ, and a clock can be set back.
public class ChangeTimeTests
{
    private static readonly DateTime Earlier = Write.Noon.AddHours(-1);

    private TestOrganization organization = null!;

    [SetUp]
    public async Task Found_an_organization() => organization = await TestOrganization.CreateAsync();

    [Test]
    public async Task Change_times_of_updates_never_go_back()
    {
        await organization.NameAsync("alice", "1");

        var outcome = await organization.NameAsync("alice", "2", time: Earlier);

        Assert.That(outcome.Record!.ChangeTime, Is.EqualTo(Write.Noon));
        Assert.That(outcome.Record.CreateTime, Is.EqualTo(Write.Noon));
        await TimesAreAsync(Write.Noon, Write.Noon);
    }

    [Test]
    public async Task Change_times_of_deletions_and_new_creations_never_go_back()
    {
        await organization.NameAsync("alice", "1");
        var deletion = await organization.DeleteAsync("alice", time: Earlier);
        var creation = await organization.NameAsync("alice", "2", time: Earlier);

        Assert.That(deletion.Record!.ChangeTime, Is.EqualTo(Write.Noon));
        Assert.That(creation.Record!.CreateTime, Is.EqualTo(Write.Noon));
        await TimesAreAsync(Write.Noon, Write.Noon, Write.Noon);
    }

    private async Task TimesAreAsync(params DateTime[] times) =>
        Assert.That((await organization.HistoryAsync("alice")).Select(change => change.Time), Is.EqualTo(times));
}
