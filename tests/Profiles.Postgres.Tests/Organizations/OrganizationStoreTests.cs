using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Profiles.Core.Access;
using Profiles.Core.Audit;
using Profiles.Core.Fields;
using Profiles.Core.Identity;
using Profiles.Core.Organizations;
using Profiles.Core.Storage;
using Profiles.Postgres.Tests.Database;

namespace Profiles.Postgres.Tests.Organizations;

public class OrganizationStoreTests
{
    private static readonly DateTime Noon = new(2026, 1, 1, 12, 0, 0, DateTimeKind.Utc);

    private static int count;

    private readonly CommandLog log = new();
    private ServiceProvider services = null!;
    private OrganizationId id;

    private IOrganizationStore Store => services.GetRequiredService<IOrganizationStore>();

    [SetUp]
    public async Task Open_a_store()
    {
        services = (await TestDatabase.GetAsync()).ServicesWith("Maximum Pool Size=20", log);
        id = OrganizationId.Parse($"stored-{Interlocked.Increment(ref count)}");
    }

    [TearDown]
    public async Task Close_connections() => await services.DisposeAsync();

    [Test]
    public async Task What_was_created_can_be_read()
    {
        var outcome = await CreateAsync(("usernames.min_length", 3));
        var read = await Store.GetAsync(id, default);

        Assert.That(outcome.Kind, Is.EqualTo(OrganizationOutcomeKind.Written));
        Assert.That((read!.Id, read.DisplayName, read.Revision, read.CreateTime, read.ChangeTime), Is.EqualTo((id, "Acme", 1L, Noon, Noon)));
        Assert.That(read.Settings.Usernames.MinLength, Is.EqualTo(3));
        Assert.That((await CreateAsync()).Kind, Is.EqualTo(OrganizationOutcomeKind.Exists));
    }

    [Test]
    public async Task Every_operation_is_one_round_trip()
    {
        await CreateAsync();
        log.Clear();
        await UpdateAsync(Patch(("usernames.min_length", 3)));
        await Store.DeleteAsync(id, force: false, Context(), default);
        await CreateAsync();
        Assert.That(log.Commands, Is.EqualTo(Enumerable.Repeat("ExecutingBatch", 3)));

        log.Clear();
        await Store.GetAsync(id, default);
        await Store.ListAsync(after: null, 10, default);
        Assert.That(log.Commands, Is.EqualTo(Enumerable.Repeat("ExecutingCommand", 2)));
    }

    [Test]
    public async Task A_write_that_changes_nothing_writes_nothing()
    {
        await CreateAsync(("usernames.min_length", 3));
        var version = await QueryAsync<string>("SELECT xmin::text || ctid FROM organizations WHERE organization_id = $1");

        var same = await UpdateAsync(Patch(("usernames.min_length", 3), ("usernames.max_length", null)));
        var contradiction = await UpdateAsync(Patch(("usernames.max_length", 2)));
        var stale = await Store.UpdateAsync(id, Patch(("usernames.min_length", 4)), Context(revisions: [7]), default);

        Assert.That(same.Kind, Is.EqualTo(OrganizationOutcomeKind.Unchanged));
        Assert.That(contradiction.Kind, Is.EqualTo(OrganizationOutcomeKind.Contradiction));
        Assert.That(stale.Kind, Is.EqualTo(OrganizationOutcomeKind.StaleRevision));
        Assert.That(await QueryAsync<string>("SELECT xmin::text || ctid FROM organizations WHERE organization_id = $1"), Is.EqualTo(version));
        Assert.That(await QueryAsync<long>("SELECT count(*) FROM audit_events WHERE organization_id = $1"), Is.EqualTo(1));
    }

    [Test]
    public async Task Every_write_records_its_event_with_actor_request_and_fields()
    {
        await CreateAsync(("usernames.min_length", 3));
        var context = new WriteContext(
            Guid.CreateVersion7(), Noon, new Actor(ActorType.ApiKey, "key", "key"), "request-1", Precondition.None, Request: null);
        await Store.UpdateAsync(id, Patch(("usernames.min_length", 3), ("pictures.upload", false)), context, default);
        await Store.DeleteAsync(id, force: false, Context(), default);

        var events = await services.GetRequiredService<IAuditStore>().ListAsync(id, after: null, newestFirst: false, 10, default);

        Assert.That(events.Select(recorded => recorded.Action), Is.EqualTo((AuditAction[])
            [AuditAction.OrganizationCreated, AuditAction.OrganizationUpdated, AuditAction.OrganizationDeleted]));
        Assert.That(events[0].ChangedFields, Is.EqualTo((string[])["display_name", "settings.usernames.min_length"]));
        Assert.That(events[1].ChangedFields, Is.EqualTo((string[])["settings.pictures.upload"]));
        Assert.That((events[1].Id, events[1].Actor, events[1].HttpRequestId), Is.EqualTo((context.ChangeId, context.Actor, "request-1")));
        Assert.That(events.Select(recorded => recorded.ResourceId).Distinct(), Is.EqualTo((string[])[id.Value]));
    }

    [Test]
    public async Task Writes_at_the_same_time_are_all_there()
    {
        await CreateAsync();
        (string, object?)[] settings =
        [
            ("usernames.min_length", 2), ("usernames.max_length", 9), ("usernames.unique", false), ("usernames.renames_per_day", 3),
            ("pictures.upload", false), ("pictures.changes_per_day", 4), ("attributes.required_prefix", "x_"), ("usernames.pattern", "a"),
        ];

        var outcomes = await Task.WhenAll(settings.Select(setting => UpdateAsync(Patch(setting))));

        Assert.That(outcomes.Select(outcome => outcome.Kind), Has.All.EqualTo(OrganizationOutcomeKind.Written));
        var read = await Store.GetAsync(id, default);
        Assert.That(read!.Revision, Is.EqualTo(1 + settings.Length));
        foreach (var (name, value) in settings)
            Assert.That(read.Settings[OrganizationSettingTable.Find(name)!.Setting], Is.EqualTo(value));
    }

    // What the statement refuses and what the rules refuse is the same: otherwise the write would be sent again in vain.
    [TestCase(5, null, null, null)]
    [TestCase(65, null, null, null)]
    [TestCase(64, null, null, null)]
    [TestCase(null, 1, null, null)]
    [TestCase(3, 2, null, null)]
    [TestCase(3, 3, null, null)]
    [TestCase(null, null, "x_", "x_a")]
    [TestCase(null, null, "x_", "a")]
    [TestCase(null, null, "x_", "%a")]
    [TestCase(null, null, null, "a")]
    public async Task The_database_and_the_rules_agree_on_what_fits_together(int? min, int? max, string? prefix, string? name)
    {
        await CreateAsync();
        var definitions = name is null ? null : new List<AttributeDefinition> { new(name.Replace("%", "y", StringComparison.Ordinal), null, null) };
        var patch = Patch(
            ("usernames.min_length", min), ("usernames.max_length", max), ("attributes.required_prefix", prefix), ("attributes.definitions", definitions));

        var outcome = await UpdateAsync(patch);

        var isGood = patch.CheckTogether(OrganizationSettings.Default).Count == 0;
        Assert.That(outcome.Kind, Is.EqualTo(isGood ? OrganizationOutcomeKind.Written : OrganizationOutcomeKind.Contradiction));
    }

    [Test]
    public async Task An_organization_with_profiles_is_deleted_only_by_force_and_is_unknown_from_then_on()
    {
        await CreateAsync();
        var profile = Write.To("alice", patch => patch.Set(ProfileField.Nickname, "Al"));
        await services.GetRequiredService<IProfileStore>().WriteAsync(id, [profile], default);

        var refused = await Store.DeleteAsync(id, force: false, Context(), default);
        var stale = await Store.DeleteAsync(id, force: true, Context(revisions: [9]), default);
        var deleted = await Store.DeleteAsync(id, force: true, Context(revisions: [1]), default);

        Assert.That(refused.Kind, Is.EqualTo(OrganizationOutcomeKind.NotEmpty));
        Assert.That(stale.Kind, Is.EqualTo(OrganizationOutcomeKind.StaleRevision));
        Assert.That(deleted.Kind, Is.EqualTo(OrganizationOutcomeKind.Written));
        Assert.That(await Store.GetAsync(id, default), Is.Null);
        Assert.That((await Store.ListAsync(after: null, 1000, default)).Select(organization => organization.Id), Has.No.Member(id));
        Assert.That((await UpdateAsync(Patch(("pictures.upload", false)))).Kind, Is.EqualTo(OrganizationOutcomeKind.NotFound));
        Assert.That((await Store.DeleteAsync(id, force: true, Context(), default)).Kind, Is.EqualTo(OrganizationOutcomeKind.NotFound));
        Assert.That((await CreateAsync()).Kind, Is.EqualTo(OrganizationOutcomeKind.Exists));
    }

    [Test]
    public async Task An_organization_whose_profiles_are_deleted_counts_as_empty()
    {
        await CreateAsync();
        var profiles = services.GetRequiredService<IProfileStore>();
        await profiles.WriteAsync(id, [Write.To("alice", patch => patch.Set(ProfileField.Nickname, "Al"))], default);
        await profiles.DeleteAsync(new ProfileKey(id, UserId.Parse("alice")), new ProfileDelete(Write.Context(null, null, null)), default);

        Assert.That((await Store.DeleteAsync(id, force: false, Context(), default)).Kind, Is.EqualTo(OrganizationOutcomeKind.Written));
    }

    [Test]
    public async Task What_this_instance_writes_it_is_told_at_once()
    {
        var told = new List<Core.Changes.ChangeNotice>();
        services.GetRequiredService<Core.Changes.IChangeFeed>().Subscribe(Core.Changes.ChangeKinds.Organization, told.Add);

        await CreateAsync();
        await UpdateAsync(Patch(("usernames.max_length", null)));
        await UpdateAsync(Patch(("pictures.upload", false)));

        Assert.That(told.Select(notice => notice.Id), Is.EqualTo((string[])[id.Value, id.Value]));
    }

    private static OrganizationPatch Patch(params (string Name, object? Value)[] settings)
    {
        var builder = new OrganizationPatchBuilder("organization.");
        foreach (var (name, value) in settings)
            builder.Set(OrganizationSettingTable.Find(name)!.Setting, value);
        return builder.Build();
    }

    private static WriteContext Context(long[]? revisions = null) => new(
        Guid.CreateVersion7(), Noon, Write.Actor, HttpRequestId: null, new Precondition(revisions, MustExist: true), Request: null);

    private Task<OrganizationOutcome> CreateAsync(params (string Name, object? Value)[] settings)
    {
        var builder = new OrganizationPatchBuilder("organization.");
        builder.SetDisplayName("Acme");
        foreach (var (name, value) in settings)
            builder.Set(OrganizationSettingTable.Find(name)!.Setting, value);
        return Store.CreateAsync(id, builder.Build(), Context(), default);
    }

    private Task<OrganizationOutcome> UpdateAsync(OrganizationPatch patch) => Store.UpdateAsync(id, patch, Context(), default);

    private async Task<T> QueryAsync<T>(string sql)
    {
        await using var command = services.GetRequiredService<NpgsqlDataSource>().CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter { Value = id.Value });
        return (T)(await command.ExecuteScalarAsync())!;
    }
}
