using Microsoft.Extensions.DependencyInjection;
using Profiles.Core.Audit;
using Profiles.Core.Credentials;
using Profiles.Core.Credentials.ApiKeys;
using Profiles.Core.Identity;
using Profiles.Postgres.Tests.Database;
using static Profiles.Postgres.Tests.Credentials.SampleCredentials;

namespace Profiles.Postgres.Tests.Credentials;

public class ApiKeyStoreTests
{
    private readonly CommandLog log = new();
    private ServiceProvider services = null!;
    private TestOrganization organization = null!;
    private IApiKeyStore store = null!;

    [SetUp]
    public async Task Found_an_organization()
    {
        organization = await TestOrganization.CreateAsync();
        services = (await TestDatabase.GetAsync()).ServicesWith("Maximum Pool Size=2", log);
        store = services.GetRequiredService<IApiKeyStore>();
    }

    [TearDown]
    public async Task Close_connections() => await services.DisposeAsync();

    [Test]
    public async Task A_key_comes_back_as_it_was_added()
    {
        var hash = NewHash();
        var key = await AddAsync(hash, parts =>
        {
            parts.User = "alice";
            parts.ExpireTime = Now.AddDays(1);
        });

        var found = await store.FindAsync(hash, default);

        AssertSame(found!.Key, key);
        Assert.That(found.TextExpireTime, Is.Null);
        AssertSame((await store.GetAsync(organization.Id, key.Id, default))!, key);
        Assert.That(await store.FindAsync(NewHash(), default), Is.Null);
    }

    [Test]
    public async Task A_key_of_one_organization_is_not_there_in_another()
    {
        var other = OrganizationId.Parse("elsewhere");
        var key = await AddAsync(NewHash());

        Assert.That(await store.GetAsync(other, key.Id, default), Is.Null);
        Assert.That(await store.ListAsync(other, after: null, 10, default), Is.Empty);
        Assert.That((await store.RotateAsync(other, Rotation(key.Id), NewEvent(AuditAction.ApiKeyRotated, key.Id), default)).Kind, Is.EqualTo(ChangeOutcomeKind.NotFound));
        Assert.That((await store.RevokeAsync(other, key.Id, NewEvent(AuditAction.ApiKeyRevoked, key.Id), default)).Kind, Is.EqualTo(ChangeOutcomeKind.NotFound));
        Assert.That((await store.GetAsync(organization.Id, key.Id, default))!.RevokeTime, Is.Null);
    }

    [Test]
    public async Task A_text_belongs_to_one_key_for_ever_in_all_organizations()
    {
        var hash = NewHash();
        var key = await AddAsync(hash);
        await store.RevokeAsync(organization.Id, key.Id, NewEvent(AuditAction.ApiKeyRevoked, key.Id), default);

        var another = NewKey(OrganizationId.Parse("elsewhere"));
        var outcome = await store.AddAsync(another, hash, NewEvent(AuditAction.ApiKeyCreated, another.Id), default);

        Assert.That(outcome.Kind, Is.EqualTo(ChangeOutcomeKind.InUse));
        Assert.That(await store.GetAsync(another.Organization, another.Id, default), Is.Null);
        Assert.That((await store.FindAsync(hash, default))!.Key.Id, Is.EqualTo(key.Id));
        Assert.That(await AuditedAsync(another.Id), Is.Empty);
    }

    [Test]
    public async Task After_a_rotation_two_texts_are_good_for_the_overlap_and_after_another_the_oldest_ends()
    {
        var first = NewHash();
        var key = await AddAsync(first);

        var (second, secondPrefix) = await RotateAsync(key.Id, Now.AddHours(1), overlap: TimeSpan.FromHours(2));
        Assert.That((await store.FindAsync(first, default))!.TextExpireTime, Is.EqualTo(Now.AddHours(3)));
        Assert.That((await store.FindAsync(second, default))!.TextExpireTime, Is.Null);
        Assert.That((await store.GetAsync(organization.Id, key.Id, default))!.Prefix, Is.EqualTo(secondPrefix));

        var (third, _) = await RotateAsync(key.Id, Now.AddHours(2), overlap: TimeSpan.FromHours(2));
        Assert.That((await store.FindAsync(first, default))!.TextExpireTime, Is.EqualTo(Now.AddHours(2)));
        Assert.That((await store.FindAsync(second, default))!.TextExpireTime, Is.EqualTo(Now.AddHours(4)));
        Assert.That((await store.FindAsync(third, default))!.TextExpireTime, Is.Null);
        Assert.That(await AuditedAsync(key.Id), Is.EqualTo(new[] { AuditAction.ApiKeyCreated, AuditAction.ApiKeyRotated, AuditAction.ApiKeyRotated }));
    }

    [TestCase(ApiKeyType.Session, 0)]
    [TestCase(ApiKeyType.Public, 1)]
    [TestCase(ApiKeyType.Administrative, 2)]
    public async Task The_new_text_is_the_one_for_the_key_s_type(ApiKeyType type, int index)
    {
        var key = await AddAsync(NewHash(), parts =>
        {
            parts.Type = type;
            parts.Permissions = [];
        });
        var rotation = Rotation(key.Id);

        await store.RotateAsync(organization.Id, rotation, NewEvent(AuditAction.ApiKeyRotated, key.Id), default);

        Assert.That((await store.FindAsync(rotation.Hashes[index], default))!.Key.Prefix, Is.EqualTo(rotation.Prefixes[index]));
        foreach (var other in Enumerable.Range(0, 3).Where(other => other != index))
            Assert.That(await store.FindAsync(rotation.Hashes[other], default), Is.Null);
    }

    [TestCase("profiles.read", "", false)]
    [TestCase("profiles.read audit.read", "", true)]
    [TestCase("profiles.read audit.read", "root", true)]
    [TestCase("profiles.read audit.read", "alice", false)]
    [TestCase("profiles.read audit.read profiles.write", "alice", true)]
    public async Task A_rotation_hands_on_no_more_than_the_grantor_has(string permissions, string user, bool may)
    {
        var hash = NewHash();
        var key = await AddAsync(hash, parts => parts.User = user.Length == 0 ? null : user);
        var rotation = Rotation(key.Id) with { Grantor = NewGrantor(permissions.Split(' ')) };

        var outcome = await store.RotateAsync(organization.Id, rotation, NewEvent(AuditAction.ApiKeyRotated, key.Id), default);

        Assert.That(outcome.Kind, Is.EqualTo(may ? ChangeOutcomeKind.Done : ChangeOutcomeKind.Exceeds));
        Assert.That((await store.FindAsync(hash, default))!.TextExpireTime is null, Is.EqualTo(!may));
        Assert.That(await AuditedAsync(key.Id), Has.Count.EqualTo(may ? 2 : 1));
    }

    [Test]
    public async Task What_ended_is_not_rotated()
    {
        var expired = await AddAsync(NewHash(), parts => parts.ExpireTime = Now.AddMinutes(1));
        var revoked = await AddAsync(NewHash());
        await store.RevokeAsync(organization.Id, revoked.Id, NewEvent(AuditAction.ApiKeyRevoked, revoked.Id), default);

        foreach (var id in (Guid[])[expired.Id, revoked.Id])
        {
            var outcome = await store.RotateAsync(organization.Id, Rotation(id), NewEvent(AuditAction.ApiKeyRotated, id, Now.AddMinutes(2)), default);
            Assert.That(outcome.Kind, Is.EqualTo(ChangeOutcomeKind.Ended));
        }
    }

    [Test]
    public async Task A_revocation_is_for_ever_and_recorded_once()
    {
        var hash = NewHash();
        var key = await AddAsync(hash);

        await store.RevokeAsync(organization.Id, key.Id, NewEvent(AuditAction.ApiKeyRevoked, key.Id, Now.AddMinutes(1)), default);
        var again = await store.RevokeAsync(organization.Id, key.Id, NewEvent(AuditAction.ApiKeyRevoked, key.Id, Now.AddMinutes(2)), default);

        Assert.That(again.Kind, Is.EqualTo(ChangeOutcomeKind.Done));
        Assert.That(again.Record!.RevokeTime, Is.EqualTo(Now.AddMinutes(1)));
        Assert.That((await store.FindAsync(hash, default))!.IsValidAt(Now.AddMinutes(1)), Is.False);
        Assert.That(await AuditedAsync(key.Id), Is.EqualTo(new[] { AuditAction.ApiKeyCreated, AuditAction.ApiKeyRevoked }));
    }

    [Test]
    public async Task A_list_goes_on_after_a_key_in_the_order_of_creation()
    {
        var keys = new List<ApiKey>();
        for (var i = 0; i < 5; i++)
            keys.Add(await AddAsync(NewHash()));
        var ordered = keys.Select(key => key.Id).Order().ToList();

        var first = await store.ListAsync(organization.Id, after: null, 2, default);
        var rest = await store.ListAsync(organization.Id, first[^1].Id, 10, default);

        Assert.That(first.Concat(rest).Select(key => key.Id), Is.EqualTo(ordered));
    }

    [Test]
    public async Task Uses_are_noted_for_many_keys_and_never_go_back()
    {
        var (a, b, unused) = (await AddAsync(NewHash()), await AddAsync(NewHash()), await AddAsync(NewHash()));
        log.Clear();

        await store.NoteUsesAsync([Use(a, 1), Use(b, 2), new ApiKeyUse(OrganizationId.Parse("elsewhere"), unused.Id, Now)], default);
        Assert.That(log.Commands, Is.EqualTo(new[] { "ExecutingBatch" }));
        await store.NoteUsesAsync([Use(a, 3), Use(b, 1)], default);

        Assert.That((await store.GetAsync(organization.Id, a.Id, default))!.LastUseTime, Is.EqualTo(Now.AddMinutes(3)));
        Assert.That((await store.GetAsync(organization.Id, b.Id, default))!.LastUseTime, Is.EqualTo(Now.AddMinutes(2)));
        Assert.That((await store.GetAsync(organization.Id, unused.Id, default))!.LastUseTime, Is.Null);
    }

    [Test]
    public async Task Every_operation_is_one_round_trip()
    {
        var hash = NewHash();
        var key = NewKey(organization.Id);
        Func<Task>[] operations =
        [
            () => store.AddAsync(key, hash, NewEvent(AuditAction.ApiKeyCreated, key.Id), default),
            () => store.FindAsync(hash, default),
            () => store.GetAsync(organization.Id, key.Id, default),
            () => store.ListAsync(organization.Id, after: null, 10, default),
            () => store.RotateAsync(organization.Id, Rotation(key.Id), NewEvent(AuditAction.ApiKeyRotated, key.Id), default),
            () => store.RevokeAsync(organization.Id, key.Id, NewEvent(AuditAction.ApiKeyRevoked, key.Id), default),
        ];
        foreach (var operation in operations)
        {
            log.Clear();
            await operation();
            Assert.That(log.Commands, Has.Count.EqualTo(1));
        }
    }

    private async Task<ApiKey> AddAsync(ApiKeyHash hash, Action<SampleCredentials.ApiKeyParts>? change = null)
    {
        var key = NewKey(organization.Id, change);
        var outcome = await store.AddAsync(key, hash, NewEvent(AuditAction.ApiKeyCreated, key.Id), default);
        Assert.That(outcome.Kind, Is.EqualTo(ChangeOutcomeKind.Done));
        AssertSame(outcome.Record!, key);
        return key;
    }

    private static ApiKeyRotation Rotation(Guid id) =>
        new(id, [NewHash(), NewHash(), NewHash()], ["p1", "p2", "p3"], Now, Grantor.Operator);

    private async Task<(ApiKeyHash Hash, string Prefix)> RotateAsync(Guid id, DateTime time, TimeSpan overlap)
    {
        var rotation = Rotation(id) with { OldTextExpireTime = time + overlap };
        var outcome = await store.RotateAsync(organization.Id, rotation, NewEvent(AuditAction.ApiKeyRotated, id, time), default);
        Assert.That(outcome.Kind, Is.EqualTo(ChangeOutcomeKind.Done));
        return (rotation.Hashes[2], rotation.Prefixes[2]);
    }

    private static Task<List<AuditAction>> AuditedAsync(Guid id) => AuditLog.ReadAsync(id);

    private ApiKeyUse Use(ApiKey key, int minutes) => new(organization.Id, key.Id, Now.AddMinutes(minutes));

    private static void AssertSame(ApiKey actual, ApiKey expected)
    {
        Assert.That(actual with { Content = expected.Content }, Is.EqualTo(expected));
        Assert.That(actual.Content.Permissions, Is.EqualTo(expected.Content.Permissions));
        Assert.That(actual.Content with { Permissions = expected.Content.Permissions }, Is.EqualTo(expected.Content));
    }
}
