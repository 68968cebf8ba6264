using Microsoft.Extensions.DependencyInjection;
using Profiles.Core.Audit;
using Profiles.Core.Credentials;
using Profiles.Core.Credentials.Applications;
using Profiles.Core.Identity;
using Profiles.Postgres.Tests.Database;
using static Profiles.Postgres.Tests.Credentials.SampleCredentials;

namespace Profiles.Postgres.Tests.Credentials;

public class ApplicationStoreTests
{
    private readonly CommandLog log = new();
    private ServiceProvider services = null!;
    private TestOrganization organization = null!;
    private IApplicationStore store = null!;

    [SetUp]
    public async Task Found_an_organization()
    {
        organization = await TestOrganization.CreateAsync();
        services = (await TestDatabase.GetAsync()).ServicesWith("Maximum Pool Size=2", log);
        store = services.GetRequiredService<IApplicationStore>();
    }

    [TearDown]
    public async Task Close_connections() => await services.DisposeAsync();

    [Test]
    public async Task An_application_comes_back_as_it_was_added()
    {
        var secret = NewSecret();
        var application = await AddAsync(secret);

        var found = (await store.FindAsync(application.AppKey, default))!;

        AssertSame(found.Application, application, secret);
        Assert.That(found.Secrets.Single().Content, Is.EqualTo(secret.Content));
        Assert.That(found.Secrets.Single().MasterKeyId, Is.EqualTo("m1"));
        AssertSame((await store.GetAsync(organization.Id, application.Id, Now, default))!, application, secret);
        Assert.That(await store.FindAsync("nobody", default), Is.Null);
        Assert.That(await store.GetAsync(OrganizationId.Parse("elsewhere"), application.Id, Now, default), Is.Null);
    }

    [Test]
    public async Task An_app_key_belongs_to_one_application_in_all_organizations()
    {
        var application = await AddAsync(NewSecret());
        var another = NewApplication(OrganizationId.Parse("elsewhere")) with { AppKey = application.AppKey };

        var outcome = await store.AddAsync(another, NewSecret(), NewEvent(AuditAction.ApplicationCreated, another.Id), default);

        Assert.That(outcome.Kind, Is.EqualTo(ChangeOutcomeKind.InUse));
        Assert.That((await store.FindAsync(application.AppKey, default))!.Application.Id, Is.EqualTo(application.Id));
    }

    [Test]
    public async Task At_most_two_secrets_are_good()
    {
        var (first, second, third) = (NewSecret(), NewSecret(Now.AddHours(1)), NewSecret(Now.AddHours(2)));
        var application = await AddAsync(first);

        await RotateAsync(application.Id, second, overlap: TimeSpan.FromHours(5));
        Assert.That(await SecretsAsync(application.Id, Now.AddHours(1)), Is.EqualTo(new[] { second.Secret.Id, first.Secret.Id }));
        Assert.That(await SecretsAsync(application.Id, Now.AddHours(7)), Is.EqualTo(new[] { second.Secret.Id }));

        await RotateAsync(application.Id, third, overlap: TimeSpan.FromHours(5));
        Assert.That(await SecretsAsync(application.Id, Now.AddHours(2)), Is.EqualTo(new[] { third.Secret.Id, second.Secret.Id }));
        Assert.That((await store.FindAsync(application.AppKey, default))!.Secrets, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_rotation_hands_on_no_more_than_the_grantor_has()
    {
        var application = await AddAsync(NewSecret(), "profiles.read", "profiles.write");
        var rotation = new SecretRotation(application.Id, NewSecret(), Now, NewGrantor("profiles.read"));

        var outcome = await store.RotateAsync(organization.Id, rotation, NewEvent(AuditAction.ApplicationSecretRotated, application.Id), default);

        Assert.That(outcome.Kind, Is.EqualTo(ChangeOutcomeKind.Exceeds));
        Assert.That(await AuditLog.ReadAsync(application.Id), Is.EqualTo(new[] { AuditAction.ApplicationCreated }));
    }

    [Test]
    public async Task A_revocation_is_for_ever_takes_the_secrets_away_and_is_recorded_once()
    {
        var application = await AddAsync(NewSecret());

        await store.RevokeAsync(organization.Id, application.Id, NewEvent(AuditAction.ApplicationRevoked, application.Id, Now.AddMinutes(1)), default);
        var again = await store.RevokeAsync(organization.Id, application.Id, NewEvent(AuditAction.ApplicationRevoked, application.Id, Now.AddMinutes(2)), default);

        Assert.That(again.Kind, Is.EqualTo(ChangeOutcomeKind.Done));
        Assert.That(again.Record!.RevokeTime, Is.EqualTo(Now.AddMinutes(1)));
        Assert.That((await store.FindAsync(application.AppKey, default))!.Secrets, Is.Empty);
        var rotation = new SecretRotation(application.Id, NewSecret(), Now, Grantor.Operator);
        Assert.That(
            (await store.RotateAsync(organization.Id, rotation, NewEvent(AuditAction.ApplicationSecretRotated, application.Id), default)).Kind,
            Is.EqualTo(ChangeOutcomeKind.Ended));
        Assert.That(await AuditLog.ReadAsync(application.Id), Is.EqualTo(new[] { AuditAction.ApplicationCreated, AuditAction.ApplicationRevoked }));
    }

    [Test]
    public async Task What_is_not_there_is_not_found()
    {
        var id = Guid.CreateVersion7(DateTimeOffset.UnixEpoch);
        var rotation = new SecretRotation(id, NewSecret(), Now, Grantor.Operator);

        Assert.That(
            (await store.RotateAsync(organization.Id, rotation, NewEvent(AuditAction.ApplicationSecretRotated, id), default)).Kind,
            Is.EqualTo(ChangeOutcomeKind.NotFound));
        Assert.That(
            (await store.RevokeAsync(organization.Id, id, NewEvent(AuditAction.ApplicationRevoked, id), default)).Kind,
            Is.EqualTo(ChangeOutcomeKind.NotFound));
    }

    [Test]
    public async Task A_list_goes_on_after_an_application_whatever_secrets_it_has()
    {
        var ids = new List<Guid>();
        for (var i = 0; i < 3; i++)
        {
            var application = await AddAsync(NewSecret());
            await RotateAsync(application.Id, NewSecret(Now.AddSeconds(1)), TimeSpan.FromHours(1));
            ids.Add(application.Id);
        }

        ids.Sort();

        var first = await store.ListAsync(organization.Id, after: null, 2, Now, default);
        var rest = await store.ListAsync(organization.Id, first[^1].Id, 2, Now, default);

        Assert.That(first.Concat(rest).Select(application => application.Id), Is.EqualTo(ids));
        Assert.That(first.Select(application => application.Secrets.Count), Is.All.EqualTo(2));
    }

    [Test]
    public async Task A_signature_is_taken_once_in_an_application()
    {
        var signatures = services.GetRequiredService<ISignatureStore>();
        var (one, two) = (Guid.CreateVersion7(DateTimeOffset.UnixEpoch), Guid.CreateVersion7(DateTimeOffset.UnixEpoch));
        byte[] signature = [1, 2, 3];

        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => signatures.TakeAsync(organization.Id, one, signature, Now, default)));

        Assert.That(taken.Count(first => first), Is.EqualTo(1));
        Assert.That(await signatures.TakeAsync(organization.Id, two, signature, Now, default), Is.True);
        Assert.That(await signatures.ForgetAsync(Now, default), Is.Zero);
        Assert.That(await signatures.ForgetAsync(Now.AddSeconds(1), default), Is.EqualTo(2));
        Assert.That(await signatures.TakeAsync(organization.Id, one, signature, Now, default), Is.True);
    }

    [Test]
    public async Task Secrets_are_replaced_where_they_are_still_as_they_were()
    {
        var secrets = services.GetRequiredService<ISecretStore>();
        var application = await AddAsync(NewSecret(masterKey: "old"));
        var stored = await FindAsync(secrets, application.Id);

        await secrets.ReplaceAsync([new SecretReplacement(stored!, "new", [7]), new SecretReplacement(stored! with { Content = [1] }, "worse", [8])], default);

        var found = (await store.FindAsync(application.AppKey, default))!.Secrets.Single();
        Assert.That((found.MasterKeyId, found.Content.Single()), Is.EqualTo(("new", (byte)7)));
        Assert.That(await FindAsync(secrets, application.Id), Is.Null);
    }

    [Test]
    public async Task Every_operation_is_one_round_trip()
    {
        var application = NewApplication(organization.Id);
        var rotation = new SecretRotation(application.Id, NewSecret(), Now, Grantor.Operator);
        Func<Task>[] operations =
        [
            () => store.AddAsync(application, NewSecret(), NewEvent(AuditAction.ApplicationCreated, application.Id), default),
            () => store.FindAsync(application.AppKey, default),
            () => store.GetAsync(organization.Id, application.Id, Now, default),
            () => store.ListAsync(organization.Id, after: null, 10, Now, default),
            () => store.RotateAsync(organization.Id, rotation, NewEvent(AuditAction.ApplicationSecretRotated, application.Id), default),
            () => store.RevokeAsync(organization.Id, application.Id, NewEvent(AuditAction.ApplicationRevoked, application.Id), default),
        ];
        foreach (var operation in operations)
        {
            log.Clear();
            await operation();
            Assert.That(log.Commands, Has.Count.EqualTo(1));
        }
    }

    private async Task<Application> AddAsync(SealedSecret secret, params string[] permissions)
    {
        var application = NewApplication(organization.Id, permissions);
        var outcome = await store.AddAsync(application, secret, NewEvent(AuditAction.ApplicationCreated, application.Id), default);
        Assert.That(outcome.Kind, Is.EqualTo(ChangeOutcomeKind.Done));
        AssertSame(outcome.Record!, application, secret);
        return application;
    }

    private async Task RotateAsync(Guid id, SealedSecret secret, TimeSpan overlap)
    {
        var rotation = new SecretRotation(id, secret, secret.Secret.CreateTime + overlap, Grantor.Operator);
        var recorded = NewEvent(AuditAction.ApplicationSecretRotated, id, secret.Secret.CreateTime);
        var outcome = await store.RotateAsync(organization.Id, rotation, recorded, default);
        Assert.That(outcome.Kind, Is.EqualTo(ChangeOutcomeKind.Done));
    }

    private async Task<IEnumerable<Guid>> SecretsAsync(Guid id, DateTime time) =>
        (await store.GetAsync(organization.Id, id, time, default))!.Secrets.Select(secret => secret.Id);

    private async Task<StoredSecret?> FindAsync(ISecretStore secrets, Guid application)
    {
        var place = new SecretPlace(organization.Id, Guid.Empty, Guid.Empty);
        return (await secrets.ListAsync("new", place, 1000, default)).SingleOrDefault(secret => secret.Place.Application == application);
    }

    private static void AssertSame(Application actual, Application expected, SealedSecret secret)
    {
        Assert.That(actual.Secrets, Is.EqualTo(new[] { secret.Secret }));
        Assert.That(actual.Content.Permissions, Is.EqualTo(expected.Content.Permissions));
        Assert.That(actual.Content with { Permissions = expected.Content.Permissions }, Is.EqualTo(expected.Content));
        Assert.That(actual with { Content = expected.Content, Secrets = expected.Secrets }, Is.EqualTo(expected));
    }
}
