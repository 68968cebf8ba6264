using Profiles.Core.Rules;
using Profiles.Core.Tests.Support;

namespace Profiles.Core.Tests.Rules;

[TestFixture]
public class AttributeRulesTests
{
    [TestCase("a")]
    [TestCase("_")]
    [TestCase("0")]
    [TestCase("Tier_2")]
    [TestCase("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789__", Description = "64 characters.")]
    public void Takes_keys(string key) => Assert.That(AttributeRules.Key(key), Is.Null);

    [TestCase("", "nothing")]
    [TestCase("a b", "a blank")]
    [TestCase("a-b", "a hyphen")]
    [TestCase("a.b", "a dot: a mask could not name it")]
    [TestCase("a\"b", "a quote")]
    [TestCase("\u00e9", "a letter beyond ASCII")]
    [TestCase("a\0", "NUL")]
    [TestCase("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789___", "65 characters")]
    public void Refuses_other_keys(string key, string why) =>
        Assert.That(AttributeRules.Key(key), Is.EqualTo("must have a key of 1–64 characters of A–Z a–z 0–9 _"), why);

    [Test]
    public void A_value_has_at_most_1024_code_points_and_may_be_empty()
    {
        Assert.That(AttributeRules.Value(string.Empty), Is.Null);
        Assert.That(AttributeRules.Value(Texts.Repeat(Texts.Emoji, 1024)), Is.Null);
        Assert.That(AttributeRules.Value(Texts.Repeat(Texts.Emoji, 1025)), Does.Contain("at most 1024"));
        Assert.That(AttributeRules.Value("a\nb"), Does.Contain("U+000A"));
        Assert.That(AttributeRules.Value(Texts.FromUnits("D83D")), Does.Contain("U+D83D"));
        Assert.That(AttributeRules.Key(Texts.FromUnits("D83D")), Is.Not.Null);
    }
}
