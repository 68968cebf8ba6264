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
    };

    private string session = string.Empty;

    // One for each view, in their order.
    private static readonly string[] Names = ["own", "zitadel", "hivemp", "epixel"];

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
        Assert.That(common, Is.Not.Empty);
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
                ("avatarUrl", "user.human.profile.avatarUrl"), ("email", "user.human.email.email"), ("phoneNumber", "user.human.phone.phone"))),
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
                ("givenName", "data.UserProfile.first_name"), ("familyName", "data.UserProfile.last_name"), ("email", "data.UserProfile.email"),
                ("phoneNumber", "data.UserProfile.phone_number"), ("locale", "data.UserLocInfo.lan"), ("zoneinfo", "data.UserLocInfo.tz"),
                ("currency", "data.UserLocInfo.currency"))),
    ];

    private static JsonObject ToJson(IReadOnlyDictionary<string, string> values) =>
        new(values.Select(value => KeyValuePair.Create(value.Key, value.Value == "true" ? (JsonNode?)true : value.Value)));

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
