using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Profiles.Core.Access;
using Profiles.Core.Changes;
using Profiles.Core.Credentials.ApiKeys;
using Profiles.Core.Errors;
using Profiles.Core.Identity;
using Profiles.Server.Access.Authentication;
using Profiles.Server.Access.Directories;
using Profiles.Server.Tests.Tokens;

namespace Profiles.Server.Tests.Access;

/// <summary>How much work a key is, good or bad, and when it ceases to be valid.</summary>
internal sealed class ApiKeyAuthenticatorTests
{
    private static readonly OrganizationId Organization = OrganizationId.Parse("demo");

    private readonly FakeClock clock = new();
    private FakeApiKeyStore store = null!;
    private SteadyFeed feed = null!;
    private ApiKeyAuthenticator authenticator = null!;
    private ApiKeyUses uses = null!;

    [SetUp]
    public void Create()
    {
        (store, feed) = (new FakeApiKeyStore(), new SteadyFeed());
        uses = new ApiKeyUses(store, clock, NullLogger<ApiKeyUses>.Instance);
        authenticator = new ApiKeyAuthenticator(
            new ApiKeyDirectory(store, feed, TimeProvider.System), uses, clock, NullLogger<ApiKeyAuthenticator>.Instance);
    }

    [TearDown]
    public void Dispose() => uses.Dispose();

    [Test]
    public async Task Unknown_revoked_expired_and_good_keys_are_one_lookup_each_and_none_again()
    {
        var now = clock.Now.UtcDateTime;
        string[] texts =
        [
            ApiKeyText.Create(ApiKeyType.Administrative),
            Add(revokeTime: now.AddDays(-1)),
            Add(expireTime: now),
            Add(textExpireTime: now),
            Add(),
        ];

        foreach (var text in texts)
        {
            for (var i = 0; i < 3; i++)
                await TryAsync(text);
            Assert.That(store.Lookups, Is.EqualTo(new[] { ApiKeyHash.Of(text) }));
            store.Lookups.Clear();
        }
    }

    [Test]
    public async Task What_cannot_be_a_key_is_not_looked_up()
    {
        foreach (var text in (string[])["short", new string('k', 257), ApiKeyText.Create(ApiKeyType.Public)[..^1], "with a space in it"])
            Assert.That(await TryAsync(text), Is.Null);

        Assert.That(store.Lookups, Is.Empty);
    }

    [Test]
    public async Task A_key_is_good_until_its_very_end()
    {
        var end = clock.Now.UtcDateTime.AddMinutes(5);
        var (key, text) = (Add(expireTime: end), Add(textExpireTime: end));

        clock.Now = new DateTimeOffset(end).AddTicks(-1);
        Assert.That(await TryAsync(key), Is.Not.Null);
        Assert.That(await TryAsync(text), Is.Not.Null);
        clock.Now = new DateTimeOffset(end);
        Assert.That(await TryAsync(key), Is.Null);
        Assert.That(await TryAsync(text), Is.Null);
    }

    [Test]
    public async Task A_change_of_a_key_is_looked_up_and_no_other_key()
    {
        var (changed, other, unknown) = (Add(), Add(), ApiKeyText.Create(ApiKeyType.Public));
        foreach (var text in (string[])[changed, other, unknown])
            await TryAsync(text);
        store.Lookups.Clear();
        var hash = ApiKeyHash.Of(changed);
        var found = store.Keys[hash];
        store.Keys[hash] = found with { Key = found.Key with { RevokeTime = clock.Now.UtcDateTime } };

        feed.Tell(new ChangeNotice(ChangeKinds.ApiKey, Organization, found.Key.Id.ToString()));

        Assert.That(await TryAsync(changed), Is.Null);
        Assert.That(await TryAsync(other), Is.Not.Null);
        await TryAsync(unknown);
        // What was unknown may have come to be.
        Assert.That(store.Lookups, Is.EqualTo(new[] { hash, ApiKeyHash.Of(unknown) }));
    }

    [Test]
    public async Task Only_good_uses_are_noted_once_a_minute_and_at_the_end()
    {
        var (good, bad) = (Add(), Add(revokeTime: clock.Now.UtcDateTime));
        for (var i = 0; i < 100; i++)
        {
            await TryAsync(good);
            await TryAsync(bad);
        }

        await uses.StopAsync(default);
        await uses.StopAsync(default);

        var noted = store.Uses.Single().Single();
        Assert.That(noted, Is.EqualTo(new ApiKeyUse(Organization, store.Keys[ApiKeyHash.Of(good)].Key.Id, clock.Now.UtcDateTime)));
    }

    [Test]
    public async Task Many_uses_are_written_a_thousand_at_a_time()
    {
        for (var i = 0; i < 2500; i++)
            uses.Note(store.Keys[ApiKeyHash.Of(Add())].Key, clock.Now.UtcDateTime);

        await uses.StopAsync(default);

        Assert.That(store.Uses.Select(batch => batch.Count), Is.EqualTo(new[] { 1000, 1000, 500 }));
    }

    [Test]
    public async Task A_write_that_fails_is_no_failure_of_the_server()
    {
        store.Failure = new ProfilesException(ErrorReason.StorageUnavailable, "Away.");
        uses.Note(store.Keys[ApiKeyHash.Of(Add())].Key, clock.Now.UtcDateTime);

        await uses.StopAsync(default);

        Assert.That(store.Uses, Has.Count.EqualTo(1));
    }

    private string Add(DateTime? revokeTime = null, DateTime? expireTime = null, DateTime? textExpireTime = null)
    {
        var text = ApiKeyText.Create(ApiKeyType.Administrative);
        var content = new ApiKeyContent("", ApiKeyType.Administrative, null, ["profiles.read"], expireTime);
        var key = new ApiKey(Organization, Guid.CreateVersion7(clock.Now), content, "p", clock.Now.UtcDateTime, null, revokeTime);
        store.Keys.Add(ApiKeyHash.Of(text), new FoundApiKey(key, textExpireTime));
        return text;
    }

    private async Task<Caller?> TryAsync(string text)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers["x-api-key"] = text;
        try
        {
            return await authenticator.AuthenticateAsync(request, CredentialHeaders.Native, "/m");
        }
        catch (ProfilesException exception) when (exception.Reason == ErrorReason.CredentialInvalid)
        {
            return null;
        }
    }
}
