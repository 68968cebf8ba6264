using System.Security.Cryptography;
using Profiles.V1;

namespace Profiles.EndToEnd.Tests.Credentials;

/// <summary>What each type of API key is good for.</summary>
internal sealed class ApiKeyTests : CredentialTest
{
    private const string NoPermission = "PermissionDenied 403 PERMISSION_MISSING";
    private const string NoUser = "PermissionDenied 403 USER_REQUIRED";

    [SetUp]
    public Task CreateAlice() => SetProfileAsync("alice");

    [Test]
    public async Task A_session_key_reaches_its_user_s_own_record_and_no_other()
    {
        var (_, key) = await CreateKeyAsync(ApiKeyType.Session, user: "alice");

        Assert.That(await OutcomeAsync("GetMyProfile", Key(key)), Is.EqualTo(Ok));
        Assert.That(await OutcomeAsync("UpdateMyProfile", Key(key)), Is.EqualTo(Ok));
        Assert.That(await OutcomeAsync("GetProfile", Key(key)), Is.EqualTo(NoPermission));
        Assert.That(await OutcomeAsync("SetProfile", Key(key)), Is.EqualTo(NoPermission));
    }

    [Test]
    public async Task A_public_key_reaches_nothing_that_is_private()
    {
        var (_, key) = await CreateKeyAsync(ApiKeyType.Public);

        Assert.That(await OutcomeAsync("GetMyProfile", Key(key)), Is.EqualTo(NoUser));
        Assert.That(await OutcomeAsync("ListProfiles", Key(key)), Is.EqualTo(NoPermission));
    }

    [Test]
    public async Task An_administrative_key_may_do_what_its_permissions_say()
    {
        var (_, reader) = await CreateKeyAsync(ApiKeyType.Administrative, permissions: "profiles.read");
        var (_, server) = await CreateKeyAsync(ApiKeyType.Administrative);

        Assert.That(await OutcomeAsync("ListProfiles", Key(reader)), Is.EqualTo(Ok));
        Assert.That(await OutcomeAsync("SetProfile", Key(reader)), Is.EqualTo(NoPermission));
        Assert.That(await OutcomeAsync("GetMyProfile", Key(reader)), Is.EqualTo(NoUser));
        Assert.That(await OutcomeAsync("SetProfile", Key(server)), Is.EqualTo(Ok));
    }

    [Test]
    public async Task An_administrative_key_can_speak_for_a_user_too()
    {
        var (_, key) = await CreateKeyAsync(ApiKeyType.Administrative, user: "alice");

        Assert.That(await OutcomeAsync("GetMyProfile", Key(key)), Is.EqualTo(Ok));
        Assert.That(await OutcomeAsync("ListProfiles", Key(key)), Is.EqualTo(Ok));
    }

    [Test]
    public async Task A_key_of_another_system_is_taken_over()
    {
        var text = RandomNumberGenerator.GetHexString(32, lowercase: true);
        // Asked for before it is there, so that the server remembers that it is not.
        Assert.That(await OutcomeAsync("ListProfiles", Key(text)), Is.EqualTo(Invalid));

        var (key, created) = await CreateKeyAsync(ApiKeyType.Administrative, imported: text);

        Assert.That(created, Is.EqualTo(text));
        Assert.That(key.Prefix, Is.EqualTo(text[..4]));
        Assert.That(await OutcomeAsync("ListProfiles", Key(text)), Is.EqualTo(Ok));
    }

    [Test]
    public async Task The_history_names_the_key()
    {
        var (session, sessionText) = await CreateKeyAsync(ApiKeyType.Session, user: "alice");
        var (server, serverText) = await CreateKeyAsync(ApiKeyType.Administrative);
        await RestAsync("PATCH", MyProfile, token: "", """{"nickname":"One"}""", Key(sessionText));
        await RestAsync("PATCH", "/v1/profiles/alice", token: "", """{"nickname":"Two"}""", Key(serverText));

        var history = await Grpc.ListProfileChangesAsync(new ListProfileChangesRequest { UserId = "alice" }, AsServer);

        Assert.That(
            history.Changes.Skip(1).Select(change => change.Actor),
            Is.EqualTo(new[]
            {
                new Actor { Type = ActorType.User, Id = "alice", CredentialId = session.KeyId },
                new Actor { Type = ActorType.ApiKey, Id = server.KeyId, CredentialId = server.KeyId },
            }));
    }

    [Test]
    public async Task A_rotated_key_has_two_texts_for_the_overlap()
    {
        var (key, first) = await CreateKeyAsync(ApiKeyType.Administrative);
        Assert.That(await OutcomeAsync("ListProfiles", Key(first)), Is.EqualTo(Ok));

        var rotated = await Credentials.RotateApiKeyAsync(
            new RotateApiKeyRequest { KeyId = key.KeyId, Overlap = new() { Seconds = 3600 } }, AsRoot);
        SharedServer.UsedSecrets.Add(rotated.Key);
        Assert.That(await OutcomeAsync("ListProfiles", Key(first)), Is.EqualTo(Ok));
        Assert.That(await OutcomeAsync("ListProfiles", Key(rotated.Key)), Is.EqualTo(Ok));

        var again = await Credentials.RotateApiKeyAsync(new RotateApiKeyRequest { KeyId = key.KeyId }, AsRoot);
        SharedServer.UsedSecrets.Add(again.Key);
        Assert.That(await OutcomeAsync("ListProfiles", Key(first)), Is.EqualTo(Invalid));
        Assert.That(await OutcomeAsync("ListProfiles", Key(rotated.Key)), Is.EqualTo(Invalid));
        Assert.That(await OutcomeAsync("ListProfiles", Key(again.Key)), Is.EqualTo(Ok));
    }
}
