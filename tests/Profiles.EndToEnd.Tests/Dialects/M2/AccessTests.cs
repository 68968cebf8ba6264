using Grpc.Core;
using Profiles.EndToEnd.Tests.Harness;
using Profiles.V1;
using M2Profiles = Profiles.Contracts.M2.V1.ProfileService.ProfileServiceClient;

namespace Profiles.EndToEnd.Tests.Dialects.M2;

/// <summary>Who may call, about whom, and what all others are answered.</summary>
internal sealed class AccessTests : M2Test
{
    private static readonly (string Method, string Path, string? Json)[] DenylistCalls =
        [("POST", Deny, """{"banned":""}"""), ("DELETE", Deny, """["banned"]"""), ("PUT", Denylist, """["banned"]""")];

    [Test]
    public async Task A_users_token_speaks_for_the_user()
    {
        Assert.That((await RestAsync("PUT", Path, UserToken, """{"username":"alice_1"}""", ("x-m2-organization-id", Organization))).Status, Is.EqualTo(200));
        Assert.That(await NameOfAsync("alice"), Is.EqualTo("alice_1"));
    }

    [Test]
    public async Task A_token_and_a_public_key_come_together()
    {
        var key = await CreateKeyAsync(ApiKeyType.Public);

        var answer = await RestAsync("PUT", Path, UserToken, "{}", ("x-api-key", key));
        Assert.That(answer.Status, Is.EqualTo(200));
    }

    [Test]
    public async Task A_server_names_the_user()
    {
        Assert.That((await AsServerAsync("PUT", Path, """{"username":"bob_1"}""", "bob")).Status, Is.EqualTo(200));
        Assert.That(Body(await AsServerAsync("GET", Path, user: "bob")), Is.EqualTo("""{"username":"bob_1"}"""));
        Assert.That(await NameOfAsync("bob"), Is.EqualTo("bob_1"));
    }

    [Test]
    public async Task A_server_that_names_no_user_is_told_so()
    {
        foreach (var user in (string?[])[null, "a b"])
        {
            AssertRefused(await AsServerAsync("GET", Path, user: user), 400, "INVALID_REQUEST");
            AssertRefused(await AsServerAsync("PUT", Path, "{}", user), 400, "INVALID_REQUEST");
        }
    }

    [Test]
    public async Task A_user_reaches_nobody_else()
    {
        await NameAsync("bob", "bob_1");

        Assert.That((await CallAsync(UserKey, "PUT", Path, """{"username":"alice_1"}""", ("x-m2-user-id", "alice"))).Status, Is.EqualTo(200));
        AssertRefused(await CallAsync(UserKey, "GET", Path, null, ("x-m2-user-id", "bob")), 403, "PERMISSION_MISSING");
        AssertRefused(await CallAsync(UserKey, "PUT", Path, """{"username":"mine"}""", ("x-m2-user-id", "bob")), 403, "PERMISSION_MISSING");
        Assert.That(await NameOfAsync("bob"), Is.EqualTo("bob_1"));
    }

    [Test]
    public async Task Reading_and_writing_another_user_are_two_permissions()
    {
        var (reading, writing) = (
            await CreateKeyAsync(ApiKeyType.Administrative, "", "profiles.read"), await CreateKeyAsync(ApiKeyType.Administrative, "", "profiles.write"));
        await NameAsync("bob", "bob_1");

        Assert.That((await CallAsync(reading, "GET", Path, null, ("x-m2-user-id", "bob"))).Status, Is.EqualTo(200));
        AssertRefused(await CallAsync(reading, "PUT", Path, "{}", ("x-m2-user-id", "bob")), 403, "PERMISSION_MISSING");
        Assert.That((await CallAsync(writing, "PUT", Path, "{}", ("x-m2-user-id", "bob"))).Status, Is.EqualTo(200));
        AssertRefused(await CallAsync(writing, "GET", Path, null, ("x-m2-user-id", "bob")), 403, "PERMISSION_MISSING");
    }

    [Test]
    public async Task The_denylist_is_for_those_who_may_change_usernames()
    {
        var (reading, managing) = (
            await CreateKeyAsync(ApiKeyType.Administrative, "", "usernames.read"), await CreateKeyAsync(ApiKeyType.Administrative, "", "usernames.write"));
        foreach (var (method, path, json) in DenylistCalls)
        {
            AssertRefused(await CallAsync(UserKey, method, path, json), 403, "PERMISSION_MISSING");
            AssertRefused(await CallAsync(reading, method, path, json), 403, "PERMISSION_MISSING");
            Assert.That((await CallAsync(managing, method, path, json)).Status, Is.AnyOf(200, 204));
        }
    }

    [Test]
    public async Task Without_a_good_credential_every_call_is_refused()
    {
        foreach (var (method, path, json) in DenylistCalls.Append(("GET", Path, null)).Append(("PUT", Path, "{}")))
        {
            AssertRefused(await RestAsync(method, path, string.Empty, json, ("x-m2-organization-id", Organization)), 401, "CREDENTIAL_MISSING");
            AssertRefused(await CallAsync("unknown", method, path, json), 401, "CREDENTIAL_INVALID");
        }
    }

    [Test]
    public async Task The_organization_header_names_the_credentials_own_organization()
    {
        var other = await SharedServer.NewOrganizationAsync();
        foreach (var name in (string[])[other, "nobodys", "not an id"])
            AssertRefused(await RestAsync("GET", Path, string.Empty, (string?)null, ("x-api-key", UserKey), ("x-m2-organization-id", name)), 403, "ORGANIZATION_FORBIDDEN");
        Assert.That((await RestAsync("PUT", Path, string.Empty, "{}", ("x-api-key", UserKey))).Status, Is.EqualTo(200));
    }

    [TestCase("GET", "/api/profile/picture", 404, "PATH_NOT_FOUND")]
    [TestCase("POST", "/api/profile/username/allow", 404, "PATH_NOT_FOUND")]
    [TestCase("POST", Path, 405, "METHOD_NOT_ALLOWED")]
    [TestCase("PATCH", Deny, 405, "METHOD_NOT_ALLOWED")]
    [TestCase("GET", Denylist, 405, "METHOD_NOT_ALLOWED")]
    public async Task What_is_not_there_is_answered_in_the_dialects_form(string method, string path, int status, string code) =>
        AssertRefused(await AsServerAsync(method, path), status, code);

    [Test]
    public async Task Over_grpc_the_same_calls_succeed_and_fail()
    {
        var client = new M2Profiles(Invoker);
        var headers = new Metadata { { "x-api-key", UserKey }, { "x-m2-organization-id", Organization } };

        var written = await client.UpsertProfileAsync(new() { Profile = new() { Username = "alice_1" } }, headers);
        var kept = await client.UpsertProfileAsync(new() { Profile = new() { AvatarObjectDefinitionId = new() { DatasourceId = "d", ObjectDefinitionId_ = "o" } } }, headers);
        var refused = await RpcErrors.FailureOf(client.UpsertProfileAsync(new() { Profile = new() { Username = "" } }, headers));
        var masked = await client.UpsertProfileAsync(
            new() { Profile = new(), UpdateMask = new() { Paths = { "avatar_object_definition_id" } } }, headers);
        var unknown = await RpcErrors.FailureOf(client.UpsertProfileAsync(
            new() { Profile = new(), UpdateMask = new() { Paths = { "nickname" } } }, headers));

        Assert.That((written.Username, kept.Username, kept.AvatarObjectDefinitionId.ObjectDefinitionId_), Is.EqualTo(("alice_1", "alice_1", "o")));
        Assert.That((masked.Username, masked.AvatarObjectDefinitionId), Is.EqualTo(("alice_1", (object?)null)));
        Assert.That((refused.StatusCode, refused.ViolatedFields()), Is.EqualTo((StatusCode.InvalidArgument, (string[])["username"])));
        Assert.That((unknown.StatusCode, unknown.ViolatedFields()), Is.EqualTo((StatusCode.InvalidArgument, (string[])["update_mask"])));
    }
}
