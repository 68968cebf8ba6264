using Grpc.Core;
using Profiles.Contracts.Nexconn.V4;
using Profiles.EndToEnd.Tests.Harness;
using Profiles.V1;
using NexconnSet = Profiles.Contracts.Nexconn.V4.SetUserProfileRequest;

namespace Profiles.EndToEnd.Tests.Dialects.Nexconn;

/// <summary>Who may call, and what all others are answered.</summary>
internal sealed class AccessTests : NexconnTest
{
    private const string Change = """{"userId":"alice","userProfile":{"name":"Al"}}""";

    private static readonly (string Path, string Json)[] Calls =
    [
        (Set, Change), (Get, """{"userIds":["alice"]}"""), (List, "{}"), (Delete, """{"userIds":["alice"]}"""),
    ];

    [TestCase("")]
    [TestCase("RC-")]
    public async Task A_signature_is_taken_from_headers_with_and_without_prefix(string prefix)
    {
        var answer = await RestAsync("POST", Set, string.Empty, Change, SignedWith(prefix));

        Assert.That(answer.Status, Is.EqualTo(200), answer.Json?.ToJsonString());
        Assert.That((await ReadAsync()).Nickname, Is.EqualTo("Al"));
    }

    [Test]
    public async Task One_signature_is_good_again_and_again()
    {
        foreach (var _ in Enumerable.Range(0, 3))
            await SucceedAsync(Set, Change);
    }

    [Test]
    public async Task A_request_id_is_given_back()
    {
        var id = new string('r', 36);

        var answer = await RestAsync("POST", Set, string.Empty, Change, [.. Signed, ("X-Request-ID", id)]);

        Assert.That(answer.Response.Headers.GetValues("X-Request-ID"), Is.EqualTo((string[])[id]));
    }

    [Test]
    public async Task Without_a_good_signature_every_call_is_refused()
    {
        foreach (var (path, json) in Calls)
        {
            AssertRefused(await RestAsync("POST", path, string.Empty, json), 401, 1004);
            AssertRefused(await RestAsync("POST", path, string.Empty, json, Signed[..^1]), 401, 1004);
            AssertRefused(await RestAsync("POST", path, string.Empty, json, [.. Signed[..^1], ("Signature", Sign("another secret"))]), 401, 1004);
            AssertRefused(await RestAsync("POST", path, string.Empty, json, [("App-Key", "nobody"), .. Signed[1..]]), 401, 1004);
            AssertRefused(await RestAsync("POST", path, string.Empty, json, [.. Signed, ("RC-Signature", Sign("another secret"))]), 401, 1004);
        }
    }

    [Test]
    public async Task An_application_without_the_permission_is_refused_before_its_request_is_looked_at()
    {
        var created = await CreateApplicationAsync(new Application { Permissions = { "usernames.read" } });
        (string, string)[] signed =
            [("App-Key", created.Application.AppKey), ("Nonce", "14314"), ("Timestamp", "1408710653491"), ("Signature", Sign(created.AppSecret))];

        foreach (var (path, _) in Calls)
            AssertRefused(await RestAsync("POST", path, string.Empty, "{", signed), 403, 1007);
    }

    [Test]
    public async Task A_token_of_a_user_reaches_nothing()
    {
        foreach (var (path, json) in Calls)
            AssertRefused(await RestAsync("POST", path, UserToken, json), 403, 1007);
    }

    [Test]
    public async Task A_token_of_a_server_does_as_well() =>
        Assert.That((await RestAsync("POST", Set, ServerToken, Change)).Status, Is.EqualTo(200));

    [Test]
    public async Task Another_organization_is_out_of_reach()
    {
        var other = await SharedServer.NewOrganizationAsync();

        AssertRefused(await RestAsync("POST", Set, string.Empty, Change, [.. Signed, ("x-organization-id", other)]), 403, 1007);
    }

    [TestCase("POST", "/v4/user/profile/put", 404, 1404)]
    [TestCase("POST", "/v4", 404, 1404)]
    [TestCase("POST", "/user/profile/set", 404, 1404)]
    [TestCase("GET", Set, 405, 1405)]
    [TestCase("GET", "/user/profile/set.json", 405, 1405)]
    public async Task What_is_not_there_is_answered_in_the_dialects_form(string method, string path, int status, int code) =>
        AssertRefused(await RestAsync(method, path, string.Empty, (string?)null, Signed), status, code);

    [TestCase(Set)]
    [TestCase("/user/profile/set.json")]
    public async Task A_body_of_another_type_is_refused(string path)
    {
        var content = new StringContent(Change, System.Text.Encoding.UTF8, "text/plain");

        AssertRefused(await RestAsync("POST", path, string.Empty, content, Signed), 415, 1415);
    }

    [Test]
    public async Task A_slash_at_the_end_counts_for_nothing()
    {
        foreach (var (path, json) in Calls)
            await SucceedAsync($"{path}/", json);
    }

    [Test]
    public async Task Over_grpc_the_same_calls_succeed_and_fail()
    {
        var client = new UserProfileService.UserProfileServiceClient(Invoker);
        var headers = new Metadata();
        foreach (var (name, value) in Signed)
            headers.Add(name.ToLowerInvariant(), value);

        var answer = await client.SetUserProfileAsync(new NexconnSet { UserId = "alice", UserProfile = new() { Name = "Al" } }, headers);
        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await client.SetUserProfileAsync(new NexconnSet { UserId = "alice", UserProfile = new() { Gender = 3 } }, headers));
        var stranger = await Assert.ThrowsAsync<RpcException>(async () => await client.ListUserProfilesAsync(new ListUserProfilesRequest()));

        Assert.That((answer.HasCode, answer.Code), Is.EqualTo((true, 0)));
        Assert.That(refused!.StatusCode, Is.EqualTo(StatusCode.InvalidArgument));
        Assert.That(refused.Status.Detail, Does.StartWith("user_profile.gender must be"));
        Assert.That((stranger!.StatusCode, stranger.Reason()), Is.EqualTo((StatusCode.Unauthenticated, "CREDENTIAL_MISSING")));
    }
}
