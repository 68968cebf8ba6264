using System.Text.Json.Nodes;
using Grpc.Core;
using Profiles.Contracts.HiveMp.V1;
using Profiles.EndToEnd.Tests.Harness;
using Profiles.V1;

namespace Profiles.EndToEnd.Tests.Dialects;

/// <summary>HiveMP's updates, key types and errors.</summary>
internal sealed class HiveMpTests : DialectTest
{
    private const string Path = "/v1/profile?id=alice";

    private UserAccountService.UserAccountServiceClient Accounts => new(Invoker);

    [Test]
    public async Task An_update_changes_the_fields_that_are_there()
    {
        await SetAsync(new Profile { DisplayName = "A", Nickname = "N", AvatarUrl = "https://example.com/a", PubliclyVisible = true });

        var answer = await PostAsync(
            """{"displayName":null,"emailAddress":"a@b.example","avatarUrl":"","allowDiscoveryByEmailAddress":true,"allowPublicVisibility":false,"newerField":1}""");

        var stored = await ReadAsync();
        Assert.That((stored.DisplayName, stored.Nickname, stored.Email, stored.AvatarUrl), Is.EqualTo(("A", "N", "a@b.example", "")));
        Assert.That((stored.DiscoverableByEmail, stored.PubliclyVisible), Is.EqualTo((true, false)));
        Assert.That(answer.Status, Is.EqualTo(200));
        JsonForm.AssertMatches(
            """
            {"id":"alice","displayName":"A","emailAddress":"a@b.example","emailAddressVerified":false,"avatarUrl":null,
             "allowDiscoveryByEmailAddress":true,"allowPublicVisibility":false,"canSendVerificationEmail":true}
            """,
            answer.Json!.ToJsonString());
    }

    [Test]
    public async Task The_first_update_creates_the_profile_and_reading_returns_it()
    {
        var key = await CreateKeyAsync(ApiKeyType.Session, "alice");

        var written = await Accounts.UpdateProfileAsync(
            new() { Id = "alice", ProfileUpdate = new() { DisplayName = "Alice", AvatarUrl = "https://example.com/a" } }, WithKey(key));
        var read = await Accounts.GetProfileAsync(new() { Id = "alice" }, WithKey(key));
        var rest = await RestAsync("GET", Path, token: string.Empty, json: null, ("X-API-Key", key));

        Assert.That((read.Profile.DisplayName, read.Profile.AvatarUrl.StringValue), Is.EqualTo(("Alice", "https://example.com/a")));
        Assert.That(read.Profile, Is.EqualTo(written.Profile));
        Assert.That(rest.Json!["avatarUrl"]!.GetValue<string>(), Is.EqualTo("https://example.com/a"));
    }

    [TestCase("null")]
    [TestCase("{}")]
    [TestCase("""{"displayName":null}""")]
    [TestCase(null)]
    public async Task An_update_of_nothing_writes_nothing(string? body)
    {
        await SetAsync(new Profile { DisplayName = "A" });

        var answer = await PostAsync(body);

        Assert.That((answer.Status, (await ReadAsync()).Revision), Is.EqualTo((200, 1)));
    }

    [Test]
    public async Task A_server_s_key_changes_every_account_and_a_session_key_its_own()
    {
        await SetAsync(new Profile { DisplayName = "A" });
        const string Update = """{"displayName":"B"}""";
        var (session, other) = (await CreateKeyAsync(ApiKeyType.Session, "alice"), await CreateKeyAsync(ApiKeyType.Session, "bob"));
        var (reading, writing) = (
            await CreateKeyAsync(ApiKeyType.Administrative, "", "profiles.read"), await CreateKeyAsync(ApiKeyType.Administrative, "", "profiles.write"));
        var @public = await CreateKeyAsync(ApiKeyType.Public);

        Assert.That(await StatusesAsync(Update, session, other, @public, reading, writing), Is.EqualTo((int[])[200, 403, 403, 403, 200]));
        Assert.That(await StatusesAsync(null, session, other, @public, reading, writing), Is.EqualTo((int[])[200, 403, 403, 200, 403]));
        Assert.That((await HistoryAsync()).Select(change => change.Actor.Type), Is.EqualTo((ActorType[])[ActorType.Server, ActorType.User]));
    }

    [TestCase("displayName", 200)]
    [TestCase("avatarUrl", 1024)]
    [TestCase("emailAddress", 320)]
    public async Task A_field_is_taken_up_to_its_limit_and_refused_beyond(string field, int limit)
    {
        var good = Fit(field, limit);
        var (taken, refused) = (await PostAsync(Json(field, good)), await PostAsync(Json(field, Fit(field, limit + 1))));

        Assert.That(taken.Status, Is.EqualTo(200), taken.Json?.ToString());
        Assert.That(refused.Status, Is.EqualTo(400));
        Assert.That((int)refused.Json!["code"]!, Is.EqualTo(1003));
        Assert.That((string?)refused.Json["fields"], Is.EqualTo(field));
        Assert.That((string?)refused.Json["data"]!["parameterName"], Is.EqualTo(field));
        Assert.That((string?)refused.Json["data"]!["parameterInvalidReason"], Does.StartWith("must "));
    }

    [TestCase("/v1/profile", 400, """{"code":1003,"message":"(text)","fields":"id","data":{"parameterName":"id","parameterIsMissing":true}}""")]
    [TestCase("/v1/profile?id=", 400, """{"code":1003,"message":"(text)","fields":"id","data":{"parameterName":"id","parameterIsMissing":true}}""")]
    [TestCase("/v1/profile?id=a%20b", 400, """{"code":1003,"message":"(text)","fields":"id","data":{"parameterName":"id","parameterInvalidReason":"(text)"}}""")]
    [TestCase("/v1/profile?id=0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789", 400, """{"code":1003,"message":"(text)","fields":"id","data":{"parameterName":"id","parameterInvalidReason":"(text)"}}""")]
    [TestCase("/v1/profile?id=0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456", 404, """{"code":2003,"message":"(text)","fields":null,"data":{"invalidIdentifier":"(text)"}}""")]
    [TestCase("/v1/profile?id=bob", 404, """{"code":2003,"message":"(text)","fields":null,"data":{"invalidIdentifier":"bob"}}""")]
    [TestCase("/v1/profile/nothing", 404, """{"code":2003,"message":"(text)","fields":null,"data":{}}""")]
    public async Task What_is_wrong_with_a_request_is_said(string path, int status, string form)
    {
        var answer = await RestAsync("POST", path, token: string.Empty, "null", ("X-API-Key", await CreateKeyAsync(ApiKeyType.Administrative)));

        Assert.That(answer.Status, Is.EqualTo(status));
        JsonForm.AssertMatches(form, answer.Json!.ToJsonString());
    }

    [Test]
    public async Task A_body_that_cannot_be_read_is_the_parameter_that_is_wrong()
    {
        var answer = await PostAsync("{");

        Assert.That(answer.Status, Is.EqualTo(400));
        JsonForm.AssertMatches(
            """{"code":1003,"message":"(text)","fields":"profileUpdate","data":{"parameterName":"profileUpdate","parameterInvalidReason":"(text)"}}""",
            answer.Json!.ToJsonString());
    }

    [TestCase("""{"avatarUrl":5}""", "avatarUrl must be a string.")]
    [TestCase("""{"avatarUrl":"x"}""", "avatarUrl must be an absolute http or https URL.")]
    public async Task A_field_of_the_body_has_one_name(string body, string message)
    {
        var answer = await PostAsync(body);

        Assert.That((answer.Status, answer.Json!["message"]!.GetValue<string>()), Is.EqualTo((400, message)));
        Assert.That(answer.Json["fields"]!.GetValue<string>(), Is.EqualTo("avatarUrl"));
        Assert.That(answer.Json["data"]!["parameterName"]!.GetValue<string>(), Is.EqualTo("avatarUrl"));
    }

    [Test]
    public async Task A_method_that_is_not_there_is_answered_in_hivemp_s_form()
    {
        var answer = await RestAsync("PUT", Path, UserToken, "null");

        Assert.That(answer.Status, Is.EqualTo(405));
        JsonForm.AssertMatches("""{"code":2004,"message":"(text)","fields":null,"data":{}}""", answer.Json!.ToJsonString());
    }

    [TestCase(null, 401, 2001)]
    [TestCase("", 401, 2001)]
    [TestCase("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", 401, 2001)]
    public async Task A_call_without_a_good_key_is_refused(string? key, int status, int code)
    {
        var answer = await RestAsync("POST", Path, token: string.Empty, "null", key is null ? [] : [("X-API-Key", key)]);

        Assert.That(answer.Status, Is.EqualTo(status));
        JsonForm.AssertMatches($$$"""{"code":{{{code}}},"message":"(text)","fields":null,"data":{}}""", answer.Json!.ToJsonString());
    }

    [Test]
    public async Task Two_keys_are_one_too_many()
    {
        var key = await CreateKeyAsync(ApiKeyType.Session, "alice");

        var answer = await RestAsync("POST", Path, token: string.Empty, "null", ("X-API-Key", key), ("api_key", await CreateKeyAsync(ApiKeyType.Public)));

        Assert.That(answer.Status, Is.EqualTo(401));
    }

    [Test]
    public async Task A_rate_limit_says_when_to_try_again()
    {
        await RestAsync(
            "PATCH", $"/v1/organizations/{Organization}", SharedServer.AdministratorToken,
            """{"settings":{"rateLimits":{"write":{"requests":1,"window":"60s"}}}}""");
        var key = await CreateKeyAsync(ApiKeyType.Session, "alice");
        await SetAsync(new Profile { DisplayName = "A" });

        var answers = new List<RestAnswer>();
        for (var i = 0; i < 2; i++)
            answers.Add(await RestAsync("POST", Path, token: string.Empty, "null", ("X-API-Key", key)));

        Assert.That(answers.Select(answer => answer.Status), Is.EqualTo((int[])[200, 429]));
        var error = answers[1].Json!;
        Assert.That((int)error["code"]!, Is.EqualTo(6002));
        Assert.That((int)error["data"]!["retryAfterSeconds"]!, Is.InRange(1, 60));
        Assert.That(answers[1].Response.Headers.RetryAfter!.Delta!.Value.TotalSeconds, Is.EqualTo((int)error["data"]!["retryAfterSeconds"]!));
    }

    [Test]
    public async Task Over_grpc_errors_are_ours()
    {
        var failure = await RpcErrors.FailureOf(Accounts.UpdateProfileAsync(new() { Id = "alice" }, WithKey(await CreateKeyAsync(ApiKeyType.Session, "alice"))));

        Assert.That((failure.StatusCode, failure.Reason()), Is.EqualTo((StatusCode.NotFound, "PROFILE_NOT_FOUND")));
    }

    private static string Json(string field, string value) => new JsonObject { [field] = value }.ToJsonString();

    private static string Fit(string field, int length)
    {
        const string Url = "https://example.com/";
        var labels = string.Concat(Enumerable.Repeat(new string('d', 63) + ".", 3));
        var start = field switch
        {
            "emailAddress" => new string('l', 64) + "@" + labels,
            "avatarUrl" => Url,
            _ => string.Empty,
        };
        return start + new string('x', length - start.Length);
    }

    private static CallOptions WithKey(string key) => new(new Metadata { { "x-api-key", key } });

    private async Task<RestAnswer> PostAsync(string? body) =>
        await RestAsync("POST", Path, token: string.Empty, body, ("X-API-Key", await CreateKeyAsync(ApiKeyType.Session, "alice")));

    private async Task<int[]> StatusesAsync(string? update, params string[] keys)
    {
        var statuses = new List<int>();
        foreach (var key in keys)
            statuses.Add((await RestAsync(update is null ? "GET" : "POST", Path, token: string.Empty, update, ("X-API-Key", key))).Status);
        return [.. statuses];
    }

    private async Task<IEnumerable<ProfileChange>> HistoryAsync() =>
        (await Grpc.ListProfileChangesAsync(new ListProfileChangesRequest { UserId = "alice" }, AsServer)).Changes;
}
