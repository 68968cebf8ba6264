using Profiles.Core.Tests.Support;
using Profiles.Core.Usernames;

namespace Profiles.Core.Tests.Usernames;

[TestFixture]
public class UsernameTests
{
    [TestCase("juliet@example.com", "juliet@example.com")]
    [TestCase("Alice", "alice")]
    [TestCase("fussball", "fussball")]
    [TestCase("fu\u00dfball", "fu\u00dfball", Description = "Lower case is not case folding: it stays another name.")]
    [TestCase("FU\u1e9eBALL", "fu\u00dfball")]
    [TestCase("\u03c0", "\u03c0")]
    [TestCase("\u03a3", "\u03c3")]
    [TestCase("\u03c2", "\u03c2", Description = "RFC 8265 keeps the final sigma.")]
    [TestCase("\u039d\u03af\u03ba\u039f\u03a3", "\u03bd\u03af\u03ba\u03bf\u03c2", Description = "A capital sigma at the end is a final one.")]
    [TestCase("\u0130rem", "i\u0307rem")]
    [TestCase("Irem", "irem")]
    [TestCase("\u0131rem", "\u0131rem")]
    [TestCase("\uff21\uff4c\uff11", "al1", Description = "Full width.")]
    [TestCase("\uff76\uff9e", "\u30ac", Description = "Half width; the mark composes.")]
    [TestCase("\u00c5ngstr\u00f6m", "\u00e5ngstr\u00f6m")]
    [TestCase("\u1c90\u1c91", "\u10d0\u10d1", Description = "Georgian capitals.")]
    [TestCase("\ud801\udc00", "\ud801\udc28", Description = "Deseret: capitals beyond the first plane.")]
    [TestCase("\ua7ce", "\ua7cf", Description = "New in Unicode 17.")]
    [TestCase("\u0e25\u0e4d\u0e32\u0e44\u0e22", "\u0e25\u0e4d\u0e32\u0e44\u0e22", Description = "Thai am as two characters.")]
    [TestCase("\u0e84\u0ecd\u0eb2", "\u0e84\u0ecd\u0eb2", Description = "Lao am as two characters.")]
    [TestCase("\u0561\u0580\u0565\u0582", "\u0561\u0580\u0565\u0582", Description = "Armenian ew as two characters.")]
    public void A_key_is_the_name_without_case_and_width(string text, string key)
    {
        Assert.That(Names.FormsOf(text).Key, Is.EqualTo(key));
        Assert.That(Username.Parse(text, UsernameSettings.Default).Display, Is.SameAs(text));
    }

    [TestCase("foo bar", UsernameRule.DisallowedCharacter, 3, 0x20, "a space")]
    [TestCase("a\tb", UsernameRule.DisallowedCharacter, 1, 0x09, "a control character")]
    [TestCase("\0", UsernameRule.DisallowedCharacter, 0, 0x00, "a control character")]
    [TestCase("a\u007f", UsernameRule.DisallowedCharacter, 1, 0x7F, "a control character")]
    [TestCase("a\u00a0b", UsernameRule.DisallowedCharacter, 1, 0xA0, "a variant")]
    [TestCase("a\u3000b", UsernameRule.DisallowedCharacter, 1, 0x3000, "a space")]
    [TestCase("henry\u2163", UsernameRule.DisallowedCharacter, 5, 0x2163, "a variant")]
    [TestCase("\u265a", UsernameRule.DisallowedCharacter, 0, 0x265A, "a symbol")]
    [TestCase("x\ud83d\ude00y", UsernameRule.DisallowedCharacter, 1, 0x1F600, "a symbol")]
    [TestCase("\ud801\udc00 ", UsernameRule.DisallowedCharacter, 1, 0x20, "a space", Description = "Counted in code points.")]
    [TestCase("\u201cal\u201d", UsernameRule.DisallowedCharacter, 0, 0x201C, "a punctuation mark")]
    [TestCase("al\u00adice", UsernameRule.DisallowedCharacter, 2, 0xAD, "an invisible character")]
    [TestCase("al\u200bice", UsernameRule.DisallowedCharacter, 2, 0x200B, "an invisible character")]
    [TestCase("al\u202eice", UsernameRule.DisallowedCharacter, 2, 0x202E, "an invisible character")]
    [TestCase("\ufeffalice", UsernameRule.DisallowedCharacter, 0, 0xFEFF, "an invisible character")]
    [TestCase("a\ufe0f", UsernameRule.DisallowedCharacter, 1, 0xFE0F, "an invisible character")]
    [TestCase("a\u0378", UsernameRule.DisallowedCharacter, 1, 0x378, "no character of Unicode 17")]
    [TestCase("a\uffff", UsernameRule.DisallowedCharacter, 1, 0xFFFF, "an invisible character", Description = "A noncharacter.")]
    [TestCase("a\ue000", UsernameRule.DisallowedCharacter, 1, 0xE000, "no identifier", Description = "Private use.")]
    [TestCase("a\u01c5", UsernameRule.DisallowedCharacter, 1, 0x1C5, "a variant", Description = "Title case.")]
    [TestCase("\u1100\u3042", UsernameRule.DisallowedCharacter, 0, 0x1100, "no identifier", Description = "A part of a Hangul syllable.")]
    [TestCase("\u0640\u0640", UsernameRule.DisallowedCharacter, 0, 0x640, "no identifier", Description = "The Arabic stroke that lengthens.")]
    [TestCase("e\u0301", UsernameRule.NotNormalized, 0, 0x65, "U+00E9")]
    [TestCase("a\u212b", UsernameRule.NotNormalized, 1, 0x212B, "U+00C5")]
    [TestCase("a\u0301\u0323", UsernameRule.NotNormalized, 0, 0x61, "U+1EA1", Description = "Marks out of order.")]
    [TestCase("\u1112\u1161\u11ab", UsernameRule.NotNormalized, 0, 0x1112, "U+D55C")]
    [TestCase("\u0301a", UsernameRule.CombiningMarks, 0, 0x301, "begin")]
    [TestCase("\u093ea", UsernameRule.CombiningMarks, 0, 0x93E, "begin", Description = "A mark that takes space.")]
    [TestCase("x\u0301\u0301\u0301\u0301\u0301", UsernameRule.CombiningMarks, 5, 0x301, "four")]
    public void What_stands_in_no_name_is_named_with_its_place(string text, UsernameRule rule, int position, int codePoint, string words)
    {
        var violation = Names.ViolationOf(text);

        Assert.That((violation.Rule, violation.Position, violation.CodePoint), Is.EqualTo((rule, position, codePoint)));
        Assert.That(violation.Description, Does.Contain(words).And.Contain($"U+{codePoint:X4}").And.Contain($"at index {position}"));
    }

    [TestCase("D83D", 0, "alone")]
    [TestCase("0061 DE00", 1, "the second half alone")]
    [TestCase("D83D DE00 DE00", 1, "after a pair")]
    public void A_half_character_is_no_text(string units, int position, string why) =>
        Assert.That(Names.ViolationOf(Texts.FromUnits(units)), Has.Property("Rule").EqualTo(UsernameRule.NotText).And.Property("Position").EqualTo(position), why);

    [Test]
    public void A_message_goes_on_from_the_fields_name()
    {
        Assert.That(Names.ViolationOf("foo bar").Description, Is.EqualTo("must not have U+0020 at index 3, a space"));
        Assert.That(
            Names.ViolationOf("\u0410dmin", LookAlikePolicy.MixedScript).Description,
            Is.EqualTo("must not mix scripts, yet has U+0410 \"\u0410\" at index 0, which is Cyrillic among Latin"));
        Assert.That(() => Username.Parse(string.Empty, UsernameSettings.Default), Throws.TypeOf<FormatException>().With.Message.EqualTo("A username must not be empty."));
    }

    [Test]
    public void Lengths_are_counted_in_code_points()
    {
        var deseret = "\ud801\udc00";
        var rules = Names.Under(LookAlikePolicy.Off, min: 3, max: 5);

        Assert.That(Username.TryParse(Texts.Repeat(deseret, 5), rules, out _, out _), Is.True);
        Assert.That(Username.TryParse(Texts.Repeat(deseret, 6), rules, out _, out var tooLong), Is.False);
        Assert.That(Username.TryParse("ab", rules, out _, out var tooShort), Is.False);
        Assert.That(Username.TryParse(string.Empty, rules, out _, out var empty), Is.False);

        Assert.That(tooLong!.Description, Is.EqualTo("must have at most 5 characters (code points), yet has 6"));
        Assert.That(tooShort!.Description, Is.EqualTo("must have at least 3 characters (code points), yet has 2"));
        Assert.That((tooLong.Rule, tooShort.Rule, empty!.Rule), Is.EqualTo((UsernameRule.TooLong, UsernameRule.TooShort, UsernameRule.Empty)));
    }

    [Test]
    public void A_name_matches_the_pattern_as_a_whole_and_as_given()
    {
        var rules = Names.Under(LookAlikePolicy.Off, pattern: "[a-z]+|x1");

        Assert.That(Username.TryParse("alice", rules, out _, out _), Is.True);
        Assert.That(Username.TryParse("x1", rules, out _, out _), Is.True);
        Assert.That(Username.TryParse("Alice", rules, out _, out var violation), Is.False);
        Assert.That(violation!.Rule, Is.EqualTo(UsernameRule.Pattern));
        Assert.That(violation.Description, Is.EqualTo("must match the organization's pattern [a-z]+|x1"));
        Assert.That(Username.TryParse("alice1", rules, out _, out _), Is.False);
        Assert.That(Username.TryParse("x12", rules, out _, out _), Is.False);
    }

    [Test]
    public void Every_character_alone_is_taken_with_a_stable_key_or_refused()
    {
        var rules = Names.Under(LookAlikePolicy.Off);
        var taken = 0;
        for (var codePoint = 0; codePoint <= 0x10FFFF; codePoint++)
        {
            if (codePoint is >= 0xD800 and <= 0xDFFF)
                continue;
            var text = char.ConvertFromUtf32(codePoint);
            if (!Username.TryParse(text, rules, out var name, out _))
                continue;
            taken++;
            if (!Username.TryParse(name.Key, rules, out var again, out _) || again.Key != name.Key)
                Assert.Fail($"U+{codePoint:X4}");
        }

        Assert.That(taken, Is.GreaterThan(130_000));
    }
}
