using System.Text.Json;
using System.Text.Json.Nodes;
using Profiles.V1;

namespace Profiles.EndToEnd.Tests.Dialects.Nexconn;

/// <summary>The calls about several users.</summary>
internal sealed class UserCallTests : NexconnTest
{
    [Test]
    public async Task Profiles_come_in_the_order_in_which_users_are_named_and_without_those_that_have_none()
    {
        await SetAsync(new Profile { Nickname = "Al", Role = 5 });
        await SetAsync(new Profile { Nickname = "Bo" }, "bob");

        var answer = await SucceedAsync(Get, """{"userIds":["bob","nobody","alice","bob"]}""");

        Assert.That(Ids(answer), Is.EqualTo((string[])["bob", "alice"]));
        Assert.That(answer["result"]!["users"]![1]!["userProfile"]!.ToJsonString(), Is.EqualTo("""{"name":"Al","role":5}"""));
    }

    [Test]
    public async Task A_version_is_the_number_of_the_last_change()
    {
        await SetBasicAsync("""{"name":"Al"}""");
        await SetBasicAsync("""{"name":"Al"}""");
        await SetBasicAsync("""{"name":"Ally"}""");

        var version = (await AliceAsync())["version"]!;
        Assert.That((version.ToJsonString(), (await ReadAsync()).Revision), Is.EqualTo(("2", 2L)));
    }

    [Test]
    public async Task A_deletion_leaves_nothing_to_read_and_stays_in_the_history()
    {
        await SetBasicAsync("""{"name":"Al"}""");
        await SetAsync(new Profile { Nickname = "Bo" }, "bob");
        await SetAsync(new Profile { Nickname = "Ca" }, "carol");

        await SucceedAsync(Delete, """{"userIds":["alice","nobody","bob"]}""");

        Assert.That(Ids(await SucceedAsync(Get, """{"userIds":["alice","bob","carol"]}""")), Is.EqualTo((string[])["carol"]));
        var history = await Grpc.ListProfileChangesAsync(new ListProfileChangesRequest { UserId = "alice", OrderBy = "revision desc" }, AsServer);
        Assert.That(history.Changes.Select(change => change.Type), Is.EqualTo((ProfileChangeType[])[ProfileChangeType.Deleted, ProfileChangeType.Created]));
        Assert.That(history.Changes[0].Actor.Type, Is.EqualTo(ActorType.Application));
        Assert.That(history.Changes[1].Values.Nickname, Is.Empty);
    }

    [Test]
    public async Task A_deleted_user_can_be_created_anew()
    {
        await SetBasicAsync("""{"name":"Al","level":2}""");
        await SucceedAsync(Delete, """{"userIds":["alice"]}""");
        await SetBasicAsync("""{"name":"Ally"}""");

        Assert.That((await AliceAsync()).ToJsonString(), Is.EqualTo(
            """{"userId":"alice","version":3,"userProfile":{"name":"Ally"},"userExtProfile":{}}"""));
    }

    [TestCase(Get)]
    [TestCase(Delete)]
    public async Task Twenty_users_are_taken_and_one_more_refused(string path)
    {
        await SucceedAsync(path, Users(20));
        await RefuseAsync(path, Users(21), "userIds");
    }

    [TestCase(Get, "{}", "userIds")]
    [TestCase(Get, """{"userIds":[]}""", "userIds")]
    [TestCase(Get, """{"userIds":["alice","a b"]}""", "userIds")]
    [TestCase(Get, """{"userIds":["alice",5]}""", "userIds")]
    [TestCase(Get, """{"userIds":"alice"}""", "userIds")]
    [TestCase(Delete, "{}", "userIds")]
    [TestCase(Delete, """{"userIds":[""]}""", "userIds")]
    [TestCase(List, """{"page":0}""", "page")]
    [TestCase(List, """{"page":100001}""", "page")]
    [TestCase(List, """{"page":"one"}""", "page")]
    [TestCase(List, """{"pageSize":0}""", "pageSize")]
    [TestCase(List, """{"pageSize":101}""", "pageSize")]
    [TestCase(List, """{"order":2}""", "order")]
    [TestCase(List, """{"order":-1}""", "order")]
    public Task What_breaks_a_rule_is_refused_with_its_key(string path, string json, string key) => RefuseAsync(path, json, key);

    [Test]
    public async Task Pages_hold_twenty_unless_another_size_is_given()
    {
        foreach (var i in Enumerable.Range(10, 23))
            await SetAsync(new Profile { Nickname = "N" }, $"u{i}");

        Assert.That(Ids(await SucceedAsync(List, "{}")), Is.EqualTo(Names(10, 20)));
        Assert.That(Ids(await SucceedAsync(List, """{"page":2,"order":0}""")), Is.EqualTo(Names(30, 3)));
        Assert.That(Ids(await SucceedAsync(List, """{"page":1,"pageSize":100,"order":0}""")), Is.EqualTo(Names(10, 23)));
        Assert.That(Ids(await SucceedAsync(List, """{"page":1,"pageSize":5,"order":1}""")), Is.EqualTo(Names(28, 5).Reverse()));
        Assert.That(Ids(await SucceedAsync(List, """{"page":5,"pageSize":5,"order":1}""")), Is.EqualTo(Names(10, 3).Reverse()));
        Assert.That((await SucceedAsync(List, """{"page":100000}"""))["result"]!.ToJsonString(), Is.EqualTo("""{"users":[]}"""));
    }

    private static IEnumerable<string> Names(int first, int count) => Enumerable.Range(first, count).Select(i => $"u{i}");

    private static string Users(int count) =>
        $$"""{"userIds":{{JsonSerializer.Serialize(Enumerable.Range(0, count).Select(i => $"u{i}"))}}}""";

    private static List<string> Ids(JsonNode answer) =>
        answer["result"]!["users"]!.AsArray().Select(user => user!["userId"]!.GetValue<string>()).ToList();
}
