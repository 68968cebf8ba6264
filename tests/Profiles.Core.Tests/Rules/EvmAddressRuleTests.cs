using Profiles.Core.Rules;

namespace Profiles.Core.Tests.Rules;

[TestFixture]
public class EvmAddressRuleTests
{
    [TestCase("0x0000000000000000000000000000000000000000")]
    [TestCase("0xabcdefabcdefabcdefabcdefabcdefabcdef0123")]
    [TestCase("0xABCDEFABCDEFABCDEFABCDEFABCDEFABCDEF4567")]
    [TestCase("0xAbCdEf0000000000000000000000000000000089", Description = "The checksum is not checked.")]
    public void Takes_addresses(string value) => Assert.That(EvmAddressRule.Check(value), Is.Null);

    [TestCase("", "nothing")]
    [TestCase("0x", "no digits")]
    [TestCase("0x000000000000000000000000000000000000000", "39 digits")]
    [TestCase("0x00000000000000000000000000000000000000000", "41 digits")]
    [TestCase("000000000000000000000000000000000000000000", "42 digits without the prefix")]
    [TestCase("0X0000000000000000000000000000000000000000", "a capital X")]
    [TestCase("0x000000000000000000000000000000000000000g", "no hexadecimal digit")]
    [TestCase("0x 00000000000000000000000000000000000000 ", "blanks")]
    [TestCase("0x00000000000000000000000000000000000000\uff10\uff10", "full-width digits")]
    [TestCase("0x000000000000000000000000000000000000000\0", "NUL")]
    [TestCase("alice.example.eth00000000000000000000000000", "a name")]
    public void Refuses_all_else(string value, string why) =>
        Assert.That(EvmAddressRule.Check(value), Is.EqualTo("must be 0x and 40 hexadecimal digits"), why);
}
