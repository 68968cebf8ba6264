using System.Text.Json;
using Profiles.V1;
using DenylistService = Profiles.Contracts.M2.V1.DenylistService;

namespace Profiles.EndToEnd.Tests.Dialects.M2;

/// <summary>The three calls about the denylist: partial success, all or nothing, and that the list is the native one.</summary>
internal sealed class DenylistTests : M2Test
{
    [Test]
    public async Task Names_that_could_not_be_added_are_listed_and_the_others_are_denied()
    {
        await NameAsync("alice", "used");
        await NameAsync("bob", "taken");
        await NameAsync("carol", "stuck");

        var answer = await AsServerAsync("POST", Deny, """{"used":"alice_2","stuck":"taken","free":"","":"x"}""");

        Assert.That(answer.Status, Is.EqualTo(200));
        Assert.That(answer.Json!.AsArray().Select(name => name!.GetValue<string>()), Is.EquivalentTo((string[])["stuck", ""]));
        Assert.That(await DeniedAsync(), Is.EquivalentTo((string[])["used", "free"]));
        Assert.That((await NameOfAsync("alice"), await NameOfAsync("carol")), Is.EqualTo(("alice_2", "stuck")));
    }

    [Test]
    public async Task Names_that_are_denied_already_are_skipped()
    {
        await DenyNativelyAsync("banned");

        var answer = await AsServerAsync("POST", Deny, """{"banned":"x","other":""}""");

        Assert.That((answer.Status, answer.Json), Is.EqualTo((204, (object?)null)));
        Assert.That(await DeniedAsync(), Is.EquivalentTo((string[])["banned", "other"]));
    }

    [Test]
    public async Task Neither_names_nor_replacements_need_obey_length_and_pattern()
    {
        await SetRulesAsync("""{"minLength":3,"maxLength":8,"pattern":"[a-z]+"}""");
        await NameAsync("alice", "abc");

        var answer = await AsServerAsync("POST", Deny, """{"abc":"Replacement-1","no name at all \u265a":"","x":""}""");

        Assert.That(answer.Status, Is.EqualTo(204), Body(answer));
        Assert.That(await NameOfAsync("alice"), Is.EqualTo("Replacement-1"));
        Assert.That(await DeniedAsync(), Has.Count.EqualTo(3));
        // For our own API the rules hold.
        await NameAsync("bob", "abd");
        var native = await Usernames.DenyUsernamesAsync(new DenyUsernamesRequest { Usernames = { ["abd"] = "Replacement-2" } }, AsModerator);
        Assert.That(native.Outcomes.Single().Result, Is.EqualTo(DenyUsernameResult.ReplacementInvalid));
    }

    [Test]
    public async Task A_replacement_that_could_be_nobodys_name_is_not_taken()
    {
        await NameAsync("alice", "abc");

        var answer = await AsServerAsync("POST", Deny, """{"abc":"two words"}""");

        Assert.That((answer.Status, Body(answer)), Is.EqualTo((200, """["abc"]""")));
    }

    [Test]
    public async Task Names_are_taken_off_and_those_in_use_are_returned()
    {
        await NameAsync("alice", "alice_1");
        await DenyNativelyAsync("banned", "worse");

        var answer = await AsServerAsync("DELETE", Deny, """["BANNED","alice_1","never"]""");

        Assert.That((answer.Status, Body(answer)), Is.EqualTo((200, """{"usernamesDeleted":["BANNED"],"usernamesInUse":["alice_1"]}""")));
        Assert.That(await DeniedAsync(), Is.EqualTo((string[])["worse"]));
        Assert.That((await AsAliceAsync("PUT", Path, """{"username":"banned"}""")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task The_list_is_overwritten_as_a_whole_or_not_at_all()
    {
        await NameAsync("alice", "alice_1");
        await DenyNativelyAsync("before");

        var refused = await AsServerAsync("PUT", Denylist, """["after","alice_1"]""");
        Assert.That((refused.Status, Body(refused)), Is.EqualTo((409, """["alice_1"]""")));
        Assert.That(await DeniedAsync(), Is.EqualTo((string[])["before"]));

        // As the document advises: first overwrite the name in use, then try again.
        Assert.That((await AsServerAsync("POST", Deny, """{"alice_1":"alice_2"}""")).Status, Is.EqualTo(204));
        Assert.That((await AsServerAsync("PUT", Denylist, """["after","alice_1"]""")).Status, Is.EqualTo(204));
        Assert.That(await DeniedAsync(), Is.EquivalentTo((string[])["after", "alice_1"]));
    }

    [Test]
    public async Task An_empty_list_empties_the_denylist_and_no_body_does_not()
    {
        await DenyNativelyAsync("before");

        foreach (var body in (string?[])[null, "", "null", "{}", """{"a":"b"}""", "[1]", """[null]"""])
            Assert.That((await AsServerAsync("PUT", Denylist, body)).Status, Is.EqualTo(400), body);
        Assert.That(await DeniedAsync(), Is.EqualTo((string[])["before"]));

        Assert.That((await AsServerAsync("PUT", Denylist, "[]")).Status, Is.EqualTo(204));
        Assert.That(await DeniedAsync(), Is.Empty);
    }

    [Test]
    public async Task A_thousand_names_are_taken_and_one_more_refused()
    {
        Assert.That((await AsServerAsync("DELETE", Deny, JsonSerializer.Serialize(Names(1000)))).Status, Is.EqualTo(200));
        AssertRefused(await AsServerAsync("DELETE", Deny, JsonSerializer.Serialize(Names(1001))), 400, "INVALID_REQUEST");
        Assert.That((await AsServerAsync("POST", Deny, JsonSerializer.Serialize(Pairs(1000)))).Status, Is.EqualTo(204));
        AssertRefused(await AsServerAsync("POST", Deny, JsonSerializer.Serialize(Pairs(1001))), 400, "INVALID_REQUEST");
    }

    [Test]
    public async Task A_denylist_is_larger_than_other_requests()
    {
        var names = Enumerable.Range(0, 100_001).Select(i => $"a-name-that-is-rather-long-and-nobodys-{i}").ToList();

        Assert.That((await AsServerAsync("PUT", Denylist, JsonSerializer.Serialize(names))).Status, Is.EqualTo(204));
        AssertRefused(await AsAliceAsync("PUT", Path, $$"""{"username":"{{names[^1]}}"}"""), 409, "USERNAME_DENIED");
    }

    [Test]
    public async Task Names_have_256_code_points_at_most()
    {
        var (longest, longer) = (new string('n', 256), new string('n', 257));

        Assert.That((await AsServerAsync("PUT", Denylist, $"[{Quote(longest)}]")).Status, Is.EqualTo(204));
        AssertRefused(await AsServerAsync("PUT", Denylist, $"[{Quote(longer)}]"), 400, "INVALID_REQUEST");
        Assert.That(Body(await AsServerAsync("POST", Deny, $$"""{{{Quote(longer)}}:""}""")), Is.EqualTo($"[{Quote(longer)}]"));
        AssertRefused(await AsServerAsync("DELETE", Deny, $"[{Quote(longer)}]"), 400, "INVALID_REQUEST");
    }

    [TestCase("POST", Deny, "{}")]
    [TestCase("POST", Deny, """["a"]""")]
    [TestCase("POST", Deny, """{"a":1}""")]
    [TestCase("POST", Deny, """{"a":null}""")]
    [TestCase("POST", Deny, null)]
    [TestCase("DELETE", Deny, "[]")]
    [TestCase("DELETE", Deny, "{}")]
    [TestCase("DELETE", Deny, null)]
    public async Task What_is_no_list_is_refused(string method, string path, string? json)
    {
        var answer = await AsServerAsync(method, path, json);

        Assert.That((answer.Status, answer.Json!["error"]!.GetValue<string>()), Is.EqualTo((400, "Bad Request")), Body(answer));
    }

    [Test]
    public async Task Where_names_need_not_be_unique_there_is_no_denylist()
    {
        await SetRulesAsync("""{"unique":false}""");

        AssertRefused(await AsServerAsync("POST", Deny, """{"a":""}"""), 409, "USERNAMES_NOT_UNIQUE");
        AssertRefused(await AsServerAsync("DELETE", Deny, """["a"]"""), 409, "USERNAMES_NOT_UNIQUE");
        AssertRefused(await AsServerAsync("PUT", Denylist, """["a"]"""), 409, "USERNAMES_NOT_UNIQUE");
    }

    [Test]
    public async Task Denials_are_in_the_history_and_the_audit_as_native_ones_are()
    {
        await NameAsync("alice", "rude");

        Assert.That((await AsServerAsync("POST", Deny, """{"RUDE":"alice_2"}""")).Status, Is.EqualTo(204));

        var history = await Grpc.ListProfileChangesAsync(new ListProfileChangesRequest { UserId = "alice", OrderBy = "revision desc" }, AsServer);
        var change = history.Changes[0];
        Assert.That(
            (change.Reason, change.Values.PreferredUsername, change.Actor.Type),
            Is.EqualTo((ProfileChangeReason.UsernameDenied, "alice_2", ActorType.ApiKey)));
        var audit = await new AuditService.AuditServiceClient(Invoker).ListAuditEventsAsync(
            new ListAuditEventsRequest { OrderBy = "event_time desc" }, As(SharedServer.AdministratorToken, ("x-organization-id", Organization)));
        Assert.That(audit.Events[0].Action, Is.EqualTo(AuditAction.UsernameDenied));
        // Whoever tries, through whichever API: the name is nobody's any more.
        AssertRefused(await AsAliceAsync("PUT", Path, """{"username":"rude"}"""), 409, "USERNAME_DENIED");
        Assert.That((await RestAsync("PATCH", MyProfile, UserToken, """{"preferredUsername":"rude"}""")).Reason, Is.EqualTo("USERNAME_DENIED"));
    }

    [Test]
    public async Task A_name_that_one_api_gives_is_taken_for_the_other()
    {
        await PutAsync("""{"username":"alice_1"}""");
        Assert.That((await RestAsync("PATCH", "/v1/profiles/bob", ServerToken, """{"preferredUsername":"ALICE_1"}""")).Reason, Is.EqualTo("USERNAME_TAKEN"));

        await NameAsync("bob", "bob_1");
        AssertRefused(await AsAliceAsync("PUT", Path, """{"username":"Bob_1"}"""), 409, "USERNAME_TAKEN");
    }

    [Test]
    public async Task Over_grpc_names_in_use_are_in_the_answer()
    {
        await NameAsync("alice", "alice_1");
        var client = new DenylistService.DenylistServiceClient(Invoker);
        var headers = new Grpc.Core.Metadata { { "x-api-key", ServerKey } };

        var inUse = await client.OverwriteDenylistAsync(new Contracts.M2.V1.OverwriteDenylistRequest { Usernames = { "alice_1", "other" } }, headers);
        var denied = await client.DenyUsernamesAsync(new Contracts.M2.V1.DenyUsernamesRequest { Usernames = { ["alice_1"] = "" } }, headers);

        Assert.That(inUse.UsernamesInUse, Is.EqualTo((string[])["alice_1"]));
        Assert.That(denied.UsernamesNotAdded, Is.EqualTo((string[])["alice_1"]));
        Assert.That(await DeniedAsync(), Is.Empty);
    }

    private static IEnumerable<string> Names(int count) => Enumerable.Range(0, count).Select(i => $"name-{i}");

    private static Dictionary<string, string> Pairs(int count) => Names(count).ToDictionary(name => name, _ => string.Empty);

    private Task<V1.DenyUsernamesResponse> DenyNativelyAsync(params string[] names)
    {
        var request = new V1.DenyUsernamesRequest();
        foreach (var name in names)
            request.Usernames.Add(name, string.Empty);
        return Usernames.DenyUsernamesAsync(request, AsModerator).ResponseAsync;
    }
}
