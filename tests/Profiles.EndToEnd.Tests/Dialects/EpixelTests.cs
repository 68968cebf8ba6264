using System.Text.Json.Nodes;
using Grpc.Core;
using Profiles.Contracts.Epixel.V1;
using Profiles.EndToEnd.Tests.Harness;
using Own = Profiles.V1;

namespace Profiles.EndToEnd.Tests.Dialects;

/// <summary>Epixel's rules, word for word, and its tokens for a new e-mail address.</summary>
internal sealed class EpixelTests : DialectTest
{
    private const string Update = "/api/v1/user/update/profile/";
    private const string Email = "a@b.example";
    private const string Required = "This field is required.";
    private const string BadEmail = "Enter a valid email address.";
    private const string BadNumber = "Phone number must be entered in the format: '999999999'. Up to 15 digits allowed.";
    private const string TooLong = "Ensure this field has no more than 255 characters.";

    // 255 code points, each of two UTF-16 units.
    private static readonly string Longest = string.Concat(Enumerable.Repeat("😀", 255));

    // 320 characters: 64, the sign, and four labels of 63.
    private static readonly string LongestEmail = $"{new string('l', 64)}@{string.Join('.', Enumerable.Repeat(new string('d', 63), 4))}";

    private string key = string.Empty;

    private UserService.UserServiceClient Users => new(Invoker);

    private static IEnumerable<TestCaseData> Texts()
    {
        // The lines of the document that say so.
        yield return Rule(104, "email", null, Required);
        yield return Rule(106, "email", "", Required);
        yield return Rule(105, "email", "nobody", BadEmail);
        yield return Rule(105, "email", LongestEmail, null);
        yield return Rule(105, "email", LongestEmail + "x", BadEmail);
        yield return Rule(110, "phone_number", "999999999", null);
        yield return Rule(110, "phone_number", "123456789012345", null);
        yield return Rule(110, "phone_number", "+123456789012345", null);
        yield return Rule(110, "phone_number", "1234567890123456", BadNumber);
        yield return Rule(110, "phone_number", "99999 9999", BadNumber);
        yield return Rule(110, "phone_number", "+", BadNumber);
        yield return Rule(114, "first_name", Longest, null);
        yield return Rule(114, "first_name", Longest + "x", TooLong);
        yield return Rule(118, "last_name", Longest, null);
        yield return Rule(118, "last_name", Longest + "x", TooLong);
        yield return Rule(0, "currencies", "CHF", null);
        yield return Rule(0, "currencies", "gold", "Must be an ISO 4217 currency code in capital letters, such as CHF.");
        yield return Rule(0, "timezones", "Europe/Zurich", null);
        yield return Rule(0, "timezones", "Zurich", "Must be an IANA time zone such as Europe/Zurich.");
        yield return Rule(0, "languages", "de-CH", null);
        yield return Rule(0, "languages", "?", "Must be a BCP 47 language tag such as de-CH, at most 35 characters.");
    }

    [SetUp]
    public async Task CreateAppAsync() => key = await CreateKeyAsync(Own.ApiKeyType.Public);

    [TestCaseSource(nameof(Texts))]
    public async Task A_rule_is_told_in_the_documented_words(string field, string? value, string? text)
    {
        var form = new Dictionary<string, string>(StringComparer.Ordinal) { ["email"] = Email };
        if (value is null)
            form.Remove(field);
        else
            form[field] = value;

        var answer = await PostAsync(form);

        if (text is null)
            Assert.That(answer.Status, Is.EqualTo(200), answer.Json?.ToString());
        else
            AssertRefused(answer, (field, text));
    }

    [Test]
    public async Task All_that_is_wrong_is_told_at_once()
    {
        var answer = await PostAsync(new() { ["email"] = "nobody", ["first_name"] = Longest + "x", ["phone_number"] = "?", ["currencies"] = "gold" });

        AssertRefused(
            answer, ("email", BadEmail), ("first_name", TooLong), ("phone_number", BadNumber),
            ("currencies", "Must be an ISO 4217 currency code in capital letters, such as CHF."));
        Assert.That((await RestAsync("GET", "/v1/users/me/profile", UserToken)).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task Fields_that_are_not_sent_stay_and_empty_ones_are_cleared()
    {
        await SetAsync(new Own.Profile { GivenName = "A", FamilyName = "B", Nickname = "C", Email = Email, PhoneNumber = "1" });

        await PostAsync(new() { ["email"] = Email, ["last_name"] = "", ["timezones"] = "Europe/Zurich", ["something"] = "else" });

        var stored = await ReadAsync();
        Assert.That((stored.GivenName, stored.FamilyName, stored.Nickname, stored.PhoneNumber), Is.EqualTo(("A", "", "C", "1")));
        Assert.That((stored.Email, stored.Zoneinfo), Is.EqualTo((Email, "Europe/Zurich")));
    }

    [Test]
    public async Task Every_value_is_read_as_our_own_api_has_it()
    {
        await SetAsync(new Own.Profile
        {
            PreferredUsername = "al",
            GivenName = "A",
            FamilyName = "B",
            Email = Email,
            PhoneCountryCode = "+41",
            PhoneNumber = "791234567",
            Picture = "https://example.com/p.png",
            Locale = "zh-Hant-TW-x-ab",
            Zoneinfo = "Asia/Taipei",
            Currency = "TWD",
        });

        var answer = await RestAsync("GET", "/api/v1/user/get/profile/", UserToken, json: null, ("apikey", key));

        JsonForm.AssertMatches(
            """
            {"status_code":200,"errors":{},"data":{
              "UserProfile":[{"username":"al","first_name":"A","last_name":"B","email":"a@b.example","phone_code":"+41","phone_number":"791234567","country_code":"TW"}],
              "ProfileImage":"https://example.com/p.png","UserLocInfo":{"lan":"zh-Hant-TW-x-ab","tz":"Asia/Taipei","currency":"TWD"}}}
            """,
            answer.Json!.ToJsonString());
    }

    [Test]
    public async Task The_first_address_needs_no_token_and_every_other_one_does()
    {
        await PostAsync(new() { ["email"] = Email });

        AssertRefused(await PostAsync(new() { ["email"] = "c@d.example", ["first_name"] = "C" }), ("token_field", Required), ("token_checksum_field", Required));
        AssertRefused(await PostAsync(new() { ["email"] = "c@d.example", ["token_field"] = "x" }), ("token_checksum_field", Required));
        AssertRefused(await PostAsync(new() { ["email"] = "c@d.example", ["token_checksum_field"] = "x" }), ("token_field", Required));
        AssertRefused(
            await PostAsync(new() { ["email"] = "c@d.example", ["token_field"] = "x", ["token_checksum_field"] = "x" }), ("token_field", "Token is not matching."));

        var stored = await ReadAsync();
        Assert.That((stored.Email, stored.GivenName, stored.Revision), Is.EqualTo((Email, "", 1L)));
    }

    [Test]
    public async Task A_token_changes_the_address_of_its_user_to_its_address_alone()
    {
        await PostAsync(new() { ["email"] = Email });
        var issued = await IssueAsync("alice", "c@d.example");
        var (token, checksum) = ((string)issued["token_field"]!, (string)issued["token_checksum_field"]!);
        var another = await IssueAsync("alice", "e@f.example");
        var bobs = await IssueAsync("bob", "c@d.example");

        foreach (var (email, first, second) in ((string, string, string)[])
            [
                ("x@y.example", token, checksum),
                ("c@d.example", "A" + token[1..], checksum[..^1] + "A"),
                ("c@d.example", token, (string)another["token_checksum_field"]!),
                ("c@d.example", (string)another["token_field"]!, checksum),
                ("c@d.example", (string)bobs["token_field"]!, (string)bobs["token_checksum_field"]!),
            ])
        {
            AssertRefused(await ChangeAsync(email, first, second), ("token_field", "Token is not matching."));
        }

        Assert.That((await ChangeAsync("c@d.example", token.ToLowerInvariant(), checksum)).Status, Is.EqualTo(200));
        Assert.That((await ReadAsync()).Email, Is.EqualTo("c@d.example"));
    }

    [Test]
    public async Task A_token_is_issued_to_servers_only()
    {
        var request = new IssueEmailTokenRequest { UserId = "alice", Email = Email };

        var user = await RpcErrors.FailureOf(Users.IssueEmailTokenAsync(request, As(UserToken, ("apikey", key))));
        var session = await RpcErrors.FailureOf(Users.IssueEmailTokenAsync(request, WithKey(await CreateKeyAsync(Own.ApiKeyType.Session, "alice"))));
        var server = await Users.IssueEmailTokenAsync(request, WithKey(await CreateKeyAsync(Own.ApiKeyType.Administrative)));

        Assert.That((user.StatusCode, session.StatusCode), Is.EqualTo((StatusCode.PermissionDenied, StatusCode.PermissionDenied)));
        var left = server.Data.ExpireTime.ToDateTimeOffset() - TimeProvider.System.GetUtcNow();
        Assert.That(left, Is.InRange(TimeSpan.FromMinutes(58), TimeSpan.FromMinutes(60)));
    }

    [TestCase("/api/v1/user/email-token/", """{"user_id":"a b","email":"a@b.example"}""", "user_id", "Must have 1–128 characters of A–Z a–z 0–9 . _ : @ -.")]
    [TestCase("/api/v1/user/email-token/", """{"user_id":"alice","email":"nobody"}""", "email", BadEmail)]
    [TestCase("/api/v1/user/email-token/", """{"user_id":"alice"}""", "email", Required)]
    public async Task A_request_for_a_token_is_checked(string path, string body, string field, string text)
    {
        var answer = await RestAsync("POST", path, token: string.Empty, body, ("apikey", await CreateKeyAsync(Own.ApiKeyType.Administrative)));

        AssertRefused(answer, (field, text));
    }

    [Test]
    public async Task A_session_key_speaks_for_its_user_alone()
    {
        var session = await CreateKeyAsync(Own.ApiKeyType.Session, "alice");

        var answer = await RestAsync("POST", Update, token: string.Empty, new FormUrlEncodedContent([new("email", Email)]), ("apikey", session));

        Assert.That(answer.Status, Is.EqualTo(200));
    }

    [TestCase("token without key", 401)]
    [TestCase("nothing", 401)]
    [TestCase("key without token", 403)]
    [TestCase("bad key", 401)]
    [TestCase("another organization's key", 401)]
    [TestCase("another header's key", 401)]
    public async Task A_call_needs_a_key_and_a_user(string what, int status)
    {
        var other = await SharedServer.NewOrganizationAsync();
        var (token, headers) = what switch
        {
            "token without key" => (UserToken, ((string, string)[])[]),
            "nothing" => (string.Empty, []),
            "key without token" => (string.Empty, [("apikey", key)]),
            "bad key" => (UserToken, [("apikey", "xxxxxxxxxxxxxxxxxxxx")]),
            "another organization's key" => (SharedServer.Mint.Mint(other, "alice"), [("apikey", key)]),
            _ => (UserToken, [("x-api-key", key)]),
        };

        var answer = await RestAsync("GET", "/api/v1/user/get/profile/", token, json: null, headers);

        Assert.That(answer.Status, Is.EqualTo(status));
        JsonForm.AssertMatches($$$"""{"status_code":{{{status}}},"errors":{"detail":["(text)"]},"data":{}}""", answer.Json!.ToJsonString());
    }

    [TestCase("GET", "/api/v1/user/get/profile/", 404)]
    [TestCase("GET", "/api/v1/nothing", 404)]
    [TestCase("GET", "/api/v1", 404)]
    [TestCase("PUT", "/api/v1/user/update/profile/", 405)]
    public async Task What_is_not_there_is_answered_in_the_envelope(string method, string path, int status)
    {
        var answer = await RestAsync(method, path, UserToken, json: null, ("apikey", key));

        Assert.That(answer.Status, Is.EqualTo(status));
        JsonForm.AssertMatches($$$"""{"status_code":{{{status}}},"errors":{"detail":["(text)"]},"data":{}}""", answer.Json!.ToJsonString());
    }

    [Test]
    public async Task It_is_reached_over_grpc_too()
    {
        var options = As(UserToken, ("apikey", key));

        await Users.UpdateProfileAsync(new() { FirstName = "A", Email = Email }, options);
        var read = await Users.GetProfileAsync(new(), options);
        var failure = await RpcErrors.FailureOf(Users.UpdateProfileAsync(new(), options));

        Assert.That(read.Data.UserProfile.Single().FirstName, Is.EqualTo("A"));
        Assert.That((failure.StatusCode, failure.ViolatedFields()), Is.EqualTo((StatusCode.InvalidArgument, (string[])["email"])));
    }

    private static void AssertRefused(RestAnswer answer, params (string Field, string Text)[] errors)
    {
        var expected = new JsonObject();
        foreach (var (field, text) in errors)
            expected[field] = new JsonArray(text);
        Assert.That(answer.Status, Is.EqualTo(400), answer.Json?.ToString());
        JsonForm.AssertMatches(
            new JsonObject { ["status_code"] = 400, ["errors"] = expected, ["data"] = new JsonObject() }.ToJsonString(), answer.Json!.ToJsonString());
    }

    private static CallOptions WithKey(string text) => new(new Metadata { { "apikey", text } });

    private async Task<RestAnswer> PostAsync(Dictionary<string, string> form)
    {
        using var content = new FormUrlEncodedContent(form);
        return await RestAsync("POST", Update, UserToken, content, ("apikey", key));
    }

    private Task<RestAnswer> ChangeAsync(string email, string token, string checksum) =>
        PostAsync(new() { ["email"] = email, ["token_field"] = token, ["token_checksum_field"] = checksum });

    private async Task<JsonNode> IssueAsync(string user, string email)
    {
        var answer = await RestAsync(
            "POST", "/api/v1/user/email-token/", token: string.Empty, $$"""{"user_id":"{{user}}","email":"{{email}}"}""",
            ("apikey", await CreateKeyAsync(Own.ApiKeyType.Administrative)));
        Assert.That(answer.Status, Is.EqualTo(200), answer.Json?.ToString());
        return answer.Json!["data"]!;
    }

    private static TestCaseData Rule(int line, string field, string? value, string? text) =>
        new TestCaseData(field, value, text).SetArgDisplayNames(
            line > 0 ? $"004 epixel, line {line}" : "ours", field, value is { Length: > 30 } ? $"{value.EnumerateRunes().Count()}" : value ?? "absent", text ?? "taken");
}
