using Profiles.V1;

namespace Profiles.EndToEnd.Tests.Credentials;

/// <summary>Two credentials at once are refused, unless they agree; then the token counts.</summary>
internal sealed class TwoCredentialsTests : CredentialTest
{
    private const string NoPermission = "PermissionDenied 403 PERMISSION_MISSING";

    [SetUp]
    public Task CreateAlice() => SetProfileAsync("alice");

    [Test]
    public async Task A_public_key_beside_a_token_of_the_same_organization_names_the_app()
    {
        var (_, key) = await CreateKeyAsync(ApiKeyType.Public);

        Assert.That(await OutcomeAsync("GetMyProfile", Key(key), Token(UserToken)), Is.EqualTo(Ok));
        Assert.That(await OutcomeAsync("ListProfiles", Key(key), Token(UserToken)), Is.EqualTo(NoPermission));
        Assert.That(await OutcomeAsync("ListProfiles", Key(key), Token(ServerToken)), Is.EqualTo(Ok));
    }

    [Test]
    public async Task A_key_of_the_token_s_user_agrees_and_adds_nothing()
    {
        var (_, session) = await CreateKeyAsync(ApiKeyType.Session, user: "alice");
        var (_, server) = await CreateKeyAsync(ApiKeyType.Administrative, user: "alice");

        Assert.That(await OutcomeAsync("GetMyProfile", Key(session), Token(UserToken)), Is.EqualTo(Ok));
        Assert.That(await OutcomeAsync("GetMyProfile", Key(server), Token(UserToken)), Is.EqualTo(Ok));
        Assert.That(await OutcomeAsync("ListProfiles", Key(server), Token(UserToken)), Is.EqualTo(NoPermission));
    }

    [Test]
    public async Task Others_are_refused()
    {
        var (_, bob) = await CreateKeyAsync(ApiKeyType.Session, user: "bob");
        var (_, server) = await CreateKeyAsync(ApiKeyType.Administrative);
        var (_, open) = await CreateKeyAsync(ApiKeyType.Public);
        var (application, secret) = await CreateApplicationAsync();
        var elsewhere = SharedServer.Mint.Mint("demo", "alice");

        (string Name, string Value)[][] pairs =
        [
            [Key(bob), Token(UserToken)],
            [Key(server), Token(UserToken)],
            [Key(server), Token(ServerToken)],
            [Key(open), Token(elsewhere)],
            [.. Sign(application.AppKey, secret), Token(UserToken)],
            [.. Sign(application.AppKey, secret), Token(ServerToken)],
            [.. Sign(application.AppKey, secret), Key(server)],
            [.. Sign(application.AppKey, secret), Key(open), Token(UserToken)],
        ];
        foreach (var pair in pairs)
            Assert.That(await OutcomeAsync("GetMyProfile", pair), Is.EqualTo(Invalid), string.Join(' ', pair.Select(header => header.Name)));
    }

    [Test]
    public async Task A_bad_one_beside_a_good_one_is_refused()
    {
        var (_, key) = await CreateKeyAsync(ApiKeyType.Public);
        var (application, _) = await CreateApplicationAsync();

        Assert.That(await OutcomeAsync("GetMyProfile", Key(key), Token(UserToken + "x")), Is.EqualTo(Invalid));
        Assert.That(await OutcomeAsync("GetMyProfile", Key(key + "x"), Token(UserToken)), Is.EqualTo(Invalid));
        Assert.That(await OutcomeAsync("GetMyProfile", Key(key), ("authorization", "Basic YTpi")), Is.EqualTo(Invalid));
        Assert.That(await OutcomeAsync("GetMyProfile", ("app-key", application.AppKey), Token(UserToken)), Is.EqualTo(Invalid));
    }

    [Test]
    public async Task An_empty_key_beside_a_token_is_none() =>
        Assert.That((await RestAsync("GET", MyProfile, UserToken, json: null, ("x-api-key", ""))).Status, Is.EqualTo(200));
}
