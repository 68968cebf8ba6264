using System.Text.Json.Nodes;
using Profiles.V1;

namespace Profiles.EndToEnd.Tests.Dialects.M2;

/// <summary>Reading and upserting the own profile.</summary>
internal sealed class ProfileTests : M2Test
{
    private const string Reference = """{"datasourceId":"d","objectDefinitionId":"o"}""";

    [Test]
    public async Task The_first_upsert_creates_the_profile_and_later_ones_change_what_is_there()
    {
        AssertRefused(await AsAliceAsync("GET", Path), 404, "PROFILE_NOT_FOUND");

        Assert.That((await PutAsync("""{"username":"alice_1"}""")).ToJsonString(), Is.EqualTo("""{"username":"alice_1"}"""));
        Assert.That(
            (await PutAsync($$"""{"avatarObjectDefinitionId":{{Reference}}}""")).ToJsonString(),
            Is.EqualTo($$"""{"username":"alice_1","avatarObjectDefinitionId":{{Reference}}}"""));

        Assert.That(Body(await AsAliceAsync("GET", Path)), Is.EqualTo($$"""{"username":"alice_1","avatar":{{Reference}}}"""));
    }

    [Test]
    public async Task An_upsert_of_nothing_creates_the_profile_too()
    {
        Assert.That((await PutAsync("{}")).ToJsonString(), Is.EqualTo("{}"));
        Assert.That(Body(await AsAliceAsync("GET", Path)), Is.EqualTo("{}"));
    }

    [Test]
    public async Task Null_unsets_and_absence_keeps()
    {
        await SetAsync(new Profile
        {
            PreferredUsername = "alice_1",
            Picture = "https://example.com/p.png",
            PictureObject = new ObjectReference { DatasourceId = "a", ObjectDefinitionId = "b" },
            AvatarUrl = "https://example.com/a.glb",
            AvatarObject = new ObjectReference { DatasourceId = "c", ObjectDefinitionId = "d" },
        });

        await PutAsync("""{"avatarObjectDefinitionId":null}""");
        var own = await ReadAsync();
        Assert.That((own.AvatarUrl, own.AvatarObject, own.Picture, own.PictureObject.DatasourceId), Is.EqualTo(("", (ObjectReference?)null, "https://example.com/p.png", "a")));

        await PutAsync("""{"profilePictureObjectDefinitionId":null,"username":null}""");
        own = await ReadAsync();
        Assert.That((own.Picture, own.PictureObject, own.HasPreferredUsername), Is.EqualTo(("", (ObjectReference?)null, false)));
    }

    [Test]
    public async Task Objects_of_data_sources_are_set()
    {
        var answer = await PutAsync($$$"""{"profilePictureObjectDefinitionId":{{{Reference}}},"avatarObjectDefinitionId":{"datasourceId":"e","objectDefinitionId":"f"}}""");

        Assert.That(answer.ToJsonString(), Is.EqualTo("""{"avatarObjectDefinitionId":{"datasourceId":"e","objectDefinitionId":"f"}}"""));
        var own = await ReadAsync();
        Assert.That((own.PictureObject.DatasourceId, own.PictureObject.ObjectDefinitionId), Is.EqualTo(("d", "o")));
        Assert.That((own.AvatarObject.DatasourceId, own.AvatarObject.ObjectDefinitionId), Is.EqualTo(("e", "f")));
    }

    [TestCase(128, true)]
    [TestCase(129, false)]
    public async Task The_parts_of_an_object_are_as_long_as_may_be(int length, bool isTaken)
    {
        foreach (var name in (string[])["profilePictureObjectDefinitionId", "avatarObjectDefinitionId"])
        {
            foreach (var (datasource, definition) in ((int, int)[])[(length, 1), (1, length)])
            {
                var reference = new JsonObject { ["datasourceId"] = new string('d', datasource), ["objectDefinitionId"] = new string('o', definition) };
                var answer = await AsAliceAsync("PUT", Path, new JsonObject { [name] = reference }.ToJsonString());
                if (isTaken)
                    Assert.That(answer.Status, Is.EqualTo(200), Body(answer));
                else
                    AssertRefused(answer, 400, "INVALID_REQUEST");
            }
        }
    }

    [TestCase("""{"avatarObjectDefinitionId":{"datasourceId":"d"}}""", "INVALID_REQUEST", "avatarObjectDefinitionId.objectDefinitionId is required")]
    [TestCase("""{"avatarObjectDefinitionId":{}}""", "INVALID_REQUEST", "avatarObjectDefinitionId.datasourceId is required. avatarObjectDefinitionId.objectDefinitionId is required.")]
    [TestCase("""{"avatarObjectDefinitionId":"d"}""", "BODY_INVALID", "avatar_object_definition_id")]
    [TestCase("""{"username":""}""", "INVALID_REQUEST", "username must not be empty")]
    [TestCase("""{"username":5}""", "BODY_INVALID", "username")]
    [TestCase("""{"username":"a b"}""", "INVALID_REQUEST", "username must not have")]
    [TestCase("""{"user":"a"}""", "BODY_INVALID", "user")]
    [TestCase("{\"username\":\"a", "BODY_INVALID", "JSON")]
    [TestCase("[]", "BODY_INVALID", "JSON object")]
    [TestCase("", "FIELD_INVALID", "profile")]
    public async Task What_breaks_a_rule_is_refused(string json, string code, string message)
    {
        var answer = await AsAliceAsync("PUT", Path, json);

        AssertRefused(answer, 400, code);
        Assert.That(answer.Json!["message"]!.GetValue<string>(), Does.Contain(message));
        Assert.That(answer.Json["error"]!.GetValue<string>(), Is.EqualTo("Bad Request"));
        AssertRefused(await AsAliceAsync("GET", Path), 404, "PROFILE_NOT_FOUND");
    }

    [Test]
    public async Task A_username_obeys_the_organizations_rules()
    {
        await SetRulesAsync("""{"minLength":3,"maxLength":8,"pattern":"[a-z]+"}""");

        foreach (var name in (string[])["ab", "abcdefghi", "Abc", "abc1"])
            AssertRefused(await AsAliceAsync("PUT", Path, $$"""{"username":{{Quote(name)}}}"""), 400, "INVALID_REQUEST");
        foreach (var name in (string[])["abc", "abcdefgh"])
            Assert.That((await PutAsync($$"""{"username":{{Quote(name)}}}"""))["username"]!.GetValue<string>(), Is.EqualTo(name));
    }

    [Test]
    public async Task A_username_that_is_not_to_be_had_is_refused()
    {
        await NameAsync("bob", "taken");
        await NameAsync("carol", "held");
        await NameAsync("carol", "carol");
        await Usernames.DenyUsernamesAsync(new DenyUsernamesRequest { Usernames = { ["denied"] = "" } }, AsModerator);

        AssertRefused(await AsAliceAsync("PUT", Path, """{"username":"Taken"}"""), 409, "USERNAME_TAKEN");
        AssertRefused(await AsAliceAsync("PUT", Path, """{"username":"held"}"""), 409, "USERNAME_HELD");
        AssertRefused(await AsAliceAsync("PUT", Path, """{"username":"DENIED"}"""), 409, "USERNAME_DENIED");
    }

    [Test]
    public async Task Renames_are_counted_as_they_are_natively()
    {
        await SetRulesAsync("""{"renamesPerDay":1}""");
        await PutAsync("""{"username":"first"}""");
        await PutAsync("""{"username":"second"}""");

        var refused = await AsAliceAsync("PUT", Path, """{"username":"third"}""");
        AssertRefused(refused, 429, "RENAME_LIMIT_REACHED");
        Assert.That(refused.Response.Headers.RetryAfter, Is.Not.Null);
        // What servers do is not counted.
        Assert.That((await AsServerAsync("PUT", Path, """{"username":"third"}""", "alice")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task The_history_tells_who_changed_a_profile()
    {
        await PutAsync("""{"username":"alice_1"}""");
        Assert.That((await AsServerAsync("PUT", Path, """{"username":"alice_2"}""", "alice")).Status, Is.EqualTo(200));

        var history = await Grpc.ListProfileChangesAsync(new ListProfileChangesRequest { UserId = "alice" }, AsServer);
        Assert.That(
            history.Changes.Select(change => (change.Actor.Type, change.Values.PreferredUsername)),
            Is.EqualTo(((ActorType, string)[])[(ActorType.User, "alice_1"), (ActorType.ApiKey, "alice_2")]));
    }

    [Test]
    public async Task What_the_dialect_has_no_field_for_stays()
    {
        await SetAsync(new Profile { GivenName = "Alice", Nickname = "Al", Attributes = { ["tier"] = "gold" } });

        await PutAsync("""{"username":"alice_1"}""");

        var own = await ReadAsync();
        Assert.That((own.GivenName, own.Nickname, own.Attributes["tier"], own.PreferredUsername), Is.EqualTo(("Alice", "Al", "gold", "alice_1")));
    }
}
