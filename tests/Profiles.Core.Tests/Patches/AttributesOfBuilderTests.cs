using Profiles.Core.Errors;
using Profiles.Core.Fields;
using Profiles.Core.Patches;
using Profiles.Core.Tests.Support;

namespace Profiles.Core.Tests.Patches;

[TestFixture]
public class AttributesOfBuilderTests
{
    [Test]
    public void Entries_are_in_ordinal_order_and_the_last_one_counts()
    {
        var attributes = Build(new("b", "1"), new("B", "2"), new("a", "3"), new("_", null), new("b", "4"));

        Assert.That(attributes.ReplacesAll, Is.False);
        Assert.That(attributes.Entries.Keys, Is.EqualTo(new[] { "B", "_", "a", "b" }));
        Assert.That(attributes.Entries.Values, Is.EqualTo(new[] { "2", null, "3", "4" }));
    }

    [Test]
    public void An_empty_value_is_a_value()
    {
        Assert.That(Build(new AttributeStep("a", string.Empty)).Entries["a"], Is.Empty);
        Assert.That(Build(new AttributeStep("a", string.Empty)).ChangesNothing(new Dictionary<string, string>()), Is.False);
    }

    [Test]
    public void Replacing_forgets_what_was_set_before()
    {
        var attributes = Step.Build(
            [new AttributeStep("a", "1"), new ReplaceStep(), new AttributeStep("b", "2")]).Attributes!;

        Assert.That(attributes.ReplacesAll, Is.True);
        Assert.That(attributes.Entries, Is.EqualTo(new Dictionary<string, string?> { ["b"] = "2" }));
    }

    [Test]
    public void Replacing_has_no_need_of_removals()
    {
        var attributes = Step.Build(
            [new ReplaceStep(), new AttributeStep("a", null), new AttributeStep("b", "2"), new AttributeStep("b", null)]).Attributes!;

        Assert.That(attributes.Entries, Is.Empty);
    }

    [Test]
    public void Clearing_the_field_replaces_them_by_none()
    {
        var builder = new ProfilePatchBuilder(string.Empty, byServer: false);
        builder.SetAttribute("a", "1");
        builder.Clear(ProfileField.Attributes);
        var patch = builder.Build();

        Assert.That(patch.Attributes!.ReplacesAll, Is.True);
        Assert.That(patch.Attributes.Entries, Is.Empty);
        Assert.That(patch.Fields.Enumerate(), Is.EqualTo(new[] { ProfileField.Attributes }));
    }

    [TestCase(64, 0, true)]
    [TestCase(64, 64, true, Description = "Removals do not count.")]
    [TestCase(65, 0, false)]
    public void At_most_64_are_set(int set, int removed, bool good)
    {
        foreach (var replace in new[] { false, true })
        {
            var builder = new ProfilePatchBuilder("profile.", byServer: true);
            if (replace)
                builder.ReplaceAttributes();
            for (var i = 0; i < set; i++)
                builder.SetAttribute($"set_{i}", "1");
            for (var i = 0; i < removed; i++)
                builder.SetAttribute($"removed_{i}", null);

            if (good)
            {
                Assert.That(builder.Build().Attributes!.ExceedsLimit(new Dictionary<string, string>()), Is.False);
            }
            else
            {
                Assert.That(
                    Assert.Throws<ProfilesException>(() => builder.Build()).Violations,
                    Is.EqualTo(new[] { new FieldViolation("profile.attributes", "must have at most 64 entries") }));
            }
        }
    }

    [Test]
    public void A_key_to_remove_is_checked_as_well()
    {
        var builder = new ProfilePatchBuilder("profile.", byServer: true);
        builder.SetAttribute("a.b", null);

        Assert.That(
            Assert.Throws<ProfilesException>(() => builder.Build()).Violations.Single().Field, Is.EqualTo("profile.attributes"));
    }

    private static AttributesPatch Build(params AttributeStep[] steps) => Step.Build(steps).Attributes!;
}
