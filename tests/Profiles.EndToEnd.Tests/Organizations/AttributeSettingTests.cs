using Profiles.EndToEnd.Tests.Harness;
using Profiles.V1;

namespace Profiles.EndToEnd.Tests.Organizations;

/// <summary>What an organization demands of attributes binds those that are set, and no others.</summary>
internal sealed class AttributeSettingTests : ProfilesTest
{
    private const string Registered =
        """{"attributes":{"requiredPrefix":"x_","definitions":[{"name":"x_tier","maxLength":6,"pattern":"gold|silver"},{"name":"x_note"}]}}""";

    [TestCase("x_tier", "gold", null)]
    [TestCase("x_note", "anything", null)]
    [TestCase("x_tier", "copper", "must match the pattern gold|silver")]
    [TestCase("x_tier", "goldgold", "must have at most 6 characters (code points), yet has 8")]
    [TestCase("x_other", "1", "must be registered with the organization")]
    [TestCase("tier", "gold", "must have a key that begins with 'x_', as the organization requires")]
    public async Task An_attribute_that_is_set_obeys_the_settings(string key, string value, string? rule)
    {
        await SetAsync(Registered);
        var json = $$$"""{"attributes":{"{{{key}}}":"{{{value}}}"}}""";
        var message = new Profile { Attributes = { { key, value } } };

        var byUser = await RestAsync("PATCH", MyProfile, UserToken, json);
        var byServer = await RestAsync("PUT", "/v1/profiles/bob", ServerToken, json);
        var batch = await Grpc.BatchSetProfilesAsync(
            new BatchSetProfilesRequest { Requests = { new SetProfileRequest { UserId = "carol", Profile = message } } }, AsServer);

        foreach (var answer in (RestAnswer[])[byUser, byServer])
        {
            Assert.That(answer.Status, Is.EqualTo(rule is null ? 200 : 400), answer.Json?.ToString());
            Assert.That(answer.ViolatedFields, Is.EqualTo(rule is null ? [] : (string[])[$"profile.attributes[\"{key}\"]"]));
            if (rule is not null)
                Assert.That(answer.Json!["message"]!.GetValue<string>(), Does.Contain(rule));
        }

        Assert.That(batch.Outcomes.Single().Error is null, Is.EqualTo(rule is null));
    }

    [Test]
    public async Task What_is_stored_already_stays_and_can_be_removed()
    {
        await RestAsync("PATCH", MyProfile, UserToken, """{"attributes":{"old":"1","older":"2"}}""");
        await SetAsync(Registered);

        var beside = await RestAsync("PATCH", MyProfile, UserToken, """{"nickname":"Al","attributes":{"x_tier":"gold"}}""");
        var removed = await RestAsync("PATCH", MyProfile, UserToken, """{"attributes":{"old":null}}""");
        var set = await RestAsync("PATCH", MyProfile, UserToken, """{"attributes":{"older":"3"}}""");

        Assert.That(beside.Json!["profile"]!["attributes"]!.ToJsonString(), Is.EqualTo("""{"old":"1","older":"2","x_tier":"gold"}"""));
        Assert.That(removed.Json!["profile"]!["attributes"]!.ToJsonString(), Is.EqualTo("""{"older":"2","x_tier":"gold"}"""));
        Assert.That(set.ViolatedFields, Is.EqualTo((string[])["profile.attributes[\"older\"]"]));
    }

    [Test]
    public async Task A_prefix_alone_leaves_the_rest_of_the_key_free()
    {
        await SetAsync("""{"attributes":{"requiredPrefix":"x_"}}""");

        Assert.That((await RestAsync("PATCH", MyProfile, UserToken, """{"attributes":{"x_any":"1"}}""")).Status, Is.EqualTo(200));
        Assert.That((await RestAsync("PATCH", MyProfile, UserToken, """{"attributes":{"any":"1"}}""")).Status, Is.EqualTo(400));
    }

    [Test]
    public async Task A_pattern_that_is_slow_on_a_value_refuses_it_soon()
    {
        await SetAsync("""{"attributes":{"definitions":[{"name":"slow","pattern":"(a|b|c|.*){500}x"}]}}""");
        var value = string.Concat(Enumerable.Repeat("ab", 512));

        var answer = await RestAsync("PATCH", MyProfile, UserToken, $$$"""{"attributes":{"slow":"{{{value}}}"}}""");

        Assert.That(answer.ViolatedFields, Is.EqualTo((string[])["profile.attributes[\"slow\"]"]));
    }

    private async Task SetAsync(string settings)
    {
        var answer = await RestAsync("PATCH", $"/v1/organizations/{Organization}", SharedServer.AdministratorToken, $$"""{"settings":{{settings}}}""");
        Assert.That(answer.Status, Is.EqualTo(200), answer.Json?.ToString());
    }
}
