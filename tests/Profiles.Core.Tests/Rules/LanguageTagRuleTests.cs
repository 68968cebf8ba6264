using Profiles.Core.Rules;

namespace Profiles.Core.Tests.Rules;

[TestFixture]
public class LanguageTagRuleTests
{
    [TestCase("de")]
    [TestCase("DE-ch", Description = "Case means nothing.")]
    [TestCase("gsw")]
    [TestCase("abcd", Description = "Four letters are reserved, and well-formed.")]
    [TestCase("abcdefgh", Description = "A registered language of up to eight letters.")]
    [TestCase("zh-Hant")]
    [TestCase("zh-Hant-TW")]
    [TestCase("es-419")]
    [TestCase("zh-cmn-Hans-CN", Description = "An extended language.")]
    [TestCase("zh-aaa-bbb-ccc")]
    [TestCase("sl-rozaj-biske-1994")]
    [TestCase("de-CH-1901")]
    [TestCase("de-Latn-DE-1996")]
    [TestCase("de-1abc", Description = "A variant of four that begins with a digit.")]
    [TestCase("en-a-bbb-x-a-ccc")]
    [TestCase("de-CH-u-co-phonebk")]
    [TestCase("en-u-ab-v-cd")]
    [TestCase("en-0-ab", Description = "A digit is a singleton too.")]
    [TestCase("x-a")]
    [TestCase("x-whatever-1")]
    [TestCase("de-x-a-b-12345678")]
    [TestCase("en-x-x-x", Description = "In private use x is a subtag like any other.")]
    [TestCase("i-klingon")]
    [TestCase("I-DEFAULT")]
    [TestCase("en-GB-oed")]
    [TestCase("sgn-be-fr")]
    [TestCase("art-lojban")]
    [TestCase("zh-min-nan")]
    [TestCase("en-a-aaaaaaaa-bbbbbbbb-cccccccc-ddd", Description = "35 characters.")]
    public void Takes_tags(string value) => Assert.That(LanguageTagRule.Check(value), Is.Null);

    [TestCase("", "nothing")]
    [TestCase("d", "one letter")]
    [TestCase("-", "no subtags")]
    [TestCase("de-", "an empty subtag")]
    [TestCase("-de", "an empty language")]
    [TestCase("de--CH", "an empty subtag within")]
    [TestCase("de_CH", "an underscore")]
    [TestCase("de-CH.UTF-8", "a POSIX locale")]
    [TestCase("C", "a POSIX locale")]
    [TestCase("de CH", "a blank")]
    [TestCase(" de", "a blank first")]
    [TestCase("de\0", "NUL")]
    [TestCase("*", "a range")]
    [TestCase("de;q=0.5", "a weight")]
    [TestCase("de,fr", "two tags")]
    [TestCase("d1", "a digit in the language")]
    [TestCase("12", "digits for the language")]
    [TestCase("abcdefghi", "nine letters")]
    [TestCase("d\u00e9", "a letter beyond ASCII")]
    [TestCase("de-\u0661\u0662\u0663", "Arabic-Indic digits for the region")]
    [TestCase("abcd-cmn", "an extended language after four letters")]
    [TestCase("zh-aaa-bbb-ccc-ddd", "four extended languages")]
    [TestCase("de-CH-Latn", "script after region")]
    [TestCase("de-1996-CH", "region after variant")]
    [TestCase("de-Latn-Cyrl", "two scripts")]
    [TestCase("de-CH-AT", "two regions")]
    [TestCase("de-12", "two digits are no region")]
    [TestCase("de-CH-abc1", "a variant of four that begins with a letter")]
    [TestCase("de-abcdefghi", "a subtag of nine")]
    [TestCase("de-1996-1996", "a variant twice")]
    [TestCase("de-rozaj-ROZAJ", "a variant twice, in another case")]
    [TestCase("de-a", "an extension without content")]
    [TestCase("de-a-b-cc", "an extension without content before another")]
    [TestCase("de-a-b", "content of one character")]
    [TestCase("de-a-bb-a-cc", "a singleton twice")]
    [TestCase("de-a-bb-A-cc", "a singleton twice, in another case")]
    [TestCase("de-\u00e9-bb", "a singleton beyond ASCII")]
    [TestCase("de-a-abcdefghi", "content of nine")]
    [TestCase("x", "private use without content")]
    [TestCase("de-x", "private use without content")]
    [TestCase("x-", "an empty private subtag")]
    [TestCase("x-abcdefghi", "a private subtag of nine")]
    [TestCase("x-a_b", "an underscore")]
    [TestCase("i-alice", "never registered")]
    [TestCase("i", "no tag")]
    [TestCase("en-a-aaaaaaaa-bbbbbbbb-cccccccc-dddd", "36 characters")]
    public void Refuses_all_else(string value, string why) =>
        Assert.That(
            LanguageTagRule.Check(value), Is.EqualTo("must be a BCP 47 language tag such as de-CH, at most 35 characters"), why);

    [FsCheck.NUnit.Property]
    public void Case_means_nothing(string? text)
    {
        var value = text ?? string.Empty;

        Assert.That(LanguageTagRule.Check(value.ToUpperInvariant()), Is.EqualTo(LanguageTagRule.Check(value.ToLowerInvariant())));
    }
}
