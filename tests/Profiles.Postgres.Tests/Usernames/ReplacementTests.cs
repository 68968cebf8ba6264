using Microsoft.Extensions.DependencyInjection;
using Profiles.Core.Audit;
using Profiles.Core.Errors;
using Profiles.Core.Fields;
using Profiles.Core.Organizations;
using Profiles.Core.Storage;
using Profiles.Core.Usernames;
using Profiles.Postgres.Tests.Database;

namespace Profiles.Postgres.Tests.Usernames;

/// <summary>A replacement of a denylist is all or nothing, whatever ends it; a user has one kept name, whatever meets it.</summary>
public class ReplacementTests
{
    // It has a row; names that have one go in first.
    private const string Kept = "kept";

    // Of the second part of the others, which go in by the order of their skeletons.
    private const string Last = "z";

    private ServiceProvider services = null!;
    private TestOrganization organization = null!;

    private IUsernameStore Usernames => services.GetRequiredService<IUsernameStore>();

    [SetUp]
    public async Task Open_a_store()
    {
        services = (await TestDatabase.GetAsync()).ServicesWith("Maximum Pool Size=20");
        organization = await TestOrganization.CreateAsync();
        var settings = new OrganizationPatchBuilder("organization.");
        settings.Set(OrganizationSetting.UsernamesUnique, true);
        await services.GetRequiredService<IOrganizationStore>().CreateAsync(
            organization.Id, settings.Build(), Write.Context(precondition: null, request: null, time: null), default);
        await KeepAsync("keeper", Kept);
    }

    [TearDown]
    public async Task Close_connections() => await services.DisposeAsync();

    [Test]
    public async Task What_is_cancelled_midway_is_undone()
    {
        using var cancellation = new CancellationTokenSource();
        await using var other = await RowLock.HoldAsync(organization.Key("nobody"));
        await other.GiveNameAsync(organization.Key("bob"), Last);
        var replacing = ReplaceAsync(cancellation.Token, TwoParts());
        await other.WaitingSessionAsync();

        await cancellation.CancelAsync();

        Assert.That(() => replacing, Throws.InstanceOf<OperationCanceledException>());
        await AssertNothingIsLeftAsync();
    }

    [Test]
    public async Task What_breaks_off_with_its_connection_is_undone()
    {
        await using var other = await RowLock.HoldAsync(organization.Key("nobody"));
        await other.GiveNameAsync(organization.Key("bob"), Last);
        var replacing = ReplaceAsync(default, TwoParts());

        await other.EndSessionAsync(await other.WaitingSessionAsync());

        Assert.That(() => replacing, Throws.TypeOf<ProfilesException>().With.Property("Reason").EqualTo(ErrorReason.StorageUnavailable));
        await AssertNothingIsLeftAsync();
    }

    [Test]
    public async Task What_broke_off_with_its_server_is_undone_by_another_one()
    {
        await ReplaceAsync(default, "old");
        await LeavePartAsync("left");

        await Usernames.UndoUnfinishedAsync(default);

        await AssertNothingIsLeftAsync();
        Assert.That(await ListAsync(), Is.EqualTo((string[])["old"]));
        Assert.That(await NameAsync("alice", "left"), Is.EqualTo(WriteOutcomeKind.Written));
    }

    [Test]
    public async Task A_name_that_somebody_gets_while_its_part_goes_in_is_in_use()
    {
        await using var other = await RowLock.HoldAsync(organization.Key("nobody"));
        await other.GiveNameAsync(organization.Key("alice"), "name7");
        var replacing = ReplaceAsync(default, TwoParts());
        await other.WaitingSessionAsync();

        await other.CommitAsync();

        Assert.That((await replacing).InUse, Is.EqualTo((string[])["name7"]));
        await AssertNothingIsLeftAsync();
        Assert.That(await ListAsync(), Is.Empty);
    }

    [Test]
    public async Task What_is_under_way_elsewhere_is_left_alone()
    {
        await LeavePartAsync("new");
        await using var other = await RowLock.HoldAsync(organization.Key("nobody"));
        await other.AddDenylistAsync(organization.Id);

        await Usernames.UndoUnfinishedAsync(default);

        Assert.That(await CountAsync("key = $2 AND denied_since = 1", "new"), Is.EqualTo(1));
    }

    [Test]
    public async Task What_broke_off_can_be_allowed()
    {
        await LeavePartAsync("left");

        var outcome = await Usernames.AllowAsync(
            organization.Id, [DeniedName.Parse("left")], Event(AuditAction.UsernamesAllowed), default);

        Assert.That(outcome.Allowed, Is.EqualTo((string[])["left"]));
        Assert.That(await NameAsync("alice", "left"), Is.EqualTo(WriteOutcomeKind.Written));
    }

    [Test]
    public async Task A_kept_name_that_is_denied_is_kept_no_more()
    {
        await ReplaceAsync(default, Kept);
        Assert.That(await KeptAsync("keeper"), Is.Zero);

        await ReplaceAsync(default);
        Assert.That(await CountAsync("key = $2", Kept), Is.Zero);
    }

    [Test]
    public async Task A_kept_name_stays_kept_when_names_of_the_list_are_in_use()
    {
        await NameAsync("alice", "used");
        await ReplaceAsync(default, Kept, "used");
        Assert.That(await KeptAsync("keeper"), Is.EqualTo(1));
    }

    [TestCase("coco", "сосо", TestName = "A name in Latin letters is in use when its look in Cyrillic is denied")]
    [TestCase("сосо", "coco", TestName = "A name in Cyrillic letters is in use when its look in Latin is denied")]
    public async Task A_name_that_looks_like_one_of_the_list_is_in_use(string name, string denied)
    {
        await NameAsync("alice", name);
        Assert.That((await ReplaceAsync(default, denied, "no name")).InUse, Is.EqualTo((string[])[denied]));
    }

    [Test]
    public async Task What_is_not_in_the_new_list_is_free_and_leaves_no_row()
    {
        await ReplaceAsync(default, "stays", "goes", "no name");

        await ReplaceAsync(default, "stays", "comes");

        Assert.That(await ListAsync(), Is.EqualTo((string[])["comes", "stays"]));
        Assert.That(await CountAsync("denied_since IS NULL AND $2 <> ''", "nobody"), Is.EqualTo(1), "the kept name");
        Assert.That(await NameAsync("alice", "goes"), Is.EqualTo(WriteOutcomeKind.Written));
    }

    [Test]
    public async Task A_user_keeps_one_name_even_while_it_is_being_denied()
    {
        await KeepAsync("alice", "first");
        using var cancellation = new CancellationTokenSource();
        await using var other = await RowLock.HoldAsync(organization.Key("nobody"));
        await other.GiveNameAsync(organization.Key("bob"), Last);
        var replacing = ReplaceAsync(cancellation.Token, ["first", .. TwoParts()]);
        await other.WaitingSessionAsync();

        await KeepAsync("alice", "second");
        await cancellation.CancelAsync();

        Assert.That(() => replacing, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(await KeptAsync("alice"), Is.EqualTo(1));
        Assert.That(await CountAsync("key = 'second' AND kept_for = $2", "alice"), Is.EqualTo(1));
    }

    [Test]
    public async Task Nothing_of_a_denial_that_has_ended_stays_with_a_name_that_is_taken()
    {
        await NameAsync("alice", "mine");
        await NameAsync("alice", name: null);
        await organization.QueryAsync<int>(
            "UPDATE usernames SET denied_since = 0, denied_before = 0, denied_text = key WHERE organization_id = $1 AND key = $2", "mine");

        await NameAsync("alice", "mine");

        Assert.That(await CountAsync("key = $2 AND denied_since IS NULL", "mine"), Is.EqualTo(1));
    }

    private static string[] TwoParts() => [Kept, .. Enumerable.Range(0, 10_000).Select(i => $"name{i}"), Last];

    private AuditEvent Event(AuditAction action) =>
        new(Guid.CreateVersion7(), Write.Noon, action, organization.Id.Value, [], Write.Actor, HttpRequestId: null);

    private Task<ReplaceOutcome> ReplaceAsync(CancellationToken cancellationToken, params string[] names) =>
        Usernames.ReplaceAsync(
            organization.Id, [.. names.Select(DeniedName.Parse)], Event(AuditAction.DenylistReplaced), cancellationToken);

    // As a server leaves it that is killed.
    private async Task LeavePartAsync(string name)
    {
        await organization.QueryAsync<int>(
            """
            INSERT INTO usernames (organization_id, key, small_look, capital_look, skeleton, denied_since, denied_text)
            SELECT $1, $2, $2, $2, $2, denylist_generation + 1, $2 FROM organizations WHERE organization_id = $1
            """,
            name);
        await organization.QueryAsync<int>(
            "UPDATE organizations SET denylist_changing = true WHERE organization_id = $1 AND $2 <> ''", name);
        Assert.That(await NameAsync("bob", name), Is.EqualTo(WriteOutcomeKind.UsernameRefused));
    }

    private async Task AssertNothingIsLeftAsync()
    {
        Assert.That(
            await organization.QueryAsync<long>(
                """
                SELECT count(*) FROM usernames u JOIN organizations o USING (organization_id)
                WHERE organization_id = $1 AND $2 <> '' AND (u.denied_since > o.denylist_generation OR u.denied_before > o.denylist_generation)
                """,
                "nobody"),
            Is.Zero);
        Assert.That(
            await organization.QueryAsync<bool>("SELECT denylist_changing FROM organizations WHERE organization_id = $1 AND $2 <> ''", "nobody"),
            Is.False);
    }

    private async Task<IEnumerable<string>> ListAsync() =>
        (await Usernames.ListDeniedAsync(organization.Id, DeniedName.KeyPrefix(string.Empty), string.Empty, 100, default)).Select(entry => entry.Text);

    private async Task<WriteOutcomeKind> NameAsync(string user, string? name) =>
        (await organization.WriteAsync(user, patch => patch.Set(ProfileField.PreferredUsername, name))).Kind;

    private async Task KeepAsync(string user, string name)
    {
        Assert.That(await NameAsync(user, name), Is.EqualTo(WriteOutcomeKind.Written));
        Assert.That(await NameAsync(user, name: null), Is.EqualTo(WriteOutcomeKind.Written));
    }

    private Task<long> KeptAsync(string user) => CountAsync("kept_for = $2", user);

    private Task<long> CountAsync(string condition, string value) =>
        organization.QueryAsync<long>($"SELECT count(*) FROM usernames WHERE organization_id = $1 AND {condition}", value);
}
