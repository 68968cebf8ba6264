using System.Text;
using System.Text.Json.Nodes;
using Profiles.EndToEnd.Tests.Harness;
using Profiles.V1;

namespace Profiles.EndToEnd.Tests.Dialects.Nexconn;

/// <summary>The older calls by forms.</summary>
internal sealed class FormTests : NexconnTest
{
    private const string SetForm = "/user/profile/set.json";
    private const string Query = "/user/profile/query.json";
    private const string BatchQuery = "/user/profile/batch/query.json";
    private const string Clean = "/user/profile/clean.json";

    [Test]
    public async Task What_a_form_sets_is_what_version_4_and_our_own_api_have()
    {
        await SucceedFormAsync(SetForm, Form(
            ("userId", "alice"),
            ("userProfile", """{"name":"Al & Co","gender":2,"birthday":"20011221"}"""),
            ("userExtProfile", """{"ext_tier":"gold+"}""")));

        var own = await ReadAsync();
        Assert.That((own.Nickname, own.Gender, own.Birthdate, own.Attributes["ext_tier"]), Is.EqualTo(("Al & Co", Gender.Female, "2001-12-21", "gold+")));
        Assert.That((await AliceAsync())["userProfile"]!["name"]!.GetValue<string>(), Is.EqualTo("Al & Co"));
        var user = (await SucceedFormAsync(BatchQuery, "userId=alice"))["userList"]![0]!;
        Assert.That(Text(user, "userProfile"), Is.EqualTo("""{"name":"Al & Co","birthday":"2001-12-21","gender":2}"""));
        Assert.That(Text(user, "userExtProfile"), Is.EqualTo("""{"ext_tier":"gold+"}"""));
    }

    [TestCase("userId=alice&userId=bob")]
    [TestCase("userId=alice,bob")]
    [TestCase("userId=alice%2Cbob")]
    public async Task Users_are_named_in_several_ways(string form)
    {
        await SetAsync(new Profile { Nickname = "Al" });
        await SetAsync(new Profile { Nickname = "Bo" }, "bob");

        Assert.That(Ids(await SucceedFormAsync(BatchQuery, form)), Is.EqualTo((string[])["alice", "bob"]));
        await SucceedFormAsync(Clean, form);
        Assert.That(Ids(await SucceedFormAsync(BatchQuery, form)), Is.Empty);
    }

    [Test]
    public async Task A_hundred_users_are_queried_and_twenty_cleaned_and_one_more_refused()
    {
        await SucceedFormAsync(BatchQuery, Users(100));
        await RefuseFormAsync(BatchQuery, Users(101), "userId");
        await SucceedFormAsync(Clean, Users(20));
        await RefuseFormAsync(Clean, Users(21), "userId");
    }

    [TestCase("", 2)]
    [TestCase("page=1&size=1", 1)]
    [TestCase("page=1&count=1", 1)]
    [TestCase("page=2&size=1&order=1", 1)]
    [TestCase("page=3&size=1", 0)]
    [TestCase("size=100", 2)]
    public async Task Pages_are_counted(string form, int count)
    {
        await SetAsync(new Profile { Nickname = "Al" });
        await SetAsync(new Profile { Nickname = "Bo" }, "bob");

        Assert.That(Ids(await SucceedFormAsync(Query, form)), Has.Count.EqualTo(count));
    }

    [TestCase(SetForm, "userProfile=%7B%22name%22%3A%22Al%22%7D", "userId")]
    [TestCase(SetForm, "userId=alice", "userProfile")]
    [TestCase(SetForm, "userId=alice&userProfile=Al", "userProfile")]
    [TestCase(SetForm, "userId=alice&userProfile={\"gender\":3}", "gender")]
    [TestCase(SetForm, "userId=alice&userProfile={\"gender\":\"x\"}", "gender")]
    [TestCase(SetForm, "userId=alice&userProfile={\"nick\":\"x\"}", "nick")]
    [TestCase(SetForm, "userId=alice&userExtProfile=[]", "userExtProfile")]
    [TestCase(SetForm, "userId=alice&userExtProfile={\"ext_a\":1}", "ext_a")]
    [TestCase(SetForm, "userId=alice&userExtProfile={\"ext_a\":null}", "ext_a")]
    [TestCase(SetForm, "userId=alice&userExtProfile={\"ext-a\":\"x\"}", "ext-a")]
    [TestCase(SetForm, "userId=alice&userId=bob&userProfile={\"name\":\"Al\"}", "userId")]
    [TestCase(BatchQuery, "", "userId")]
    [TestCase(BatchQuery, "userId=", "userId")]
    [TestCase(BatchQuery, "userId=alice,,bob", "userId")]
    [TestCase(Query, "page=0", "page")]
    [TestCase(Query, "page=100001", "page")]
    [TestCase(Query, "page=x", "page")]
    [TestCase(Query, "size=0", "size")]
    [TestCase(Query, "size=101", "size")]
    [TestCase(Query, "count=101", "count")]
    [TestCase(Query, "size=1&count=1", "count")]
    [TestCase(Query, "order=2", "order")]
    [TestCase(Clean, "", "userId")]
    public Task What_breaks_a_rule_is_refused_with_its_key(string path, string form, string key) => RefuseFormAsync(path, form, key);

    private static string Form(params (string Name, string Value)[] fields) =>
        string.Join('&', fields.Select(field => $"{field.Name}={Uri.EscapeDataString(field.Value)}"));

    private static string Users(int count) => string.Join('&', Enumerable.Range(0, count).Select(i => $"userId=u{i}"));

    private static string Text(JsonNode user, string name) => user[name]!.GetValue<string>();

    private static List<string> Ids(JsonNode answer) =>
        answer["userList"]!.AsArray().Select(user => user!["userId"]!.GetValue<string>()).ToList();

    private async Task<JsonNode> SucceedFormAsync(string path, string form)
    {
        var answer = await PostFormAsync(path, form);
        Assert.That((answer.Status, answer.Json!["code"]!.GetValue<int>()), Is.EqualTo((200, 200)), answer.Json.ToJsonString());
        return answer.Json;
    }

    private async Task RefuseFormAsync(string path, string form, string key) => AssertRefused(await PostFormAsync(path, form), 200, 1002, key);

    private Task<RestAnswer> PostFormAsync(string path, string form) =>
        RestAsync("POST", path, token: string.Empty, new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded"), Signed);
}
