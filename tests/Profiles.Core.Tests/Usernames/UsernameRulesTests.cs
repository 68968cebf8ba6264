using Profiles.Core.Tests.Support;
using Profiles.Core.Usernames;

namespace Profiles.Core.Tests.Usernames;

[TestFixture]
public class UsernameRulesTests
{
    [Test]
    public void Without_settings_names_are_unique_for_the_eye_across_scripts()
    {
        var settings = UsernameRules.Default.Settings;

        Assert.That((settings.MinLength, settings.MaxLength, settings.Pattern), Is.EqualTo((1, 64, (string?)null)));
        Assert.That((settings.Unique, settings.LookAlikes), Is.EqualTo((true, LookAlikePolicy.MixedScript)));
        Assert.That((settings.HoldDays, settings.RenamesPerDay), Is.EqualTo((14, 5)));
    }

    [Test]
    public void Limits_themselves_are_valid()
    {
        Assert.That(Check(new UsernameSettings { MinLength = 128, MaxLength = 128, HoldDays = 365, RenamesPerDay = 1000 }), Is.Empty);
        Assert.That(Check(new UsernameSettings { MinLength = 1, MaxLength = 1, HoldDays = 0, RenamesPerDay = 1, Pattern = "." }), Is.Empty);
    }

    [Test]
    public void Every_broken_setting_is_named_with_its_rule()
    {
        var broken = Check(new UsernameSettings
        {
            MinLength = 0,
            MaxLength = 129,
            HoldDays = 366,
            RenamesPerDay = 0,
            LookAlikes = (LookAlikePolicy)9,
            Pattern = "(",
        });

        Assert.That(broken, Is.EqualTo(new[]
        {
            "s.min_length must be 1–128, yet is 0",
            "s.max_length must be 1–128, yet is 129",
            "s.hold_days must be 0–365, yet is 366",
            "s.renames_per_day must be 1–1000, yet is 0",
            "s.look_alikes must be off, mixed-script or strict",
            "s.pattern must be a regular expression, yet has an error at character 1: InsufficientClosingParentheses",
        }));
        Assert.That(Check(new UsernameSettings { MinLength = 9, MaxLength = 8 }), Is.EqualTo(new[] { "s.min_length must not be above max_length" }));
    }

    [TestCase("[a-z0-9_]{3,20}")]
    [TestCase(@"\p{L}[\p{L}\p{Nd}]*")]
    [TestCase("(?i)[a-z]+")]
    [TestCase("a|b|c")]
    [TestCase("^abc$", Description = "Anchors of one's own do no harm.")]
    public void Takes_patterns(string pattern) => Assert.That(Check(new UsernameSettings { Pattern = pattern }), Is.Empty);

    [TestCase("", "1–512 characters", "nothing")]
    [TestCase("[", "UnterminatedBracket", "not closed")]
    [TestCase("a)|(b", "InsufficientOpeningParentheses", "would escape the anchors")]
    [TestCase(@"a\", "UnescapedEndingBackslash", "an escape of nothing")]
    [TestCase("a{2,1}", "ReversedQuantifierRange", "no such range")]
    [TestCase(@"(a)\1", "without backtracking", "a back-reference")]
    [TestCase("(?=a)a", "without backtracking", "look-ahead")]
    [TestCase("(?<!a)a", "without backtracking", "look-behind")]
    [TestCase("(?>a+)a", "without backtracking", "an atomic group")]
    [TestCase("(a{1000}){1000}", "without backtracking", "a million states")]
    [TestCase("(?x)a # b", "InsufficientClosingParentheses", "a remark that would hide the anchor")]
    public void Refuses_patterns(string pattern, string words, string why) =>
        Assert.That(Check(new UsernameSettings { Pattern = pattern }), Has.One.StartsWith("s.pattern must ").And.One.Contains(words), why);

    [Test]
    public void A_pattern_has_at_most_512_characters()
    {
        Assert.That(Check(new UsernameSettings { Pattern = Texts.Repeat("a", 512) }), Is.Empty);
        Assert.That(Check(new UsernameSettings { Pattern = Texts.Repeat("a", 513) }), Has.One.Contains("1–512"));
    }

    private static List<string> Check(UsernameSettings settings)
    {
        var valid = UsernameRules.TryCreate(settings, "s.", out var rules, out var violations);

        Assert.That(valid, Is.EqualTo(violations.Count == 0));
        Assert.That(rules?.Settings, Is.EqualTo(valid ? settings : null));
        return [.. violations.Select(violation => $"{violation.Field} {violation.Description}")];
    }
}
