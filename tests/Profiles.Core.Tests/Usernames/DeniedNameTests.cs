using Profiles.Core.Errors;
using Profiles.Core.Tests.Support;
using Profiles.Core.Usernames;

namespace Profiles.Core.Tests.Usernames;

[TestFixture]
public class DeniedNameTests
{
    [TestCase("admin", "admin")]
    [TestCase("ADMIN", "ADMIN in capitals")]
    [TestCase("\uff21dmin", "full width")]
    public void Denying_a_name_denies_it_in_any_case_and_width(string denied, string what) =>
        Assert.That(DeniedName.Parse(denied).Forms, Is.EqualTo(Names.FormsOf("admin")), what);

    [Test]
    public void Denying_admin_stops_its_look_alikes()
    {
        var denied = DeniedName.Parse("admin").Forms!;

        Assert.That(Names.FormsOf("ADMIN").Key, Is.EqualTo(denied.Key), "by the key");
        Assert.That(Names.FormsOf("\u0410dmin").SmallLook, Is.EqualTo(denied.SmallLook), "by the look");
        Assert.That(Names.FormsOf("adm1n").Skeleton, Is.EqualTo(denied.Skeleton), "by the skeleton");
        Assert.That(Names.FormsOf("adm1n").SmallLook, Is.Not.EqualTo(denied.SmallLook), "under strict only");
    }

    [Test]
    public void Need_not_obey_the_rules_of_an_organization()
    {
        var long_ = DeniedName.Parse(Texts.Repeat("a", DeniedName.MaxLength));

        Assert.That(long_.Forms!.Key, Has.Length.EqualTo(DeniedName.MaxLength));
        Assert.That(DeniedName.Parse("\u0410dmin").Forms, Is.Not.Null, "mixed scripts");
        Assert.That(DeniedName.Parse("e\u0301").Key, Is.EqualTo("\u00e9"), "not normalized");
    }

    [TestCase("Foo Bar", "foo bar ", "spaces")]
    [TestCase(" ", "  ", "a space alone")]
    [TestCase("\u265a", "\u265a ", "a symbol")]
    [TestCase("E\u0301 \uff21", "\u00e9 a ", "mapped all the same")]
    [TestCase("a\u05d0", "a\u05d0 ", "against the Bidi Rule")]
    [TestCase("Henry\u2163", "henry\u2173 ", "a variant, in small letters")]
    public void What_is_nobodys_name_has_a_key_of_its_own_kind(string text, string key, string why)
    {
        var denied = DeniedName.Parse(text);

        Assert.That((denied.Text, denied.Key, denied.Forms), Is.EqualTo((text, key, (UsernameForms?)null)), why);
    }

    [TestCase("Foo", "foo")]
    [TestCase("FOO B", "foo b")]
    [TestCase("\uff26", "f")]
    public void A_prefix_finds_names_and_other_texts(string prefix, string keyPrefix)
    {
        Assert.That(DeniedName.KeyPrefix(prefix), Is.EqualTo(new KeyPrefix(keyPrefix, keyPrefix)));
        Assert.That(DeniedName.Parse(prefix + "o").Key, Does.StartWith(keyPrefix));
        Assert.That(DeniedName.Parse(prefix + " x").Key, Does.StartWith(keyPrefix));
    }

    [TestCase("\u039b\u039f\u03a3", "\u03bb\u03bf\u03c2", "\u03bb\u03bf\u03c3")]
    [TestCase("\u039b\u039f\u03a3.", "\u03bb\u03bf\u03c2.", "\u03bb\u03bf\u03c3.")]
    [TestCase("\u039b\u039f\u03c3", "\u03bb\u03bf\u03c3", "\u03bb\u03bf\u03c3")]
    [TestCase("\u03a3", "\u03c3", "\u03c3")]
    [TestCase("A\u03a3-\u03a3", "a\u03c2-\u03c3", "a\u03c2-\u03c3")]
    public void A_capital_sigma_at_the_end_of_a_prefix_is_two_letters(string prefix, string ended, string goesOn)
    {
        Assert.That(DeniedName.KeyPrefix(prefix), Is.EqualTo(new KeyPrefix(ended, goesOn)));
        Assert.That(DeniedName.Parse(prefix).Key, Does.StartWith(ended));
        Assert.That(DeniedName.Parse(prefix + "\u0391").Key, Does.StartWith(goesOn));
    }

    [TestCase("", UsernameRule.Empty, "nothing")]
    [TestCase("a\0", UsernameRule.NotText, "cannot be stored")]
    public void Refuses(string text, UsernameRule rule, string why)
    {
        Assert.That(DeniedName.TryParse(text, out _, out var violation), Is.False);
        Assert.That(violation!.Rule, Is.EqualTo(rule), why);
    }

    [Test]
    public void Refuses_what_is_too_long_or_no_text()
    {
        Assert.That(DeniedName.TryParse(Texts.Repeat(Texts.Emoji, 257), out _, out var tooLong), Is.False);
        Assert.That(DeniedName.TryParse(Texts.FromUnits("0061 D83D"), out _, out var half), Is.False);
        Assert.That(DeniedName.TryParse(Texts.Repeat(Texts.Emoji, 256), out _, out _), Is.True);

        Assert.That(tooLong!.Description, Is.EqualTo("must have at most 256 characters (code points), yet has 257"));
        Assert.That((half!.Rule, half.Position), Is.EqualTo((UsernameRule.NotText, 1)));
        Assert.That(() => DeniedName.Parse(string.Empty), Throws.TypeOf<FormatException>());
    }

    [Test]
    public void A_list_has_no_more_text_than_a_request()
    {
        var set = new DeniedNameSet();
        set.Add(Enumerable.Repeat(new string('x', DeniedName.MaxLength), UsernameDenylist.MaxBytes / DeniedName.MaxLength));

        var refused = Assert.Throws<ProfilesException>(() => set.Add(["a"]))!;

        Assert.That(refused.Violations.Single().Field, Is.EqualTo("usernames"));
        Assert.That(set.Names, Has.Count.EqualTo(1));
    }
}
