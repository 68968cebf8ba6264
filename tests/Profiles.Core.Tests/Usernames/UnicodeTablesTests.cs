using System.Security.Cryptography;
using Profiles.Core.Usernames.Unicode;

namespace Profiles.Core.Tests.Usernames;

[TestFixture]
public class UnicodeTablesTests
{
    // A new Unicode version changes these; an edit by hand must not.
    [TestCase("unicode-characters", "0411dbea443941e16a35ef13d4a608e1b0417c298fd80dae220560e6a3a99e35")]
    [TestCase("unicode-mappings", "a84f6872d98e5719c4ce26e3c332c4944daf15b90ef6b8c4c4a3dc5734dab681")]
    [TestCase("unicode-look-alikes", "a713ded435fd7db24904ca503eda141f04e5082dc40538c34a07ae47a5c50c0e")]
    [TestCase("unicode-scripts", "bef22ad8d2edf5c2ebebbb7dc2fb29cf467da13be37cbfafb352ee9e61053f62")]
    public void Are_as_the_command_wrote_them(string name, string checksum)
    {
        using var stream = typeof(CharacterTable).Assembly.GetManifestResourceStream(name)!;

        Assert.That(Convert.ToHexStringLower(SHA256.HashData(stream)), Is.EqualTo(checksum));
    }

    [Test]
    public void Travel_with_their_licence()
    {
        using var stream = typeof(CharacterTable).Assembly.GetManifestResourceStream("unicode-license")!;
        using var reader = new StreamReader(stream);

        Assert.That(reader.ReadToEnd(), Does.Contain("UNICODE LICENSE V3").And.Contain("Copyright"));
    }

    [TestCase(0x61, IdentifierClass.Valid, BidiClass.L, "Latin")]
    [TestCase(0x31, IdentifierClass.Valid, BidiClass.EN, "Common")]
    [TestCase(0x301, IdentifierClass.Valid, BidiClass.NSM, "Cherokee Cyrillic Greek Latin Osage Sunuwar Tai_Le Todhri")]
    [TestCase(0x5D0, IdentifierClass.Valid, BidiClass.R, "Hebrew")]
    [TestCase(0x627, IdentifierClass.Valid, BidiClass.AL, "Arabic")]
    [TestCase(0x660, IdentifierClass.ContextOther, BidiClass.AN, "Arabic Thaana Yezidi")]
    [TestCase(0x30FC, IdentifierClass.Valid, BidiClass.L, "Hiragana Katakana")]
    [TestCase(0x200D, IdentifierClass.ContextJoiner, BidiClass.BN, "Inherited")]
    [TestCase(0x3007, IdentifierClass.Valid, BidiClass.L, "Han")]
    [TestCase(0x323AF, IdentifierClass.Valid, BidiClass.L, "Han", Description = "The end of a long range.")]
    [TestCase(0x11DE0, IdentifierClass.Valid, BidiClass.L, "Tolong_Siki", Description = "New in Unicode 17.")]
    public void Know_what_a_character_is(int codePoint, object own, object bidi, string scripts)
    {
        var properties = CharacterTable.Get(codePoint);

        Assert.That((properties.Class, properties.Bidi, properties.Scripts), Is.EqualTo(((IdentifierClass)own, (BidiClass)bidi, Scripts.Set(scripts))));
    }

    [TestCase(0x1F600, IdentifierClass.Symbol)]
    [TestCase(0x2163, IdentifierClass.Compatibility)]
    [TestCase(0xE0001, IdentifierClass.Ignorable)]
    [TestCase(0x10FFFF, IdentifierClass.Ignorable)]
    [TestCase(0xE0FFF, IdentifierClass.Unassigned)]
    [TestCase(0x378, IdentifierClass.Unassigned)]
    [TestCase(0x0, IdentifierClass.Control)]
    public void Know_why_a_character_is_disallowed(int codePoint, object own) =>
        Assert.That(CharacterTable.Get(codePoint).Class, Is.EqualTo((IdentifierClass)own));
}
