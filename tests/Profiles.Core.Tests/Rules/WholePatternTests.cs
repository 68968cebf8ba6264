using Profiles.Core.Rules;

namespace Profiles.Core.Tests.Rules;

public class WholePatternTests
{
    [TestCase("[a-z]+", "abc", true)]
    [TestCase("[a-z]+", "abc1", false)]
    [TestCase("[a-z]+", "1abc", false)]
    [TestCase("a|b", "a", true)]
    [TestCase("a|b", "b", true)]
    [TestCase("a|b", "ab", false)]
    [TestCase("a|ab", "ab", true)]
    [TestCase("^a$", "a", true)]
    [TestCase("^a$", "a\n", false)]
    [TestCase("a", "a\n", false)]
    [TestCase("(?i)ADMIN", "admin", true)]
    [TestCase("(?i)I", "ı", false)]
    [TestCase(".*", "", true)]
    [TestCase(@"\p{L}{1,3}", "äöü", true)]
    public void The_whole_text_has_to_match(string pattern, string text, bool matches)
    {
        Assert.That(WholePattern.Check(pattern), Is.Null);
        Assert.That(new WholePattern(pattern).Matches(text), Is.EqualTo(matches));
    }

    [TestCase("(", "must be a regular expression")]
    [TestCase("a)|(b", "must be a regular expression")]
    [TestCase("[z-a]", "must be a regular expression")]
    [TestCase("(?x)a # b", "must be a regular expression")]
    [TestCase(@"(a)\1", "must do without")]
    [TestCase("a(?=b)b", "must do without")]
    [TestCase("(?<!a)b", "must do without")]
    [TestCase("(?>a+)", "must do without")]
    [TestCase("(?:a{100}){1000}", "must do without")]
    [TestCase("((a{1000}){1000}){1000}", "must do without")]
    [TestCase("a\nb", "must not have control characters")]
    public void Other_expressions_are_refused(string pattern, string rule) =>
        Assert.That(WholePattern.Check(pattern), Does.StartWith(rule));

    [Test]
    public void An_expression_has_at_most_512_code_points()
    {
        Assert.That(WholePattern.Check(string.Concat(Enumerable.Repeat("😀", 512))), Is.Null);
        Assert.That(WholePattern.Check(new string('a', 513)), Does.StartWith("must have at most 512 characters"));
    }

    [Test]
    [CancelAfter(20_000)]
    public void What_takes_long_for_others_takes_no_longer_here() =>
        Assert.That(new WholePattern("(a+)+b").Matches(new string('a', 100_000)), Is.False);

    [Test]
    [CancelAfter(20_000)]
    public void What_cannot_be_decided_soon_does_not_match() =>
        Assert.That(new WholePattern("(a|b|c|.*){500}x").Matches(string.Concat(Enumerable.Repeat("ab", 512))), Is.False);
}
