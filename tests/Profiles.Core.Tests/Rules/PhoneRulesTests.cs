using Profiles.Core.Rules;

namespace Profiles.Core.Tests.Rules;

[TestFixture]
public class PhoneRulesTests
{
    [TestCase("0")]
    [TestCase("+1")]
    [TestCase("+41791234567")]
    [TestCase("0791234567")]
    [TestCase("12345678901234567890123456789012", Description = "32 digits.")]
    [TestCase("+1234567890123456789012345678901", Description = "The plus sign and 31 digits.")]
    public void Takes_numbers(string value) => Assert.That(PhoneRules.Number(value), Is.Null);

    [TestCase("", "nothing")]
    [TestCase("+", "no digit")]
    [TestCase("++1", "two plus signs")]
    [TestCase("1+", "a plus sign at the end")]
    [TestCase("4 1", "a blank")]
    [TestCase(" 41", "a blank first")]
    [TestCase("079-123", "a hyphen")]
    [TestCase("(079)", "brackets")]
    [TestCase("0x10", "letters")]
    [TestCase("\u0661\u0662", "Arabic-Indic digits")]
    [TestCase("\uff11", "a full-width digit")]
    [TestCase("\uff0b1", "a full-width plus sign")]
    [TestCase("1\0", "NUL")]
    [TestCase("123456789012345678901234567890123", "33 digits")]
    [TestCase("+12345678901234567890123456789012", "33 characters")]
    public void Refuses_other_numbers(string value, string why) =>
        Assert.That(
            PhoneRules.Number(value), Is.EqualTo("must be digits with an optional leading +, at most 32 characters"), why);

    [TestCase("1")]
    [TestCase("+1")]
    [TestCase("+41")]
    [TestCase("1684")]
    [TestCase("+1684")]
    public void Takes_country_codes(string value) => Assert.That(PhoneRules.CountryCode(value), Is.Null);

    [TestCase("", "nothing")]
    [TestCase("+", "no digit")]
    [TestCase("12345", "five digits")]
    [TestCase("+12345", "five digits after the plus sign")]
    [TestCase("++1", "two plus signs")]
    [TestCase("CH", "a country")]
    [TestCase("+4 1", "a blank")]
    [TestCase("-41", "a minus sign")]
    public void Refuses_other_country_codes(string value, string why) =>
        Assert.That(PhoneRules.CountryCode(value), Is.EqualTo("must be 1–4 digits with an optional leading +"), why);
}
