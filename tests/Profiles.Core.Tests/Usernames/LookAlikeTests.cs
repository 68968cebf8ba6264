using Profiles.Core.Usernames;
using Profiles.Core.Usernames.Unicode;

namespace Profiles.Core.Tests.Usernames;

[TestFixture]
public class LookAlikeTests
{
    [TestCase("alice", "bob2")]
    [TestCase("\u3042\u30ab\u529bA1", "Japanese with Latin")]
    [TestCase("\u738b\u3105A", "Chinese and Bopomofo with Latin")]
    [TestCase("\ud55c\u674eA", "Korean and Han with Latin")]
    [TestCase("\u0430\u0431_1.-", "Cyrillic with what all scripts share")]
    [TestCase("\u0627\u06f1\u06f2", "Arabic with Persian digits")]
    [TestCase("\u0915\u0967", "Devanagari with its digits")]
    [TestCase("\u30e9\u30fc\u3081\u3093", "a sign that two scripts share")]
    public void Mixed_script_takes_one_script_and_the_customary_combinations(string name, string what) =>
        Assert.That(Names.IsTaken(name, LookAlikePolicy.MixedScript), Is.True, what);

    [TestCase("\u0410dmin", UsernameRule.MixedScripts, 0, "Cyrillic in Latin")]
    [TestCase("adm\u0456n", UsernameRule.MixedScripts, 3, "Cyrillic in Latin")]
    [TestCase("\u0430\u0431\u0432x", UsernameRule.MixedScripts, 3, "Latin in Cyrillic")]
    [TestCase("p\u03b1ul", UsernameRule.MixedScripts, 1, "Greek in Latin")]
    [TestCase("\u03b1\u0431", UsernameRule.MixedScripts, 1, "Greek with Cyrillic")]
    [TestCase("ra\u0930\u093e", UsernameRule.MixedScripts, 2, "Devanagari in Latin")]
    [TestCase("\u3042\u3042\ud55c", UsernameRule.MixedScripts, 2, "Korean in Japanese")]
    [TestCase("\u3105\u3105\u3042", UsernameRule.MixedScripts, 2, "Kana with Bopomofo")]
    [TestCase("\u3042x\u0430", UsernameRule.MixedScripts, 2, "Cyrillic in Japanese with Latin")]
    [TestCase("\u0915\u0967" + "1", UsernameRule.MixedNumbers, 2, "two number systems")]
    public void Mixed_script_refuses_other_mixtures_which_off_takes(string name, UsernameRule rule, int position, string what)
    {
        var violation = Names.ViolationOf(name, LookAlikePolicy.MixedScript);

        Assert.That((violation.Rule, violation.Position), Is.EqualTo((rule, position)), what);
        Assert.That(Names.IsTaken(name, LookAlikePolicy.Off), Is.True, what);
    }

    [TestCase("\u0251dam", 0, "a phonetic letter")]
    [TestCase("w\u1d0f\u1d21", 1, "small capitals")]
    [TestCase("\u13e3\u13b3", 0, "a script of limited use")]
    [TestCase("\ua641\u0430", 0, "an old Cyrillic letter")]
    public void Strict_refuses_letters_that_are_not_recommended(string name, int position, string what)
    {
        var violation = Names.ViolationOf(name, LookAlikePolicy.Strict);

        Assert.That(violation.Position, Is.EqualTo(position), what);
        Assert.That(violation.Rule, Is.EqualTo(UsernameRule.UncommonCharacter), what);
    }

    [TestCase("\u0639\u0644\u06cc\u200c\u0631\u0636\u0627", Description = "Joiners are not seen in the skeleton.")]
    [TestCase("\uff76\uff9e", Description = "What is narrow is judged by what it is mapped to.")]
    [TestCase("a$b+c!", Description = "ASCII is common enough.")]
    public void Strict_takes(string name) => Assert.That(Names.IsTaken(name, LookAlikePolicy.Strict), Is.True);

    [TestCase("coco", "\u0441\u043e\u0441\u043e", Description = "Cyrillic, small.")]
    [TestCase("paypa", "\u0440\u0430\u0443\u0440\u0430")]
    [TestCase("ivo", "\u03b9\u03bd\u03bf", Description = "Greek, small.")]
    [TestCase("\u0443\u0440\u0430", "ypa", Description = "Either way round.")]
    [TestCase("\u30ab\u529b", "\u529b\u529b", Description = "Kana and Han, which one name may mix.")]
    public void Names_of_different_scripts_look_alike_in_small_letters(string one, string other)
    {
        Assert.That(Names.FormsOf(one).SmallLook, Is.EqualTo(Names.FormsOf(other).SmallLook));
        Assert.That(Names.FormsOf(one).Key, Is.Not.EqualTo(Names.FormsOf(other).Key));
    }

    [TestCase("bob", "\u0432\u043e\u0432", Description = "Cyrillic BOB.")]
    [TestCase("anna", "\u03b1\u03bd\u03bd\u03b1", Description = "Greek ANNA.")]
    [TestCase("hot", "\u043d\u043e\u0442", Description = "Cyrillic HOT.")]
    [TestCase("\u03b3\u03b1", "\u0433\u0430", Description = "Greek and Cyrillic, whose letters look like no Latin one.")]
    [TestCase("\u03c3\u03bf\u03c3", "\u03c3\u03bf\u03c2", Description = "One word in capitals: with and without a final sigma.")]
    public void Names_look_alike_in_capitals(string one, string other) =>
        Assert.That(Names.FormsOf(one).CapitalLook, Is.EqualTo(Names.FormsOf(other).CapitalLook));

    [TestCase("admin", "adm1n", "a digit for a letter")]
    [TestCase("admin", "ADMlN", "a small l for a capital I")]
    [TestCase("admin", "adm|n", "a stroke")]
    [TestCase("admin", "ADMIN", "the same name")]
    [TestCase("modern", "rnodem", "two letters for one")]
    [TestCase("bob0", "bobo", "a zero")]
    [TestCase("paul", "PAUI", "a capital I for an l")]
    [TestCase("adam", "\u0251dam", "a phonetic letter")]
    [TestCase("irmak", "\u0131rmak", "i without its dot")]
    [TestCase("coco", "\u0441\u043e\u0441\u043e", "another script")]
    [TestCase("na\u00efve", "na\u00efve", "the same name")]
    [TestCase("\u0639\u0644\u06cc\u0631\u0636\u0627", "\u0639\u0644\u06cc\u200c\u0631\u0636\u0627", "a joiner that is not seen")]
    public void Names_with_one_skeleton(string one, string other, string why) =>
        Assert.That(Names.FormsOf(one).Skeleton, Is.EqualTo(Names.FormsOf(other).Skeleton), why);

    [TestCase("van", "nan", "Greek nu would be both")]
    [TestCase("hanna", "nanna", "Greek eta would be both")]
    [TestCase("luis", "lyis", "Greek upsilon would be both")]
    [TestCase("bob", "dod", "mirrored")]
    [TestCase("anna", "\u00e4nna", "a mark is seen")]
    [TestCase("six", "sex", "other letters")]
    public void Names_that_differ_at_a_glance_have_skeletons_of_their_own(string one, string other, string why) =>
        Assert.That(Names.FormsOf(one).Skeleton, Is.Not.EqualTo(Names.FormsOf(other).Skeleton), why);

    [TestCase("admin", "adm1n")]
    [TestCase("paul", "paui")]
    [TestCase("modern", "rnodem")]
    [TestCase("bob0", "bobo")]
    [TestCase("irmak", "\u0131rmak")]
    [TestCase("ko\u0161", "ko\u015b")]
    [TestCase("\u03c3\u03bf", "\u03bf\u03c3")]
    [TestCase("\u0456\u0440", "\u04cf\u0440")]
    [TestCase("\u0647\u0627", "\u0629\u0627")]
    [TestCase("\u0e01\u0e14", "\u0e01\u0e15")]
    public void Names_of_one_script_never_look_alike_across_scripts(string one, string other)
    {
        Assert.That(Names.FormsOf(one).SmallLook, Is.Not.EqualTo(Names.FormsOf(other).SmallLook));
        Assert.That(Names.FormsOf(one).CapitalLook, Is.Not.EqualTo(Names.FormsOf(other).CapitalLook));
    }

    [TestCase("Alice_99")]
    [TestCase("\u00c4rger\u00df\u0131\u0251\u1e9e", Description = "Any Latin letters.")]
    [TestCase("a|0.-m")]
    public void The_looks_of_a_Latin_name_are_its_key(string name)
    {
        var forms = Names.FormsOf(name);

        Assert.That((forms.SmallLook, forms.CapitalLook), Is.EqualTo((forms.Key, forms.Key)));
        Assert.That(forms.SmallLook, Is.SameAs(forms.Key));
    }

    // But for those that are one letter in capitals: the final sigma, and old variants of Cyrillic letters.
    [Test]
    public void No_two_letters_of_a_script_have_one_look()
    {
        var letters = Enumerable.Range(0, 0x20000)
            .Where(codePoint => CharacterTable.Get(codePoint).Class == IdentifierClass.Valid)
            .Where(codePoint => !Mappings.Lower.ContainsKey(codePoint) && !Mappings.Decompositions.ContainsKey(codePoint))
            .Where(codePoint => codePoint is not (0x3C2 or 0x345 or (>= 0x1C80 and <= 0x1C88)))
            .Select(codePoint => (Script: CharacterTable.Get(codePoint).Scripts, CodePoint: codePoint))
            .Where(letter => letter.Script.WithoutFirst().IsEmpty && letter.Script != Scripts.Set("Common") && letter.Script != Scripts.Set("Inherited"))
            .ToList();

        foreach (var look in new Func<LookAlike, int>[] { look => look.Small, look => look.Capital })
        {
            var shared = letters
                .GroupBy(letter => (letter.Script, Look: LookAlikeTable.Find(letter.CodePoint) is { } entry ? look(entry) : letter.CodePoint))
                .Where(group => group.Count() > 1)
                .Select(group => string.Join(' ', group.Select(letter => CodePoints.Describe(letter.CodePoint))));
            Assert.That(shared, Is.Empty);
        }

        Assert.That(letters, Has.Count.GreaterThan(60_000));
    }
}
