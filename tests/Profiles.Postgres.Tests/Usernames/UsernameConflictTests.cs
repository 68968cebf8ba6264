using Microsoft.Extensions.DependencyInjection;
using Profiles.Core.Audit;
using Profiles.Core.Fields;
using Profiles.Core.Organizations;
using Profiles.Core.Storage;
using Profiles.Core.Usernames;
using Profiles.Postgres.Tests.Database;

namespace Profiles.Postgres.Tests.Usernames;

/// <summary>What becomes of changes that meet others at the rows of names.</summary>
public class UsernameConflictTests
{
    private ServiceProvider services = null!;
    private TestOrganization organization = null!;

    private IOrganizationStore Organizations => services.GetRequiredService<IOrganizationStore>();

    private IUsernameStore Usernames => services.GetRequiredService<IUsernameStore>();

    [SetUp]
    public async Task Open_a_store()
    {
        services = (await TestDatabase.GetAsync()).ServicesWith("Maximum Pool Size=20");
        organization = await TestOrganization.CreateAsync();
        await Organizations.CreateAsync(organization.Id, Settings(unique: true), Context(), default);
    }

    [TearDown]
    public async Task Close_connections() => await services.DisposeAsync();

    [Test]
    public async Task Names_are_allowed_in_spite_of_a_deadlock()
    {
        await KeepAsync("alice", "a-name");
        await KeepAsync("bob", "b-name");
        await using var other = await RowLock.HoldAsync(organization.Key("nobody"));
        await other.BePatientAsync();
        await other.AddAsync(organization.Id, "b-name");

        var allowing = Usernames.AllowAsync(
            organization.Id, [DeniedName.Parse("a-name"), DeniedName.Parse("b-name")], Event(AuditAction.UsernamesAllowed), default);
        await other.WaitingSessionAsync();
        await other.AddAsync(organization.Id, "a-name");
        await other.ReleaseAsync();

        Assert.That((await allowing).Allowed, Is.EquivalentTo((string[])["a-name", "b-name"]));
    }

    [Test]
    public async Task Changes_that_wait_for_another_one_leave_connections_to_others()
    {
        await using var small = (await TestDatabase.GetAsync()).ServicesWith("Maximum Pool Size=2;Timeout=3");
        var usernames = small.GetRequiredService<IUsernameStore>();
        await using var other = await RowLock.HoldAsync(organization.Key("nobody"));
        await other.AddDenylistAsync(organization.Id);
        await ReadAsync();

        var waiting = Enumerable.Range(0, 5)
            .Select(_ => usernames.AllowAsync(organization.Id, [DeniedName.Parse("a-name")], Event(AuditAction.UsernamesAllowed), default))
            .ToList();
        await other.WaitingSessionAsync();
        await ReadAsync();

        await other.ReleaseAsync();
        await Task.WhenAll(waiting);

        // Twice at once, so that both connections are there.
        Task ReadAsync() => Task.WhenAll(Enumerable.Range(0, 2).Select(_ => usernames.ListDeniedAsync(organization.Id, DeniedName.KeyPrefix(string.Empty), string.Empty, 1, default)));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Who_is_deleted_while_names_become_unique_gets_none(bool together)
    {
        await NameAsync("carol", "carol");
        await SwitchAsync(unique: false);
        await NameAsync("alice", "alice");
        await using var other = await RowLock.HoldAsync(organization.Key("nobody"));
        await other.AddAsync(organization.Id, "carol");

        // It has read the names, and waits before it gives them to their users.
        var switching = SwitchAsync(unique: true);
        var session = await other.WaitingSessionAsync();
        Task deletion = together ? organization.DeleteManyAsync("alice") : organization.DeleteAsync("alice");
        while (!deletion.IsCompleted && !await other.IsWaitedForAsync(session))
        {
            // It waits for the switch, or does not.
        }

        await other.ReleaseAsync();
        await Task.WhenAll(switching, deletion);

        Assert.That(
            await organization.QueryAsync<long>("SELECT count(*) FROM usernames WHERE organization_id = $1 AND owner_id = $2", "alice"), Is.Zero);
        Assert.That(
            await organization.QueryAsync<long>("SELECT count(*) FROM usernames WHERE organization_id = $1 AND kept_for = $2", "alice"), Is.EqualTo(1));
    }

    [Test]
    public async Task Names_of_before_leave_nothing_behind()
    {
        await NameAsync("carol", "carol");
        await KeepAsync("bob", "bob");
        await SwitchAsync(unique: false);
        await NameAsync("carol", "other");
        await SwitchAsync(unique: true);

        Assert.That(
            await organization.QueryAsync<string>("SELECT string_agg(key || coalesce(owner_id, '?'), ',') FROM usernames WHERE organization_id = $1 AND $2 <> ''", "carol"),
            Is.EqualTo("othercarol"));
    }

    private static OrganizationPatch Settings(bool unique)
    {
        var builder = new OrganizationPatchBuilder("organization.");
        builder.Set(OrganizationSetting.UsernamesUnique, unique);
        return builder.Build();
    }

    private static WriteContext Context() => Write.Context(precondition: null, request: null, time: null);

    private AuditEvent Event(AuditAction action) =>
        new(Guid.CreateVersion7(), Write.Noon, action, organization.Id.Value, [], Write.Actor, HttpRequestId: null);

    private async Task SwitchAsync(bool unique)
    {
        var outcome = await Organizations.UpdateAsync(organization.Id, Settings(unique), Context(), default);
        Assert.That(outcome.Kind, Is.EqualTo(OrganizationOutcomeKind.Written));
    }

    private async Task NameAsync(string user, string? name)
    {
        var outcome = await organization.WriteAsync(user, patch => patch.Set(ProfileField.PreferredUsername, name));
        Assert.That(outcome.Kind, Is.EqualTo(WriteOutcomeKind.Written));
    }

    private async Task KeepAsync(string user, string name)
    {
        await NameAsync(user, name);
        await NameAsync(user, name: null);
    }
}
