using Profiles.Core.Usernames;

namespace Profiles.Core.Tests.Usernames;

/// <summary>What each policy costs people with ordinary names. The exact figures stand in docs/usernames.md.</summary>
[TestFixture]
public class OrdinaryNamesTests
{
    private const string Mixed = "Handles of two scripts that no language mixes";

    [Test]
    public void The_list_is_long_and_of_many_scripts()
    {
        Assert.That(OrdinaryNames.All, Has.Count.GreaterThan(1600));
        Assert.That(OrdinaryNames.All.Select(entry => entry.Name), Is.Unique);
        Assert.That(OrdinaryNames.All.Select(entry => entry.Group).Distinct().Count(), Is.GreaterThan(30));
    }

    [TestCase(LookAlikePolicy.Off, 0.005)]
    [TestCase(LookAlikePolicy.MixedScript, 0.005)]
    [TestCase(LookAlikePolicy.Strict, 0.01)]
    public void Few_are_refused(LookAlikePolicy policy, double share)
    {
        var ordinary = OrdinaryNames.All.Where(entry => entry.Group != Mixed).ToList();
        var refused = ordinary.Where(entry => !Names.IsTaken(entry.Name, policy)).ToList();

        Report(policy, refused);
        Assert.That(refused.Count, Is.LessThan(ordinary.Count * share));
    }

    [Test]
    public void Mixed_handles_are_refused_but_by_off()
    {
        var mixed = OrdinaryNames.All.Where(entry => entry.Group == Mixed).Select(entry => entry.Name).ToList();

        Assert.That(mixed.Where(name => Names.IsTaken(name, LookAlikePolicy.MixedScript)), Is.Empty);
        Assert.That(mixed.Count(name => Names.IsTaken(name, LookAlikePolicy.Off)), Is.EqualTo(mixed.Count - 2), "all but those against the Bidi Rule");
    }

    [Test]
    public void Hardly_any_collide()
    {
        var forms = OrdinaryNames.All.Where(entry => Names.IsTaken(entry.Name, LookAlikePolicy.Off))
            .Select(entry => Names.FormsOf(entry.Name)).DistinctBy(form => form.Key).ToList();

        Assert.That(Collisions(forms, form => form.SmallLook), Is.Empty);
        Assert.That(Collisions(forms, form => form.CapitalLook), Is.EqualTo(new[] { "anna \u03b1\u03bd\u03bd\u03b1" }));
        Assert.That(Collisions(forms, form => form.Skeleton), Is.EqualTo(new[] { "ian lan" }).Or.Count.LessThan(5));
    }

    private static List<string> Collisions(List<UsernameForms> all, Func<UsernameForms, string> choose) =>
        [.. all.GroupBy(choose).Where(group => group.Count() > 1).Select(group => string.Join(' ', group.Select(form => form.Key)))];

    private static void Report(LookAlikePolicy policy, List<(string Group, string Name)> refused)
    {
        TestContext.Out.WriteLine($"{policy}: {refused.Count} refused");
        foreach (var (group, name) in refused)
            TestContext.Out.WriteLine($"  {name} ({group}): {Names.ViolationOf(name, policy).Description}");
    }
}
