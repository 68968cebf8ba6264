using Grpc.Core;
using Profiles.EndToEnd.Tests.Harness;
using Profiles.V1;

namespace Profiles.EndToEnd.Tests.Calls;

/// <summary>Every rule of every field, over gRPC and over REST: a bad value is refused by name, and nothing is written.</summary>
internal sealed class FieldRuleTests : ProfilesTest
{
    private static readonly string Key65 = new('k', 65);

    private static IEnumerable<TestCaseData> BadValues()
    {
        yield return Bad("uniqueId", Text(65), "unique_id", "65 code points");
        yield return Bad("givenName", Text(256), "given_name", "256 code points");
        yield return Bad("givenName", "\"a\\u0007b\"", "given_name", "a control character");
        yield return Bad("givenName", "\"a\\u0000b\"", "given_name", "NUL");
        yield return Bad("givenName", "\"a\\u0085b\"", "given_name", "a control character of the second block");
        yield return Bad("familyName", Text(256), "family_name", "256 code points");
        yield return Bad("nickname", Text(201), "nickname", "201 code points");
        yield return Bad("displayName", Text(201), "display_name", "201 code points");
        yield return Bad("locale", "\"de_CH\"", "locale", "an underscore");
        yield return Bad("locale", "\"de-CH-" + new string('x', 31) + "\"", "locale", "37 characters");
        yield return Bad("zoneinfo", "\"Mars/Olympus\"", "zoneinfo", "no such zone");
        yield return Bad("zoneinfo", "\"../etc/passwd\"", "zoneinfo", "a path");
        yield return Bad("currency", "\"chf\"", "currency", "small letters");
        yield return Bad("currency", "\"XYZ\"", "currency", "no such currency");
        yield return Bad("gender", "7", "gender", "an unknown number");
        yield return Bad("email", "\"alice\"", "email", "no domain");
        yield return Bad("email", "\"alice@@example.com\"", "email", "two at signs");
        yield return Bad("email", "\"" + new string('a', 65) + "@example.com\"", "email", "a local part of 65");
        yield return Bad("phoneNumber", "\"+41 79 123\"", "phone_number", "blanks");
        yield return Bad("phoneNumber", "\"+\"", "phone_number", "no digits");
        yield return Bad("phoneNumber", "\"" + new string('1', 33) + "\"", "phone_number", "33 digits");
        yield return Bad("phoneCountryCode", "\"CH\"", "phone_country_code", "letters");
        yield return Bad("birthdate", "\"2001-02-29\"", "birthdate", "no leap year");
        yield return Bad("birthdate", "\"01.02.2003\"", "birthdate", "another order");
        yield return Bad("birthdate", "\"0000\"", "birthdate", "neither year nor day");
        yield return Bad("location", Text(201), "location", "201 code points");
        yield return Bad("role", "101", "role", "over 100");
        yield return Bad("role", "-1", "role", "under 0");
        yield return Bad("level", "101", "level", "over 100");
        yield return Bad("picture", "\"ftp://example.com/a.png\"", "picture", "another scheme");
        yield return Bad("picture", "\"javascript:alert(1)\"", "picture", "a script");
        yield return Bad("picture", "\"/a.png\"", "picture", "no absolute URL");
        yield return Bad("picture", "\"https://example.com/" + new string('a', 1024) + "\"", "picture", "too long");
        yield return Bad("avatarUrl", "\"data:image/png;base64,AAAA\"", "avatar_url", "another scheme");
        yield return Bad("pictureObject", "{\"datasourceId\":\"d\"}", "picture_object.object_definition_id", "half a reference");
        yield return Bad("avatarObject", "{\"objectDefinitionId\":\"o\"}", "avatar_object.datasource_id", "half a reference");
        yield return Bad("evmWalletAddress", "\"0x123\"", "evm_wallet_address", "too short");
        yield return Bad("evmWalletAddress", "\"0x" + new string('g', 40) + "\"", "evm_wallet_address", "no hexadecimal digits");
        yield return Bad("attributes", "{\"\":\"v\"}", "attributes", "an empty key");
        yield return Bad("attributes", "{\"a.b\":\"v\"}", "attributes", "a key with a dot");
        yield return Bad("attributes", "{\"" + Key65 + "\":\"v\"}", "attributes", "a key of 65");
        yield return Bad("attributes", "{\"k\":" + Text(1025) + "}", "attributes[\"k\"]", "a value of 1025");
        yield return Bad("attributes", Attributes(65), "attributes", "65 attributes");
    }

    [TestCaseSource(nameof(BadValues))]
    public async Task A_bad_value_is_refused_over_rest_and_nothing_is_written(string name, string json, string field)
    {
        var answer = await RestAsync("PATCH", "/v1/profiles/alice", ServerToken, $"{{\"nickname\":\"kept out\",\"{name}\":{json}}}");

        Assert.That(answer.Status, Is.EqualTo(400), answer.Json?.ToString());
        Assert.That(answer.ViolatedFields, Does.Contain(field));
        var read = await RestAsync("GET", "/v1/profiles/alice", ServerToken);
        Assert.That(read.Status, Is.EqualTo(404));
    }

    [TestCaseSource(nameof(BadValues))]
    public async Task A_bad_value_is_refused_over_grpc_and_nothing_is_written(string name, string json, string field)
    {
        var profile = Profile.Parser.ParseJson($"{{\"nickname\":\"kept out\",\"{name}\":{json}}}");

        var failure = await RpcErrors.FailureOf(
            Grpc.SetProfileAsync(new SetProfileRequest { UserId = "alice", Profile = profile }, AsServer));

        Assert.That(failure.StatusCode, Is.EqualTo(StatusCode.InvalidArgument));
        Assert.That(failure.ViolatedFields(), Does.Contain(field));
        Assert.That(failure.Reason(), Is.EqualTo("INVALID_REQUEST"));
        var read = await RpcErrors.FailureOf(Grpc.GetProfileAsync(new GetProfileRequest { UserId = "alice" }, AsServer));
        Assert.That(read.StatusCode, Is.EqualTo(StatusCode.NotFound));
    }

    [TestCase("")]
    [TestCase("a b")]
    [TestCase("a/b")]
    [TestCase("ü")]
    public async Task A_bad_user_id_is_refused(string user)
    {
        var failure = await RpcErrors.FailureOf(Grpc.GetProfileAsync(new GetProfileRequest { UserId = user }, AsServer));

        Assert.That(failure.StatusCode, Is.EqualTo(StatusCode.InvalidArgument));
        Assert.That(failure.ViolatedFields(), Is.EqualTo((string[])["user_id"]));
    }

    [Test]
    public async Task A_user_id_of_129_characters_is_refused_and_one_of_128_is_taken()
    {
        var longest = new string('a', 128);
        var taken = await RestAsync("PUT", $"/v1/profiles/{longest}", ServerToken, "{}");
        var refused = await RestAsync("PUT", $"/v1/profiles/{longest}a", ServerToken, "{}");

        Assert.That(taken.Status, Is.EqualTo(200));
        Assert.That(refused.Status, Is.EqualTo(400));
        Assert.That(refused.ViolatedFields, Is.EqualTo((string[])["user_id"]));
    }

    [Test]
    public async Task All_violations_are_named_at_once()
    {
        var answer = await RestAsync(
            "PATCH", "/v1/profiles/alice", ServerToken, """{"currency":"x","email":"x","level":1000,"zoneinfo":"x"}""");

        Assert.That(answer.ViolatedFields, Is.EquivalentTo((string[])["profile.currency", "profile.email", "profile.level", "profile.zoneinfo"]));
    }

    [Test]
    public async Task Every_field_at_its_limit_is_stored_as_given_and_read_over_both_protocols()
    {
        var profile = FullProfile();
        var written = await Grpc.SetProfileAsync(new SetProfileRequest { UserId = "alice", Profile = profile }, AsServer);
        var overGrpc = await Grpc.GetProfileAsync(new GetProfileRequest { UserId = "alice" }, AsServer);
        var overRest = await RestAsync("GET", "/v1/profiles/alice", ServerToken);

        profile.OrganizationId = Organization;
        profile.UserId = "alice";
        profile.Revision = 1;
        profile.Etag = written.Profile.Etag;
        profile.CreateTime = written.Profile.CreateTime;
        profile.ChangeTime = written.Profile.ChangeTime;
        Assert.That(overGrpc.Profile, Is.EqualTo(profile));
        Assert.That(Profile.Parser.ParseJson(overRest.Json!.ToJsonString()), Is.EqualTo(profile));
    }

    [Test]
    public async Task What_a_read_returns_can_be_put_back_over_rest_without_a_change()
    {
        await Grpc.SetProfileAsync(new SetProfileRequest { UserId = "alice", Profile = FullProfile() }, AsServer);
        var read = await RestAsync("GET", "/v1/profiles/alice", ServerToken);

        var put = await RestAsync("PUT", "/v1/profiles/alice", ServerToken, read.Json!.ToJsonString());

        Assert.That(put.Status, Is.EqualTo(200), put.Json?.ToString());
        Assert.That(put.Json!["unchanged"]!.GetValue<bool>(), Is.True);
        Assert.That(put.Json["profile"]!.ToJsonString(), Is.EqualTo(read.Json.ToJsonString()));
    }

    private static Profile FullProfile()
    {
        var longest = string.Concat(Enumerable.Repeat("😀", 200));
        var profile = new Profile
        {
            UniqueId = new string('u', 64),
            GivenName = new string('ž', 255),
            FamilyName = "O’Brien-Sørensen",
            Nickname = longest,
            DisplayName = longest,
            Locale = "zh-Hant-TW",
            Zoneinfo = "America/Argentina/ComodRivadavia",
            Currency = "CHF",
            Gender = Gender.Diverse,
            Email = "alice+tag@münchen.example",
            EmailVerified = true,
            PhoneNumber = "+41791234567",
            PhoneCountryCode = "+41",
            PhoneNumberVerified = true,
            Birthdate = "0000-02-29",
            Location = "Zürich",
            Role = 0,
            Level = 100,
            Picture = "https://example.com/a.png?x=1#y",
            PictureObject = new ObjectReference { DatasourceId = "d", ObjectDefinitionId = new string('o', 128) },
            AvatarUrl = "HTTP://example.com/ä",
            AvatarObject = new ObjectReference { DatasourceId = "d2", ObjectDefinitionId = "o2" },
            EvmWalletAddress = "0xAbCdEf0123456789aBcDeF0123456789AbCdEf01",
            DiscoverableByEmail = true,
            PubliclyVisible = true,
        };
        for (var i = 0; i < 64; i++)
            profile.Attributes.Add($"Key_{i}", i == 0 ? string.Empty : string.Concat(Enumerable.Repeat("é", 1024)));
        return profile;
    }

    private static TestCaseData Bad(string name, string json, string field, string why) =>
        new TestCaseData(name, json, $"profile.{field}").SetArgDisplayNames(name, why);

    private static string Text(int length) => $"\"{new string('x', length)}\"";

    private static string Attributes(int count) =>
        $"{{{string.Join(',', Enumerable.Range(0, count).Select(i => $"\"k{i}\":\"v\""))}}}";
}
