using System.Text;
using Profiles.Core.Rules;
using Profiles.Core.Tests.Support;

namespace Profiles.Core.Tests.Rules;

[TestFixture]
public class TextRulesTests
{
    [TestCase("")]
    [TestCase(" ")]
    [TestCase("Alice")]
    [TestCase("  Alice\u00a0", Description = "Blanks are kept as given.")]
    [TestCase("e\u0301", Description = "Not NFC: text is stored as given.")]
    [TestCase("\u00e9")]
    [TestCase("\u4f8b\u3048")]
    [TestCase("\ud83d\ude00")]
    [TestCase("\ud800\udc00", Description = "The first pair.")]
    [TestCase("\udbff\udfff", Description = "The last pair.")]
    [TestCase("\u00a0", Description = "The first character after the C1 controls.")]
    [TestCase("~", Description = "The last character before DEL.")]
    [TestCase("\u200d\u2028\ufeff", Description = "Format and separator characters are no controls.")]
    [TestCase("<script>'\";--", Description = "Escaping is for whoever shows it.")]
    [TestCase("\ufffd\uffff")]
    public void Plain_takes_text(string value) => Assert.That(TextRules.Plain(value, 10_000), Is.Null);

    [Test]
    public void Plain_refuses_exactly_the_C0_and_C1_controls_and_DEL()
    {
        for (var c = 0; c <= 0x17f; c++)
        {
            var broken = TextRules.Plain($"a{(char)c}b", 3);
            if (c is <= 0x1f or >= 0x7f and <= 0x9f)
                Assert.That(broken, Is.EqualTo($"must not have control characters, yet has U+{c:X4}"));
            else
                Assert.That(broken, Is.Null, $"U+{c:X4}");
        }
    }

    // The units in figures: attributes are kept as UTF-8, which cannot hold what is tested here.
    [TestCase("D83D", "D83D", "a high one alone")]
    [TestCase("DE00", "DE00", "a low one alone")]
    [TestCase("0061 D83D", "D83D", "a high one at the end")]
    [TestCase("D83D 0061", "D83D", "a high one before a letter")]
    [TestCase("DE00 D83D", "DE00", "the two in the wrong order")]
    [TestCase("D83D D83D DE00", "D83D", "two high ones")]
    [TestCase("D83D DE00 DE00", "DE00", "a low one after a pair")]
    public void Plain_refuses_unpaired_surrogates(string units, string which, string why) =>
        Assert.That(
            TextRules.Plain(Texts.FromUnits(units), 10),
            Is.EqualTo($"must not have unpaired surrogates, yet has U+{which}"),
            why);

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(64)]
    [TestCase(255)]
    public void Plain_counts_code_points(int max)
    {
        foreach (var character in new[] { "a", "\u00e9", "\u4f8b", Texts.Emoji })
        {
            Assert.That(TextRules.Plain(Texts.Repeat(character, max), max), Is.Null);
            Assert.That(
                TextRules.Plain(Texts.Repeat(character, max + 1), max),
                Is.EqualTo($"must have at most {max} characters (code points), yet has {max + 1}"));
        }
    }

    [Test]
    public void Plain_counts_a_combining_sequence_by_its_code_points() =>
        Assert.That(TextRules.Plain("e\u0301", 1), Is.Not.Null);

    [FsCheck.NUnit.Property(MaxTest = 1000)]
    public void Plain_takes_just_what_UTF_8_can_hold_without_controls(byte[] picks)
    {
        const string units = "a\u00e9\u4f8b\ud83d\ude00\ud800\udfff\n";
        var value = string.Concat(picks.Select(pick => units[pick % units.Length]));

        Assert.That(TextRules.Plain(value, int.MaxValue) is null, Is.EqualTo(IsUtf8(value) && !value.Contains('\n')));
    }

    [TestCase("female")]
    [TestCase("male")]
    [TestCase("diverse")]
    public void Gender_takes_its_values(string value) => Assert.That(TextRules.Gender(value), Is.Null);

    [TestCase("Female", "capitals")]
    [TestCase("GENDER_FEMALE", "the name in the contract")]
    [TestCase("unspecified", "that is no value")]
    [TestCase(" male", "a blank")]
    [TestCase("", "nothing")]
    public void Gender_refuses_all_else(string value, string why) =>
        Assert.That(TextRules.Gender(value), Is.EqualTo("must be female, male or diverse"), why);

    [TestCase(0, 0, 100, true)]
    [TestCase(100, 0, 100, true)]
    [TestCase(-1, 0, 100, false)]
    [TestCase(101, 0, 100, false)]
    [TestCase(int.MinValue, 0, 100, false)]
    [TestCase(int.MaxValue, 0, 100, false)]
    [TestCase(5, 5, 5, true)]
    public void A_number_has_to_lie_in_its_range(int value, int min, int max, bool good) =>
        Assert.That(
            NumberRules.InRange(value, min, max), good ? Is.Null : Is.EqualTo($"must be from {min} to {max}, yet is {value}"));

    private static bool IsUtf8(string value)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetByteCount(value) >= 0;
        }
        catch (EncoderFallbackException)
        {
            return false;
        }
    }
}
