using System.Text;
using System.Text.Json.Nodes;
using Profiles.EndToEnd.Tests.Harness;
using Profiles.V1;

namespace Profiles.EndToEnd.Tests.Dialects;

/// <summary>What is written through one dialect is read through all others, and through our own API.</summary>
internal sealed class DialectAgreementTests : DialectTest
{
    private static readonly Dictionary<string, string> Values = new(StringComparer.Ordinal)
    {
        ["givenName"] = "Renée",
        ["familyName"] = "Øster 😀",
        ["nickname"] = "Ré",
        ["displayName"] = "Renée Ø.",
        ["locale"] = "de-CH",
        ["zoneinfo"] = "Europe/Zurich",
        ["currency"] = "CHF",
        ["gender"] = "GENDER_DIVERSE",
        ["email"] = "r@o.example",
        ["phoneNumber"] = "791234567",
        ["avatarUrl"] = "https://example.com/a.png?x=1&y=2",
        ["discoverableByEmail"] = "true",
        ["publiclyVisible"] = "true",
        ["uniqueId"] = "x-1",
        ["birthdate"] = "2001-12-21",
        ["location"] = "Bâle",
        ["picture"] = "https://example.com/p.png",
        ["preferredUsername"] = "renée_1",
    };

    // What the first one writes the second one has no field for.
    private static readonly (string Writing, string Reading)[] Strangers =
        [("zitadel", "m2"), ("epixel", "m2"), ("m2", "hivemp"), ("m2", "nexconn")];

    private string session = string.Empty;

    // One for each view, in their order.
    private static readonly string[] Names = ["own", "zitadel", "hivemp", "epixel", "nexconn", "m2"];

    [SetUp]
    public async Task CreateKeyAsync() => session = await CreateKeyAsync(ApiKeyType.Session, "alice");

    [Test]
    public async Task What_one_writes_all_others_read([ValueSource(nameof(Names))] string writing, [ValueSource(nameof(Names))] string reading)
    {
        var (writer, reader) = (View(writing), View(reading));
        await SetAsync(new Profile { GivenName = "Before", DisplayName = "Before", Email = "before@b.example", Locale = "en" });
        await SetAsync(new Profile { Email = Values["email"] });
        var written = writer.Fields.ToDictionary(field => field, field => Values[field], StringComparer.Ordinal);

        await writer.Write(written);

        var read = await reader.Read();
        var common = read.Keys.Intersect(written.Keys, StringComparer.Ordinal).ToList();
        Assert.That(common.Count == 0, Is.EqualTo(Strangers.Contains((writing, reading))));
        Assert.That(common.Select(field => $"{field}: {read[field]}"), Is.EqualTo(common.Select(field => $"{field}: {written[field]}")));
    }

    private DialectView View(string name) => Views.Single(view => view.Name == name);

    // One entry for each dialect.
    private IEnumerable<DialectView> Views =>
    [
        new(
            "own",
            [.. Values.Keys],
            values => SendJsonAsync("PATCH", "/v1/users/me/profile", ToJson(values)),
            async () => DialectView.Pick(await GetAsync("/v1/users/me/profile"), [.. Values.Keys.Select(name => (name, name))])),
        new(
            "zitadel",
            ["givenName", "familyName", "nickname", "displayName", "locale", "gender"],
            values => SendJsonAsync("PUT", "/auth/v1/users/me/profile", new JsonObject
            {
                ["firstName"] = values["givenName"],
                ["lastName"] = values["familyName"],
                ["nickName"] = values["nickname"],
                ["displayName"] = values["displayName"],
                ["preferredLanguage"] = values["locale"],
                ["gender"] = values["gender"],
            }),
            async () => DialectView.Pick(
                await GetAsync("/auth/v1/users/me"),
                ("givenName", "user.human.profile.firstName"), ("familyName", "user.human.profile.lastName"),
                ("nickname", "user.human.profile.nickName"), ("displayName", "user.human.profile.displayName"),
                ("locale", "user.human.profile.preferredLanguage"), ("gender", "user.human.profile.gender"),
                ("preferredUsername", "user.userName"), ("avatarUrl", "user.human.profile.avatarUrl"), ("email", "user.human.email.email"), ("phoneNumber", "user.human.phone.phone"))),
        new(
            "hivemp",
            ["displayName", "email", "avatarUrl", "discoverableByEmail", "publiclyVisible"],
            values => SendJsonAsync("POST", "/v1/profile?id=alice", new JsonObject
            {
                ["displayName"] = values["displayName"],
                ["emailAddress"] = values["email"],
                ["avatarUrl"] = values["avatarUrl"],
                ["allowDiscoveryByEmailAddress"] = bool.Parse(values["discoverableByEmail"]),
                ["allowPublicVisibility"] = bool.Parse(values["publiclyVisible"]),
            }),
            async () => DialectView.Pick(
                await GetAsync("/v1/profile?id=alice"),
                ("displayName", "displayName"), ("email", "emailAddress"), ("avatarUrl", "avatarUrl"),
                ("discoverableByEmail", "allowDiscoveryByEmailAddress"), ("publiclyVisible", "allowPublicVisibility"))),
        new(
            "epixel",
            ["givenName", "familyName", "email", "phoneNumber", "locale", "currency", "zoneinfo"],
            async values =>
            {
                using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["first_name"] = values["givenName"],
                    ["last_name"] = values["familyName"],
                    ["email"] = values["email"],
                    ["phone_number"] = values["phoneNumber"],
                    ["languages"] = values["locale"],
                    ["currencies"] = values["currency"],
                    ["timezones"] = values["zoneinfo"],
                });
                await SendAsync("POST", "/api/v1/user/update/profile/", form);
            },
            async () => DialectView.Pick(
                await GetAsync("/api/v1/user/get/profile/"),
                ("preferredUsername", "data.UserProfile.username"), ("givenName", "data.UserProfile.first_name"), ("familyName", "data.UserProfile.last_name"), ("email", "data.UserProfile.email"),
                ("phoneNumber", "data.UserProfile.phone_number"), ("locale", "data.UserLocInfo.lan"), ("zoneinfo", "data.UserLocInfo.tz"),
                ("currency", "data.UserLocInfo.currency"))),
        new(
            "nexconn",
            ["uniqueId", "nickname", "picture", "email", "birthdate", "location"],
            values => PostAsync("/v4/user/profile/set", new JsonObject
            {
                ["userId"] = "alice",
                ["userProfile"] = new JsonObject
                {
                    ["uniqueId"] = values["uniqueId"],
                    ["name"] = values["nickname"],
                    ["portraitUri"] = values["picture"],
                    ["email"] = values["email"],
                    ["birthday"] = values["birthdate"],
                    ["location"] = values["location"],
                },
            }),
            async () => DialectView.Pick(
                (await PostAsync("/v4/user/profile/batch/get", new JsonObject { ["userIds"] = new JsonArray("alice") })).Json!["result"]!["users"]![0]!["userProfile"]!,
                ("uniqueId", "uniqueId"), ("nickname", "name"), ("picture", "portraitUri"), ("email", "email"), ("birthdate", "birthday"),
                ("location", "location"))),
        new(
            "m2",
            ["preferredUsername"],
            values => SendJsonAsync("PUT", "/api/profile/", new JsonObject { ["username"] = values["preferredUsername"] }),
            async () => DialectView.Pick(
                await GetAsync("/api/profile/"), ("preferredUsername", "username"), ("picture", "profilePictureUrl"), ("avatarUrl", "avatar.url"))),
    ];

    private static JsonObject ToJson(IReadOnlyDictionary<string, string> values) =>
        new(values.Select(value => KeyValuePair.Create(value.Key, value.Value == "true" ? (JsonNode?)true : value.Value)));

    // Only servers call Nexconn.
    private async Task<RestAnswer> PostAsync(string path, JsonObject body)
    {
        var answer = await RestAsync("POST", path, ServerToken, body.ToJsonString());
        Assert.That(answer.Json!["code"]!.GetValue<int>(), Is.Zero, answer.Json.ToJsonString());
        return answer;
    }

    private Task<RestAnswer> SendJsonAsync(string method, string path, JsonObject body) =>
        SendAsync(method, path, new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"));

    private async Task<JsonNode> GetAsync(string path) => (await SendAsync("GET", path, content: null)).Json!;

    // A user's token beside a session key of the same user, wherever a dialect has its place for it.
    private async Task<RestAnswer> SendAsync(string method, string path, HttpContent? content)
    {
        var answer = await RestAsync(method, path, UserToken, content, (path.StartsWith("/api/v1", StringComparison.Ordinal) ? "apikey" : "x-api-key", session));
        Assert.That(answer.Status, Is.EqualTo(200), $"{method} {path}: {answer.Json}");
        return answer;
    }
}
