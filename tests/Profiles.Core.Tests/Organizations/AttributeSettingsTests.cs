using Profiles.Core.Errors;
using Profiles.Core.Organizations;
using Profiles.Core.Patches;

namespace Profiles.Core.Tests.Organizations;

public class AttributeSettingsTests
{
    private static readonly AttributeSettings Rules = new([new("x_tier", 6, "gold|silver"), new("x_note", null, null)], "x_");

    [TestCase("x_tier", "gold", null)]
    [TestCase("x_tier", "golden", "must match the pattern gold|silver")]
    [TestCase("x_tier", "goldgold", "must have at most 6 characters (code points), yet has 8")]
    [TestCase("x_note", "", null)]
    [TestCase("x_none", "", "must be registered with the organization")]
    [TestCase("tier", "gold", "must have a key that begins with 'x_', as the organization requires")]
    public void An_attribute_obeys_prefix_definition_length_and_pattern(string key, string value, string? rule) =>
        Assert.That(Rules.Check(key, value), Is.EqualTo(rule));

    [Test]
    public void Without_rules_anything_goes() => Assert.That(new AttributeSettings([], string.Empty).Check("any", "thing"), Is.Null);

    [Test]
    public void A_builder_checks_what_is_set_and_not_what_is_removed()
    {
        var builder = new ProfilePatchBuilder("profile.", byServer: true, Rules);
        builder.SetAttribute("old", null);
        builder.SetAttribute("x_tier", "gold");
        builder.SetAttribute("other", "1");
        builder.SetAttribute("b-d", "1");

        var violations = Assert.Throws<ProfilesException>(() => builder.Build())!.Violations;

        Assert.That(violations.Select(violation => violation.Field), Is.EqualTo((string[])["profile.attributes[\"other\"]", "profile.attributes"]));
    }

    [TestCase("a", true)]
    [TestCase("ext_", true)]
    [TestCase("ext-", false)]
    [TestCase("ä", false)]
    public void A_prefix_is_made_of_what_keys_are_made_of(string prefix, bool good)
    {
        Assert.That(AttributeSettings.CheckPrefix(prefix) is null, Is.EqualTo(good));
        Assert.That(AttributeSettings.CheckPrefix(new string('a', 32)), Is.Null);
        Assert.That(AttributeSettings.CheckPrefix(new string('a', 33)), Is.Not.Null);
    }
}
