using Profiles.Core.Usernames;

namespace Profiles.Core.Tests.Usernames;

[TestFixture]
public class ContextAndDirectionTests
{
    [TestCase("\u0915\u094d\u200c\u0937", Description = "A non-joiner after a virama.")]
    [TestCase("\u0915\u094d\u200d\u0937", Description = "A joiner after a virama.")]
    [TestCase("\u0639\u0644\u06cc\u200c\u0631\u0636\u0627", Description = "A non-joiner between joined letters.")]
    [TestCase("\u0628\u064e\u200c\u064e\u0628", Description = "Marks are passed over.")]
    [TestCase("l\u00b7l")]
    [TestCase("COL\u00b7LEGI", Description = "In capitals as well: the rule looks at the key.")]
    [TestCase("\u0375\u03b1")]
    [TestCase("\u05d0\u05f3")]
    [TestCase("\u05d0\u05f4\u05d1")]
    [TestCase("\u30ab\u30fb\u30ad")]
    [TestCase("a\u30fb\u529b", Description = "Anywhere in a name with Han.")]
    [TestCase("\u0628\u0660\u0669")]
    [TestCase("\u0628\u06f0\u06f9")]
    public void Takes_what_stands_in_its_place(string name) => Assert.That(Names.IsTaken(name, LookAlikePolicy.Off), Is.True);

    [TestCase("a\u200cb", 1, "between letters that do not join")]
    [TestCase("\u200c\u0628", 0, "first")]
    [TestCase("\u0628\u200c", 1, "last")]
    [TestCase("\u0631\u200c\u062d", 1, "after a letter that joins on the right alone")]
    [TestCase("\u0628\u200d\u0628", 1, "a joiner without a virama")]
    [TestCase("a\u00b7b", 1, "a middle dot between other letters")]
    [TestCase("l\u00b7", 1, "a middle dot at the end")]
    [TestCase("\u0375a", 0, "a Greek sign before Latin")]
    [TestCase("\u03b1\u0375", 1, "a Greek sign at the end")]
    [TestCase("a\u05f3", 1, "a Hebrew sign after Latin")]
    [TestCase("\u05f3\u05d0", 0, "a Hebrew sign first")]
    [TestCase("a\u30fbb", 1, "a Katakana dot without Kana or Han")]
    [TestCase("\u30fb", 0, "a Katakana dot alone")]
    [TestCase("\u0628\u0660\u06f0", 1, "two kinds of Arabic digits")]
    [TestCase("\u0628\u06f0\u0660", 1, "two kinds of Arabic digits")]
    public void Refuses_what_stands_elsewhere(string name, int position, string why)
    {
        var violation = Names.ViolationOf(name);

        Assert.That(violation.Rule, Is.EqualTo(UsernameRule.CharacterOutOfPlace), why);
        Assert.That(violation.Position, Is.EqualTo(position), why);
    }

    [TestCase("\u05d0\u05d1")]
    [TestCase("\u05d0\u05d11", Description = "European digits last.")]
    [TestCase("\u05d01\u05d1", Description = "European digits within.")]
    [TestCase("\u0628\u0661\u0628", Description = "Arabic digits within.")]
    [TestCase("\u05d0_\u05d1", Description = "Neutral within.")]
    [TestCase("\u05d0\u05b7", Description = "A mark last.")]
    [TestCase("1a")]
    [TestCase("_a_")]
    public void Takes_names_of_one_direction(string name) => Assert.That(Names.IsTaken(name, LookAlikePolicy.Off), Is.True);

    [TestCase("1\u05d0", 0, "a digit first")]
    [TestCase("_\u05d0", 0, "a neutral first")]
    [TestCase("\u0661\u0628", 0, "an Arabic digit first")]
    [TestCase("\u0661", 0, "an Arabic digit alone")]
    [TestCase("\u05d0a", 1, "Latin in Hebrew")]
    [TestCase("a\u05d0", 1, "Hebrew in Latin")]
    [TestCase("a\u0661", 1, "an Arabic digit in Latin")]
    [TestCase("\u05d0_", 1, "a neutral last")]
    [TestCase("\u0628\u06611", 2, "both kinds of digits")]
    [TestCase("\u06281\u0661", 2, "both kinds of digits")]
    public void Refuses_names_whose_order_changes_with_what_stands_around(string name, int position, string why)
    {
        var violation = Names.ViolationOf(name);

        Assert.That(violation.Rule, Is.EqualTo(UsernameRule.Direction), why);
        Assert.That(violation.Position, Is.EqualTo(position), why);
    }
}
