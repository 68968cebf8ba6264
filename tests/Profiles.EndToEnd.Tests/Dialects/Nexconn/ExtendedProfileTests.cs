using System.Text.Json;
using Profiles.V1;

namespace Profiles.EndToEnd.Tests.Dialects.Nexconn;

/// <summary>The extended profile: its limits, registered attributes, and the prefix that can be demanded.</summary>
internal sealed class ExtendedProfileTests : NexconnTest
{
    [Test]
    public async Task Keys_and_values_as_long_as_may_be_are_taken_and_longer_ones_refused()
    {
        var (key, value) = ($"ext_{new string('k', 28)}", new string('\u00e9', 256));
        await SetExtendedAsync($$"""{"{{key}}":"{{value}}"}""");
        Assert.That((await ReadAsync()).Attributes[key], Is.EqualTo(value));

        await RefuseAsync(Set, Extended($$"""{"{{key}}k":"v"}"""), $"{key}k");
        await RefuseAsync(Set, Extended($$"""{"{{key}}":"{{value}}v"}"""), key);
        Assert.That((await ReadAsync()).Revision, Is.EqualTo(1));
    }

    [Test]
    public async Task Twenty_pairs_are_taken_and_one_more_refused()
    {
        await SetExtendedAsync(Pairs(20));
        Assert.That((await ReadAsync()).Attributes, Has.Count.EqualTo(20));

        await RefuseAsync(Set, Extended(Pairs(21)), "userExtProfile");
    }

    [TestCase("ext-a")]
    [TestCase("ext.a")]
    [TestCase("\u00e9xt")]
    [TestCase("")]
    public Task A_key_of_other_characters_is_refused(string key) => RefuseAsync(Set, Extended($$"""{"{{key}}":"v"}"""), key);

    [TestCase("1")]
    [TestCase("null")]
    [TestCase("true")]
    [TestCase("{\"a\":\"b\"}")]
    public Task A_value_that_is_no_text_is_refused(string value) => RefuseAsync(Set, Extended($$"""{"ext_tier":{{value}}}"""), "ext_tier");

    [Test]
    public async Task Case_matters_and_other_pairs_stay()
    {
        await SetExtendedAsync("""{"extTier":"gold","exttier":"silver"}""");
        await SetExtendedAsync("""{"extTier":"","more":"x"}""");

        Assert.That(
            (await AliceAsync())["userExtProfile"]!.ToJsonString(), Is.EqualTo("""{"more":"x","extTier":"","exttier":"silver"}"""));
    }

    [Test]
    public async Task Once_attributes_are_registered_only_those_are_taken()
    {
        await RegisterAsync("""{"definitions":[{"name":"extProfile"},{"name":"ext_tier","maxLength":4,"pattern":"gold|iron"}]}""");

        await SetExtendedAsync("""{"extProfile":"testpro1","ext_tier":"gold"}""");
        await RefuseAsync(Set, Extended("""{"extProfile":"x","ext_other":"x"}"""), "ext_other");
        await RefuseAsync(Set, Extended("""{"ext_tier":"golden"}"""), "ext_tier");
        await RefuseAsync(Set, Extended("""{"ext_tier":"clay"}"""), "ext_tier");

        Assert.That((await ReadAsync()).Attributes, Is.EquivalentTo(new Dictionary<string, string> { ["extProfile"] = "testpro1", ["ext_tier"] = "gold" }));
    }

    [Test]
    public async Task Where_the_prefix_is_demanded_keys_without_it_are_refused()
    {
        await RegisterAsync("""{"requiredPrefix":"ext_"}""");

        await SetExtendedAsync("""{"ext_tier":"gold"}""");
        await RefuseAsync(Set, Extended("""{"extProfile":"testpro1"}"""), "extProfile");
    }

    [Test]
    public async Task A_profile_has_no_more_attributes_than_our_own_api_allows()
    {
        var profile = new Profile();
        for (var i = 0; i < 64; i++)
            profile.Attributes.Add($"a{i}", "v");
        await SetAsync(profile);

        await SetExtendedAsync("""{"a0":"w"}""");
        await RefuseAsync(Set, Extended("""{"b0":"w"}"""), "userExtProfile");
    }

    private static string Extended(string json) => $$"""{"userId":"alice","userExtProfile":{{json}}}""";

    private static string Pairs(int count) =>
        JsonSerializer.Serialize(Enumerable.Range(0, count).ToDictionary(i => $"ext_{i}", i => $"value {i}"));

    private async Task RegisterAsync(string attributes)
    {
        var answer = await RestAsync(
            "PATCH", $"/v1/organizations/{Organization}", SharedServer.AdministratorToken, $$$"""{"settings":{"attributes":{{{attributes}}}}}""");
        Assert.That(answer.Status, Is.EqualTo(200), answer.Json?.ToJsonString());
    }
}
