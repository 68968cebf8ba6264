using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Grpc.Core;
using Profiles.EndToEnd.Tests.Harness;
using Profiles.V1;

namespace Profiles.EndToEnd.Tests.Usernames;

/// <summary>What is on the denylist is nobody's name, nor is what people would take for it.</summary>
internal sealed class DenylistTests : UsernameTest
{
    private string Moderator => SharedServer.Mint.Mint(Organization, "moderator", "usernames.read", "usernames.write", "profiles.read");

    private UsernameService.UsernameServiceClient Usernames => new(Invoker);

    [TestCase("admin", "admin", true)]
    [TestCase("admin", "ADMIN", true)]
    [TestCase("admin", "\uff21dmin", true)]
    [TestCase("coco", "\u0441\u043e\u0441\u043e", true)]
    [TestCase("\u0441\u043e\u0441\u043e", "coco", true)]
    [TestCase("\u0432\u043e\u0432", "BOB", true)]
    [TestCase("admin", "adm1n", false)]
    public async Task A_denied_name_stops_its_look_alikes(string denied, string name, bool stopped)
    {
        await DenyAsync((denied, string.Empty));
        var answer = await NameAsync("alice", name);
        if (stopped)
            AssertRefused(answer, 400, "USERNAME_DENIED");
        else
            AssertWritten(answer);
    }

    [Test]
    public async Task A_denylist_may_be_larger_than_other_requests()
    {
        var usernames = new UsernameService.UsernameServiceClient(Invoker);
        var moderator = As(SharedServer.Mint.Mint(Organization, "moderator", "usernames.write"));
        var names = Enumerable.Range(0, 100_000).Select(n => $"{n}-{new string('x', 40)}").ToList();

        var replaced = await usernames.ReplaceDenylistAsync(new ReplaceDenylistRequest { Usernames = { names } }, moderator);
        var refused = await RpcErrors.FailureOf(usernames.CheckUsernameAsync(
            new CheckUsernameRequest { Username = string.Concat(names) }, AsUser));

        Assert.That(replaced.Size, Is.EqualTo(names.Count));
        Assert.That((refused.StatusCode, refused.Reason()), Is.EqualTo((StatusCode.ResourceExhausted, "BODY_TOO_LARGE")));
    }

    [Test]
    public async Task Strict_stops_digits_for_letters()
    {
        await SetRulesAsync("""{"lookalikes":"LOOKALIKE_POLICY_STRICT"}""");
        await DenyAsync(("admin", string.Empty));
        AssertRefused(await NameAsync("alice", "adm1n"), 400, "USERNAME_DENIED");
    }

    [Test]
    public async Task A_name_in_use_is_replaced_and_the_history_tells_why()
    {
        AssertWritten(await NameAsync("alice", "Rude"));

        var outcome = (await DenyAsync(("rude", "alice-2"))).Single();

        Assert.That((outcome["result"]!.GetValue<string>(), outcome["renamedUserId"]!.GetValue<string>()), Is.EqualTo(("DENY_USERNAME_RESULT_ADDED", "alice")));
        Assert.That(await NameOfAsync("alice"), Is.EqualTo("alice-2"));
        AssertRefused(await NameAsync("alice", "Rude"), 400, "USERNAME_DENIED");
        var changes = await RestAsync("GET", "/v1/profiles/alice/changes?orderBy=revision%20desc", ServerToken);
        var last = changes.Json!["changes"]![0]!;
        Assert.That(last["reason"]!.GetValue<string>(), Is.EqualTo("PROFILE_CHANGE_REASON_USERNAME_DENIED"));
        Assert.That(last["values"]!["preferredUsername"]!.GetValue<string>(), Is.EqualTo("alice-2"));
        Assert.That(last["actor"]!["id"]!.GetValue<string>(), Is.EqualTo("moderator"));
    }

    [Test]
    public async Task A_look_alike_in_use_is_replaced_too()
    {
        AssertWritten(await NameAsync("alice", "\u0441\u043e\u0441\u043e"));
        await DenyAsync(("coco", "alice"));
        Assert.That(await NameOfAsync("alice"), Is.EqualTo("alice"));
    }

    [TestCase("used", "taken", "DENY_USERNAME_RESULT_REPLACEMENT_TAKEN")]
    [TestCase("used", "USED", "DENY_USERNAME_RESULT_REPLACEMENT_DENIED")]
    [TestCase("used", "banned", "DENY_USERNAME_RESULT_REPLACEMENT_DENIED")]
    [TestCase("used", "a b", "DENY_USERNAME_RESULT_REPLACEMENT_INVALID")]
    [TestCase("used", "", "DENY_USERNAME_RESULT_REPLACEMENT_INVALID")]
    [TestCase("banned", "x", "DENY_USERNAME_RESULT_ALREADY_DENIED")]
    [TestCase("", "x", "DENY_USERNAME_RESULT_INVALID")]
    [TestCase("not a name \u265a", "x", "DENY_USERNAME_RESULT_ADDED")]
    [TestCase("free", "a b", "DENY_USERNAME_RESULT_ADDED")]
    public async Task Each_name_has_an_outcome(string name, string replacement, string result)
    {
        AssertWritten(await NameAsync("alice", "used"));
        AssertWritten(await NameAsync("bob", "taken"));
        await DenyAsync(("banned", string.Empty));

        var outcomes = await DenyAsync((name, replacement), ("other", "another"));

        Assert.That(outcomes.Single(o => o["username"]?.GetValue<string>() is var text && (text ?? "") == name)["result"]!.GetValue<string>(), Is.EqualTo(result));
        Assert.That(outcomes.Single(o => o["username"]?.GetValue<string>() == "other")["result"]!.GetValue<string>(), Is.EqualTo("DENY_USERNAME_RESULT_ADDED"));
        Assert.That(await NameOfAsync("alice"), Is.EqualTo("used"));
        AssertRefused(await NameAsync("carol", "other"), 400, "USERNAME_DENIED");
    }

    [Test]
    public async Task Pairs_that_collide_fail_whatever_their_order()
    {
        var outcomes = await DenyAsync(("one", "r1"), ("ONE", "r2"), ("two", "same"), ("three", "Same"), ("four", "five"), ("five", "r3"));
        Assert.That(
            outcomes.ToDictionary(o => o["username"]!.GetValue<string>(), o => o["result"]!.GetValue<string>()["DENY_USERNAME_RESULT_".Length..]),
            Is.EquivalentTo(new Dictionary<string, string>
            {
                ["ONE"] = "REPEATED",
                ["one"] = "REPEATED",
                ["two"] = "REPEATED",
                ["three"] = "REPEATED",
                ["four"] = "REPLACEMENT_DENIED",
                ["five"] = "ADDED",
            }));
    }

    [Test]
    public async Task Replacements_collide_by_their_looks_too()
    {
        AssertWritten(await NameAsync("alice", "used"));

        var outcomes = await DenyAsync(("used", "\u0441\u043e\u0441\u043e"), ("coco", "x"), ("two", "BOB"), ("three", "\u0432\u043e\u0432"));

        Assert.That(
            outcomes.ToDictionary(o => o["username"]!.GetValue<string>(), o => o["result"]!.GetValue<string>()["DENY_USERNAME_RESULT_".Length..]),
            Is.EquivalentTo(new Dictionary<string, string>
            {
                ["used"] = "REPLACEMENT_DENIED",
                ["coco"] = "ADDED",
                ["two"] = "REPEATED",
                ["three"] = "REPEATED",
            }));
    }

    [Test]
    public async Task Who_looks_like_a_denied_name_does_not_keep_the_name_as_its_replacement()
    {
        AssertWritten(await NameAsync("alice", "adm1n"));
        await SetRulesAsync("""{"lookalikes":"LOOKALIKE_POLICY_STRICT"}""");

        var outcome = (await DenyAsync(("admin", "adm1n"))).Single();

        Assert.That(outcome["result"]!.GetValue<string>(), Is.EqualTo("DENY_USERNAME_RESULT_REPLACEMENT_DENIED"));
        Assert.That(await ListAsync(string.Empty), Is.Empty);
    }

    [Test]
    public async Task An_allowed_name_is_free_again()
    {
        await DenyAsync(("admin", string.Empty), ("foo bar", string.Empty));
        AssertWritten(await NameAsync("alice", "mine"));

        var answer = await RestAsync("DELETE", "/v1/usernames/deny", Moderator, """{"usernames":["ADMIN","Foo Bar","mine","never"]}""");

        Assert.That(Texts(answer, "allowed"), Is.EquivalentTo((string[])["ADMIN", "Foo Bar"]));
        Assert.That(Texts(answer, "inUse"), Is.EqualTo((string[])["mine"]));
        Assert.That(Texts(answer, "notDenied"), Is.EqualTo((string[])["never"]));
        AssertWritten(await NameAsync("bob", "admin"));
        Assert.That(await ListAsync(string.Empty), Is.Empty);
    }

    [Test]
    public async Task A_kept_name_is_freed_by_allowing_it()
    {
        AssertWritten(await NameAsync("alice", "first"));
        AssertWritten(await NameAsync("alice", null));
        AssertRefused(await NameAsync("bob", "first"), 409, "USERNAME_HELD");

        var answer = await RestAsync("DELETE", "/v1/usernames/deny", Moderator, """{"usernames":["FIRST"]}""");

        Assert.That(Texts(answer, "allowed"), Is.EqualTo((string[])["FIRST"]));
        AssertWritten(await NameAsync("bob", "first"));
    }

    [Test]
    public async Task A_denylist_is_replaced_whole()
    {
        await DenyAsync(("old", string.Empty), ("both", string.Empty));

        var answer = await ReplaceAsync("both", "new", "NEW", "not a name");

        Assert.That((answer.Status, answer.Json!["size"]!.GetValue<int>()), Is.EqualTo((200, 3)));
        Assert.That(await ListAsync(string.Empty), Is.EqualTo((string[])["both", "new", "not a name"]));
        AssertWritten(await NameAsync("alice", "old"));
        AssertRefused(await NameAsync("bob", "new"), 400, "USERNAME_DENIED");
        AssertRefused(await NameAsync("bob", "both"), 400, "USERNAME_DENIED");

        Assert.That((await ReplaceAsync()).Status, Is.EqualTo(200));
        Assert.That(await ListAsync(string.Empty), Is.Empty);
        AssertWritten(await NameAsync("bob", "new"));
    }

    [Test]
    public async Task When_names_are_in_use_nothing_changes()
    {
        await DenyAsync(("old", string.Empty));
        AssertWritten(await NameAsync("alice", "coco"));
        AssertWritten(await NameAsync("bob", "bob"));

        var answer = await ReplaceAsync("fresh", "\u0441\u043e\u0441\u043e", "BOB");

        Assert.That(Texts(answer, "inUse"), Is.EquivalentTo((string[])["\u0441\u043e\u0441\u043e", "BOB"]));
        Assert.That(await ListAsync(string.Empty), Is.EqualTo((string[])["old"]));
        AssertWritten(await NameAsync("carol", "fresh"));
        AssertRefused(await NameAsync("dave", "old"), 400, "USERNAME_DENIED");
    }

    [Test]
    public async Task A_stream_replaces_it_too()
    {
        using var call = Usernames.ReplaceDenylistStream(As(Moderator));
        for (var i = 0; i < 3; i++)
            await call.RequestStream.WriteAsync(new ReplaceDenylistStreamRequest { Usernames = { $"name{i}", $"other{i}" } });
        await call.RequestStream.CompleteAsync();

        Assert.That((await call.ResponseAsync).Size, Is.EqualTo(6));
        Assert.That(await ListAsync("NAME"), Is.EqualTo((string[])["name0", "name1", "name2"]));
    }

    [Test]
    public async Task The_list_goes_by_pages()
    {
        await ReplaceAsync([.. Enumerable.Range(0, 7).Select(i => $"Name{i}")]);
        var found = new List<string>();
        var token = string.Empty;
        do
        {
            var page = await Usernames.ListDeniedUsernamesAsync(
                new ListDeniedUsernamesRequest { PageSize = 3, PageToken = token, Prefix = "name" }, As(Moderator));
            found.AddRange(page.Usernames);
            token = page.NextPageToken;
        }
        while (token.Length > 0);

        Assert.That(found, Is.EqualTo(Enumerable.Range(0, 7).Select(i => $"Name{i}")));
    }

    [Test]
    public async Task A_prefix_in_capitals_finds_names_that_go_on()
    {
        await ReplaceAsync("\u03bb\u03bf\u03c2", "\u03bb\u03bf\u03c3\u03b1", "\u03bb\u03bf\u03c1", "\u03bb\u03bf\u03c4");
        Assert.That(await ListAsync("\u039b\u039f\u03a3"), Is.EqualTo((string[])["\u03bb\u03bf\u03c2", "\u03bb\u03bf\u03c3\u03b1"]));
        Assert.That(await ListAsync("\u03bb\u03bf\u03c2"), Is.EqualTo((string[])["\u03bb\u03bf\u03c2"]));
    }

    [Test]
    public async Task Lists_wait_for_their_place_and_too_many_are_refused()
    {
        const int accepted = 9;
        var calls = Enumerable.Range(0, accepted + 1).Select(_ => Usernames.ReplaceDenylistStream(As(Moderator))).ToList();

        var first = await Task.WhenAny(calls.Select(call => call.ResponseAsync));

        var refused = (await Assert.ThrowsAsync<RpcException>(() => first))!;
        Assert.That((refused.StatusCode, refused.Reason()), Is.EqualTo((StatusCode.Unavailable, "OVERLOADED")));
        Assert.That(refused.RichStatus().Details.Any(detail => detail.Is(Google.Rpc.RetryInfo.Descriptor)), Is.True);
        foreach (var call in calls.Where(call => call.ResponseAsync != first))
            await call.RequestStream.CompleteAsync();
        Assert.That((await Task.WhenAll(calls.Select(call => call.ResponseAsync).Where(task => task != first))), Has.Length.EqualTo(accepted));
        calls.ForEach(call => call.Dispose());
    }

    // One character that the key has three of, four bytes each.
    [TestCase("\U0001d160")]
    [TestCase("\U0010ffff")]
    public async Task The_longest_names_are_listed_too(string character)
    {
        var prefix = string.Concat(Enumerable.Repeat(character, 255));
        string[] names = [$"{prefix}a", $"{prefix}b", $"{prefix}{character}"];
        Assert.That((await ReplaceAsync(["after", .. names])).Status, Is.EqualTo(200));

        var found = new List<string>();
        var token = string.Empty;
        do
        {
            var page = await Usernames.ListDeniedUsernamesAsync(
                new ListDeniedUsernamesRequest { PageSize = 1, PageToken = token, Prefix = character }, As(Moderator));
            found.AddRange(page.Usernames);
            token = page.NextPageToken;
        }
        while (token.Length > 0);

        Assert.That(found, Is.EqualTo(names));
    }

    [Test]
    public async Task A_page_token_that_somebody_makes_up_is_refused()
    {
        // The check of the token is no secret.
        const string Position = "a\0";
        var check = SHA256.HashData(Encoding.UTF8.GetBytes($"denied usernames {Organization} \n{Position}"));
        var token = Base64Url.EncodeToString([.. check.AsSpan(0, 8), .. Encoding.UTF8.GetBytes(Position)]);

        var refused = await RpcErrors.FailureOf(Usernames.ListDeniedUsernamesAsync(new ListDeniedUsernamesRequest { PageToken = token }, As(Moderator)));

        Assert.That(refused.StatusCode, Is.EqualTo(StatusCode.InvalidArgument), refused.Status.Detail);
    }

    [TestCase("free", "AVAILABLE", false)]
    [TestCase("mine", "AVAILABLE", false)]
    [TestCase("TAKEN", "TAKEN", true)]
    [TestCase("held", "HELD", true)]
    [TestCase("banned", "DENIED", true)]
    [TestCase("a b", "INVALID", false)]
    [TestCase("", "INVALID", false)]
    public async Task A_check_tells_whether_the_caller_could_have_a_name(string name, string state, bool suggests)
    {
        AssertWritten(await NameAsync("alice", "mine"));
        AssertWritten(await NameAsync("bob", "held"));
        AssertWritten(await NameAsync("bob", "taken"));
        await DenyAsync(("banned", string.Empty));

        var answer = await RestAsync("GET", $"/v1/usernames:check?username={Uri.EscapeDataString(name)}", UserToken);

        Assert.That(answer.Json!["state"]!.GetValue<string>(), Is.EqualTo($"USERNAME_STATE_{state}"), answer.Json.ToString());
        Assert.That(answer.Json["reason"] is null, Is.EqualTo(state == "AVAILABLE"));
        var suggestions = Texts(answer, "suggestions");
        Assert.That(suggestions, Has.Count.EqualTo(suggests ? 5 : 0));
        if (suggests)
            AssertWritten(await NameAsync("dave", suggestions[0]));
    }

    [TestCase("POST", "/v1/usernames/deny", """{"usernames":{"a":"b"}}""")]
    [TestCase("DELETE", "/v1/usernames/deny", """{"usernames":["a"]}""")]
    [TestCase("PUT", "/v1/usernames/denylist", """{"usernames":["a"]}""")]
    [TestCase("GET", "/v1/usernames/denylist", null)]
    [TestCase("GET", "/v1/usernames:check?username=a", null)]
    public async Task All_of_it_needs_unique_names_and_most_of_it_a_permission(string method, string path, string? body)
    {
        if (!path.Contains(":check", StringComparison.Ordinal))
            Assert.That((await RestAsync(method, path, UserToken, body)).Reason, Is.EqualTo("PERMISSION_MISSING"));
        Assert.That((await RestAsync(method, path, Moderator, body)).Status, Is.EqualTo(200));
        await SetRulesAsync("""{"unique":false}""");
        var answer = await RestAsync(method, path, Moderator, body);
        Assert.That((answer.Status, answer.Reason), Is.EqualTo((400, "USERNAMES_NOT_UNIQUE")));
    }

    [TestCase("POST", "/v1/usernames/deny", """{"usernames":{}}""", "usernames")]
    [TestCase("DELETE", "/v1/usernames/deny", """{"usernames":[]}""", "usernames")]
    [TestCase("DELETE", "/v1/usernames/deny", """{"usernames":["a",""]}""", "usernames[1]")]
    [TestCase("PUT", "/v1/usernames/denylist", """{"usernames":["a","b",""]}""", "usernames[2]")]
    [TestCase("GET", "/v1/usernames/denylist?pageSize=101", null, "page_size")]
    [TestCase("GET", "/v1/usernames/denylist?pageToken=x", null, "page_token")]
    [TestCase("GET", "/v1/usernames/denylist?prefix=a%00", null, "prefix")]
    public async Task Bad_input_is_refused(string method, string path, string? body, string field)
    {
        var answer = await RestAsync(method, path, Moderator, body);
        Assert.That(answer.Status, Is.EqualTo(400), answer.Json?.ToString());
        Assert.That(answer.ViolatedFields, Is.EqualTo((string[])[field]));
    }

    private async Task<List<JsonNode>> DenyAsync(params (string Name, string Replacement)[] names)
    {
        var pairs = names.ToDictionary(name => name.Name, name => name.Replacement);
        var answer = await RestAsync("POST", "/v1/usernames/deny", Moderator, $$"""{"usernames":{{JsonSerializer.Serialize(pairs)}}}""");
        Assert.That(answer.Status, Is.EqualTo(200), answer.Json?.ToString());
        return answer.Json!["outcomes"]!.AsArray().Select(outcome => outcome!).ToList();
    }

    private Task<RestAnswer> ReplaceAsync(params string[] names) =>
        RestAsync("PUT", "/v1/usernames/denylist", Moderator, $$"""{"usernames":{{JsonSerializer.Serialize(names)}}}""");

    private async Task<IReadOnlyList<string>> ListAsync(string prefix) =>
        Texts(await RestAsync("GET", $"/v1/usernames/denylist?prefix={prefix}", Moderator), "usernames");

    private static List<string> Texts(RestAnswer answer, string field) =>
        ((answer.Json![field] as JsonArray) ?? []).Select(text => text!.GetValue<string>()).ToList();
}
