namespace Profiles.EndToEnd.Tests.Usernames;

/// <summary>Uniqueness can be switched on when no two users would be in each other's way, and not otherwise.</summary>
internal sealed class UniquenessTests : UsernameTest
{
    [TestCase("Same", "same")]
    [TestCase("coco", "\u0441\u043e\u0441\u043e")]
    public async Task Names_that_collide_are_listed_and_nothing_is_switched(string first, string second)
    {
        await SetRulesAsync("""{"unique":false}""");
        AssertWritten(await NameAsync("alice", first));
        AssertWritten(await NameAsync("bob", second));

        var refused = await SetRulesAsync("""{"unique":true}""");

        Assert.That(refused.Status, Is.EqualTo(400), refused.Json?.ToString());
        Assert.That(refused.ViolatedFields, Is.EqualTo((string[])["organization.settings.usernames.unique"]));
        Assert.That(
            refused.Json!["message"]!.GetValue<string>(),
            Does.Contain($"cannot be set while alice is called {first} and bob is called {second}"));
        AssertWritten(await NameAsync("carol", first));
    }

    [Test]
    public async Task When_it_is_switched_on_names_belong_to_their_users()
    {
        AssertWritten(await NameAsync("alice", "first"));
        await SetRulesAsync("""{"unique":false}""");
        AssertWritten(await NameAsync("alice", "Second"));
        AssertWritten(await NameAsync("bob", "first"));

        Assert.That((await SetRulesAsync("""{"unique":true}""")).Status, Is.EqualTo(200));

        AssertRefused(await NameAsync("carol", "second"), 409, "USERNAME_TAKEN");
        AssertRefused(await NameAsync("carol", "FIRST"), 409, "USERNAME_TAKEN");
        AssertWritten(await NameAsync("alice", "SECOND"));
    }

    [Test]
    public async Task A_name_that_was_denied_before_is_in_the_way()
    {
        var moderator = SharedServer.Mint.Mint(Organization, "moderator", "usernames.write");
        Assert.That((await RestAsync("POST", "/v1/usernames/deny", moderator, """{"usernames":{"coco":""}}""")).Status, Is.EqualTo(200));
        await SetRulesAsync("""{"unique":false}""");
        AssertWritten(await NameAsync("alice", "\u0441\u043e\u0441\u043e"));

        var refused = await SetRulesAsync("""{"unique":null}""");

        Assert.That(refused.Status, Is.EqualTo(400), refused.Json?.ToString());
        Assert.That(refused.Json!["message"]!.GetValue<string>(), Does.Contain("while alice has a name that is denied"));
    }
}
