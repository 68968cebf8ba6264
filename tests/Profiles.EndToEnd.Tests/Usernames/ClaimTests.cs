using Grpc.Core;
using Profiles.EndToEnd.Tests.Harness;
using Profiles.V1;

namespace Profiles.EndToEnd.Tests.Usernames;

/// <summary>Who gets a username: the first who asks for it, or for one that people would take for it.</summary>
internal sealed class ClaimTests : UsernameTest
{
    [TestCase("Alice", "Alice", "USERNAME_TAKEN")]
    [TestCase("Alice", "ALICE", "USERNAME_TAKEN")]
    [TestCase("Alice", "\uff21lice", "USERNAME_TAKEN")]
    [TestCase("coco", "\u0441\u043e\u0441\u043e", "USERNAME_TAKEN")]
    [TestCase("BOB", "\u0432\u043e\u0432", "USERNAME_TAKEN")]
    [TestCase("alice", "a1ice", null)]
    [TestCase("alice", "alicia", null)]
    public async Task A_name_has_one_owner_and_so_have_its_looks(string first, string second, string? reason)
    {
        AssertWritten(await NameAsync("alice", first));

        var answer = await RestAsync("PATCH", MyProfile, TokenOf("bob"), $$"""{"preferredUsername":"{{second}}","nickname":"B"}""");

        Assert.That(await NameOfAsync("alice"), Is.EqualTo(first));
        if (reason is null)
        {
            AssertWritten(answer);
            Assert.That(await NameOfAsync("bob"), Is.EqualTo(second));
            return;
        }

        AssertRefused(answer, 409, reason);
        Assert.That((await RestAsync("GET", "/v1/profiles/bob", ServerToken)).Status, Is.EqualTo(404), "nothing was written");
    }

    [TestCase("alice", "a1ice")]
    [TestCase("modern", "rnodern")]
    public async Task Strict_refuses_whatever_looks_alike(string first, string second)
    {
        await SetRulesAsync("""{"lookalikes":"LOOKALIKE_POLICY_STRICT"}""");
        AssertWritten(await NameAsync("alice", first));
        AssertRefused(await NameAsync("bob", second), 409, "USERNAME_TAKEN");
    }

    [Test]
    public async Task Where_look_alikes_are_allowed_only_the_key_counts()
    {
        await SetRulesAsync("""{"lookalikes":"LOOKALIKE_POLICY_OFF"}""");
        AssertWritten(await NameAsync("alice", "coco"));
        AssertWritten(await NameAsync("bob", "\u0441\u043e\u0441\u043e"));
        AssertRefused(await NameAsync("carol", "COCO"), 409, "USERNAME_TAKEN");
    }

    [Test]
    public async Task Where_names_are_not_unique_many_have_one()
    {
        await SetRulesAsync("""{"unique":false}""");
        AssertWritten(await NameAsync("alice", "Same"));
        AssertWritten(await NameAsync("bob", "same"));
        AssertRefused(await NameAsync("carol", "no spaces"), 400, "INVALID_REQUEST");
    }

    [TestCase("", "must not be empty")]
    [TestCase("a b", "U+0020")]
    [TestCase("a\0b", "U+0000 at index 1")]
    [TestCase("ab\u265a", "U+265A \"\u265a\" at index 2")]
    [TestCase("p\u0430ul", "at index 1")]
    [TestCase("e\u0301a", "Normalization Form C")]
    public async Task A_name_that_breaks_a_rule_is_refused_with_the_place(string name, string rule)
    {
        var byUser = await NameAsync("alice", name);
        var byServer = await ServerNamesAsync("alice", name);
        var profile = new Profile { PreferredUsername = name };
        var failure = await Assert.ThrowsAsync<RpcException>(async () =>
            await Grpc.UpdateMyProfileAsync(new UpdateMyProfileRequest { Profile = profile }, AsUser));

        foreach (var answer in (RestAnswer[])[byUser, byServer])
        {
            AssertRefused(answer, 400, "INVALID_REQUEST");
            Assert.That(answer.Json!["message"]!.GetValue<string>(), Does.Contain(rule));
        }

        Assert.That(failure!.StatusCode, Is.EqualTo(StatusCode.InvalidArgument));
        Assert.That(failure.Status.Detail, Does.Contain(rule));
    }

    [TestCase("""{"minLength":3}""", "ab", "must have at least 3 characters")]
    [TestCase("""{"maxLength":3}""", "abcd", "must have at most 3 characters")]
    [TestCase("""{"pattern":"[a-z]+"}""", "Abc", "must match the organization's pattern [a-z]+")]
    public async Task Rules_of_the_organization_bind_a_name_when_it_is_set(string rules, string name, string rule)
    {
        AssertWritten(await NameAsync("alice", name));
        await SetRulesAsync(rules);

        var again = await RestAsync("PATCH", MyProfile, UserToken, $$"""{"preferredUsername":"{{name}}","nickname":"Al"}""");
        var other = await NameAsync("bob", name);

        AssertWritten(again);
        AssertRefused(other, 400, "INVALID_REQUEST");
        Assert.That(other.Json!["message"]!.GetValue<string>(), Does.Contain(rule));
        Assert.That(await NameOfAsync("alice"), Is.EqualTo(name));
    }

    [Test]
    public async Task All_broken_rules_are_told_at_once()
    {
        var answer = await RestAsync("PATCH", MyProfile, UserToken, """{"preferredUsername":"a b","locale":"?"}""");
        Assert.That(answer.ViolatedFields, Is.EquivalentTo((string[])["profile.locale", "profile.preferred_username"]));
    }

    [Test]
    public async Task The_case_of_the_own_name_can_be_changed_and_what_is_absent_stays()
    {
        AssertWritten(await NameAsync("alice", "alice"));
        AssertWritten(await NameAsync("alice", "Alice"));
        AssertWritten(await RestAsync("PATCH", MyProfile, UserToken, """{"nickname":"Al"}"""));
        Assert.That(await NameOfAsync("alice"), Is.EqualTo("Alice"));

        var unchanged = await NameAsync("alice", "Alice");
        Assert.That(unchanged.Json!["unchanged"]!.GetValue<bool>(), Is.True);
    }

    [Test]
    public async Task A_user_moves_to_a_name_that_looks_like_the_one_before()
    {
        AssertWritten(await NameAsync("alice", "coco"));
        AssertWritten(await NameAsync("alice", "\u0441\u043e\u0441\u043e"));
        AssertWritten(await NameAsync("alice", "coco"));
        AssertRefused(await NameAsync("bob", "\u0441\u043e\u0441\u043e"), 409, "USERNAME_HELD");
    }

    [Test]
    public async Task A_released_name_is_kept_for_its_last_owner()
    {
        AssertWritten(await NameAsync("alice", "first"));
        AssertWritten(await NameAsync("alice", null));
        Assert.That(await NameOfAsync("alice"), Is.Null);

        AssertRefused(await NameAsync("bob", "FIRST"), 409, "USERNAME_HELD");
        AssertWritten(await NameAsync("alice", "First"));
        AssertWritten(await NameAsync("alice", "second"));
        AssertRefused(await NameAsync("bob", "first"), 409, "USERNAME_HELD");

        AssertWritten(await NameAsync("alice", "third"));
        AssertWritten(await NameAsync("bob", "first"));
        AssertRefused(await NameAsync("carol", "second"), 409, "USERNAME_HELD");
    }

    [Test]
    public async Task Without_a_hold_a_released_name_is_free_at_once()
    {
        await SetRulesAsync("""{"hold":"0s"}""");
        AssertWritten(await NameAsync("alice", "first"));
        AssertWritten(await NameAsync("alice", "second"));
        AssertWritten(await NameAsync("bob", "first"));
    }

    [Test]
    public async Task A_deletion_releases_the_name()
    {
        AssertWritten(await NameAsync("alice", "first"));
        Assert.That((await RestAsync("DELETE", "/v1/profiles/alice", ServerToken)).Status, Is.EqualTo(200));
        AssertRefused(await NameAsync("bob", "first"), 409, "USERNAME_HELD");
        AssertWritten(await NameAsync("alice", "first"));
    }

    [Test]
    public async Task Renames_of_a_user_are_limited_and_those_of_a_server_are_not()
    {
        await SetRulesAsync("""{"renamesPerDay":2}""");
        foreach (var name in (string[])["one", "two", "three"])
            AssertWritten(await NameAsync("alice", name));

        var refused = await NameAsync("alice", "four");
        AssertRefused(refused, 429, "RENAME_LIMIT_REACHED");
        Assert.That(refused.Response.Headers.RetryAfter!.Delta!.Value.TotalHours, Is.InRange(23, 24));
        AssertWritten(await RestAsync("PATCH", MyProfile, UserToken, """{"preferredUsername":"three","nickname":"Al"}"""));
        AssertWritten(await ServerNamesAsync("alice", "four"));
    }

    [Test]
    public async Task Where_no_rename_is_allowed_the_first_name_is_for_good()
    {
        await SetRulesAsync("""{"renamesPerDay":0}""");
        AssertWritten(await NameAsync("alice", "one"));
        AssertRefused(await NameAsync("alice", "two"), 429, "RENAME_LIMIT_REACHED");
    }

    [Test]
    public async Task A_refused_name_leaves_the_profile_and_the_name_before_as_they_are()
    {
        AssertWritten(await NameAsync("alice", "taken"));
        AssertWritten(await NameAsync("bob", "before"));
        var revision = (await RestAsync("GET", "/v1/profiles/bob", ServerToken)).Json!["revision"]!.GetValue<string>();

        AssertRefused(await NameAsync("bob", "taken"), 409, "USERNAME_TAKEN");

        var bob = await RestAsync("GET", "/v1/profiles/bob", ServerToken);
        Assert.That(bob.Json!["revision"]!.GetValue<string>(), Is.EqualTo(revision));
        AssertRefused(await NameAsync("carol", "before"), 409, "USERNAME_TAKEN");
    }

    [Test]
    public async Task A_request_that_was_refused_for_its_name_can_be_sent_again()
    {
        await SetRulesAsync("""{"hold":"0s"}""");
        AssertWritten(await NameAsync("alice", "wanted"));
        var request = new UpdateMyProfileRequest
        {
            Profile = new Profile { PreferredUsername = "wanted" },
            RequestId = Guid.CreateVersion7().ToString("D"),
        };
        var failure = await Assert.ThrowsAsync<RpcException>(async () => await Grpc.UpdateMyProfileAsync(request, As(TokenOf("bob"))));
        Assert.That(failure!.StatusCode, Is.EqualTo(StatusCode.AlreadyExists));

        AssertWritten(await NameAsync("alice", "other"));
        var written = await Grpc.UpdateMyProfileAsync(request, As(TokenOf("bob")));
        var again = await Grpc.UpdateMyProfileAsync(request, As(TokenOf("bob")));

        Assert.That(written.Profile.PreferredUsername, Is.EqualTo("wanted"));
        Assert.That(again.Profile, Is.EqualTo(written.Profile));
    }

    [Test]
    public async Task In_a_batch_each_name_has_an_outcome_of_its_own()
    {
        AssertWritten(await NameAsync("alice", "taken"));
        var calls = new[] { ("bob", "taken"), ("carol", "free"), ("dave", "FREE"), ("erin", "a b"), ("frank", "other") }
            .Select(call => new SetProfileRequest { UserId = call.Item1, Profile = new Profile { PreferredUsername = call.Item2, Nickname = "N" } });

        var answer = await Grpc.BatchSetProfilesAsync(new BatchSetProfilesRequest { Requests = { calls } }, AsServer);

        Assert.That(
            answer.Outcomes.Select(outcome => (StatusCode)(outcome.Error?.Code ?? 0)),
            Is.EqualTo((StatusCode[])[StatusCode.AlreadyExists, StatusCode.OK, StatusCode.AlreadyExists, StatusCode.InvalidArgument, StatusCode.OK]));
        Assert.That(await NameOfAsync("frank"), Is.EqualTo("other"));
        Assert.That((await RestAsync("GET", "/v1/profiles/dave", ServerToken)).Status, Is.EqualTo(404));
    }
}
