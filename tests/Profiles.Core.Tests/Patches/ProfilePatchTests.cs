using Profiles.Core.Fields;
using Profiles.Core.Tests.Support;

namespace Profiles.Core.Tests.Patches;

/// <summary>Holds patches against a model that applies the same steps to a profile one after the other.</summary>
[TestFixture]
public class ProfilePatchTests
{
    [FsCheck.NUnit.Property(MaxTest = 2000, Arbitrary = [typeof(Steps)])]
    public void Changes_nothing_just_when_the_model_stays_as_it_is(Step[] past, Step[] steps)
    {
        var before = ProfileModel.Of(past);
        var after = ProfileModel.Of(past).Apply(steps);

        Assert.That(Step.Build(steps).ChangesNothing(before.ToValues()), Is.EqualTo(after.Has(before)));
    }

    [FsCheck.NUnit.Property(MaxTest = 500, Arbitrary = [typeof(Steps)])]
    public void Changes_nothing_when_it_sets_what_is_there(Step[] past, bool replace)
    {
        var profile = ProfileModel.Of(past);
        IEnumerable<Step> same = replace ? [new ReplaceStep(), .. profile.ToSteps()] : profile.ToSteps();

        Assert.That(Step.Build(same).ChangesNothing(profile.ToValues()), Is.True);
    }

    [FsCheck.NUnit.Property(MaxTest = 500, Arbitrary = [typeof(Steps)])]
    public void Changes_something_when_one_value_is_another(Step[] past, byte pick)
    {
        var profile = ProfileModel.Of(past);
        var field = SampleValues.Fields[pick % SampleValues.Fields.Length];
        var values = profile.ToValues();
        // Nothing is found for a flag that is set: then clearing it is the change.
        var another = SampleValues.Of(field).FirstOrDefault(value => !value.Equals(values[field]));

        Assert.That(Step.Build([.. profile.ToSteps(), new FieldStep(field, another)]).ChangesNothing(values), Is.False);
    }

    [FsCheck.NUnit.Property(MaxTest = 1000, Arbitrary = [typeof(Steps)])]
    public void Counts_the_attributes_that_the_model_has_afterwards(Step[] past, Step[] steps)
    {
        var before = ProfileModel.Of(past);
        var after = ProfileModel.Of(past).Apply(steps);

        var patch = Step.Build([.. steps, new AttributeStep("a", "1")]);

        after.Attributes["a"] = "1";
        Assert.That(patch.Attributes!.CountAfter(before.Attributes), Is.EqualTo(after.Attributes.Count));
    }

    [FsCheck.NUnit.Property(MaxTest = 1000, Arbitrary = [typeof(Steps)])]
    public void Names_the_fields_of_its_steps_and_no_others(Step[] steps)
    {
        var patch = Step.Build(steps);

        var named = steps.Select(step => step is FieldStep set ? set.Field : ProfileField.Attributes).Distinct().Order().ToList();
        Assert.That(patch.Fields.Enumerate(), Is.EqualTo(named));
        Assert.That(patch.Attributes is not null, Is.EqualTo(named.Contains(ProfileField.Attributes)));
    }

    [Test]
    public void An_empty_patch_changes_nothing()
    {
        var patch = Step.Build([]);

        Assert.That(patch.Fields.IsEmpty, Is.True);
        Assert.That(patch.ChangesNothing(ProfileModel.Of([new AttributeStep("a", "1")]).ToValues()), Is.True);
    }

    [Test]
    public void Stored_false_flags_are_no_change_to_a_patch_that_clears_them()
    {
        var stored = new Core.Records.ProfileValues { [ProfileField.PubliclyVisible] = false };

        Assert.That(Step.Build([new FieldStep(ProfileField.PubliclyVisible, false)]).ChangesNothing(stored), Is.True);
        Assert.That(Step.Build([new FieldStep(ProfileField.PubliclyVisible, true)]).ChangesNothing(stored), Is.False);
    }

    [TestCase(64, 0, false)]
    [TestCase(63, 1, false)]
    [TestCase(64, 1, true)]
    [TestCase(1, 64, true)]
    public void A_merge_may_not_exceed_64_attributes(int stored, int added, bool exceeds)
    {
        var current = Enumerable.Range(0, stored).ToDictionary(i => $"old_{i}", _ => "1");
        var additions = Enumerable.Range(0, added).Select(i => new AttributeStep($"new_{i}", "1"));
        var merge = Step.Build([.. additions, new AttributeStep("gone", null)]);
        var replace = Step.Build([new ReplaceStep(), new AttributeStep("new", "1")]);
        var exchange = Step.Build([new AttributeStep("old_0", null), new AttributeStep("new", "1")]);

        Assert.That(merge.Attributes!.ExceedsLimit(current), Is.EqualTo(exceeds));
        Assert.That(replace.Attributes!.ExceedsLimit(current), Is.False);
        Assert.That(exchange.Attributes!.ExceedsLimit(current), Is.False);
    }
}
