using Profiles.Core.Tests.Support;
using Profiles.Core.Usernames;

namespace Profiles.Core.Tests.Usernames;

[TestFixture]
public class UsernameSuggestionsTests
{
    [Test]
    public void The_plainest_come_first()
    {
        var alice = Username.Parse("Alice", UsernameSettings.Default);

        Assert.That(
            UsernameSuggestions.For(alice, UsernameSettings.Default, 5).Select(name => name.Display),
            Is.EqualTo(new[] { "Alice2", "Alice_2", "Alice.2", "Alice-2", "Alice3" }));
    }

    [Test]
    public void Many_users_of_one_service_are_not_offered_the_same_large_numbers()
    {
        var alice = For("alice", UsernameSettings.Default).Select(name => name.Display["alice".Length..]);
        var bobby = For("bobby", UsernameSettings.Default).Select(name => name.Display["bobby".Length..]);

        Assert.That(alice.Intersect(bobby).Count(), Is.LessThan(20));
    }

    [TestCase("[a-z]+", 10)]
    [TestCase("[a-z0-9]{5,6}", 10)]
    [TestCase("alice", 0)]
    public void Obey_the_pattern_if_any_can(string pattern, int atLeast)
    {
        var rules = Names.Under(LookAlikePolicy.Strict, pattern, max: 6);
        var found = For("alice", rules);

        Assert.That(found, Has.Count.AtLeast(atLeast).And.Count.AtMost(atLeast == 0 ? 0 : UsernameSuggestions.Limit));
        Assert.That(found.Select(name => name.Display), Is.All.Match($"^{pattern}$"));
    }

    [Test]
    public void Make_room_where_the_name_is_as_long_as_it_can_be()
    {
        var rules = Names.Under(LookAlikePolicy.MixedScript, max: 5);

        Assert.That(For("alice", rules)[0].Display, Is.EqualTo("alic2"));
        Assert.That(For("\u0635\u0642\u0631\u0667", UsernameSettings.Default)[0].Display, Is.EqualTo("\u0635\u0642\u0631\u0667\u0662"), "in its own digits");
        Assert.That(For("a", Names.Under(LookAlikePolicy.MixedScript, max: 1))[0].Display, Is.EqualTo("2"));
        Assert.That(For(Texts.Repeat("\ud801\udc00", 5), rules)[0].Display, Is.EqualTo(Texts.Repeat("\ud801\udc00", 4) + "2"));
    }

    [Test]
    public void Are_made_in_every_script() =>
        Assert.That(
            OrdinaryNames.All.Where(entry => Names.IsTaken(entry.Name, LookAlikePolicy.MixedScript))
                .Where(entry => For(entry.Name, UsernameSettings.Default).Count < 8),
            Is.Empty);

    [FsCheck.NUnit.Property(MaxTest = 500, Arbitrary = [typeof(NameTexts)])]
    public void Are_valid_distinct_and_the_same_every_time(NameText text, int count)
    {
        var rules = Names.Under(LookAlikePolicy.Strict, max: 12);
        if (!Username.TryParse(text.Value, rules, out var wanted, out _))
            return;

        var found = UsernameSuggestions.For(wanted, rules, count);

        Assert.That(found, Has.Count.AtMost(Math.Clamp(count, 0, UsernameSuggestions.Limit)));
        Assert.That(found.Select(name => name.Forms.Skeleton).Append(wanted.Forms.Skeleton), Is.Unique);
        Assert.That(found, Is.EqualTo(UsernameSuggestions.For(wanted, rules, count)));
        Assert.That(found.Select(name => Username.Parse(name.Display, rules)), Is.EqualTo(found));
    }

    private static IReadOnlyList<Username> For(string name, UsernameSettings rules) =>
        UsernameSuggestions.For(Username.Parse(name, rules), rules);
}
