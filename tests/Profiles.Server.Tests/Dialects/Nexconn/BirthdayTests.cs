using Profiles.Core.Rules;
using Profiles.Server.Dialects.Nexconn;

namespace Profiles.Server.Tests.Dialects.Nexconn;

internal sealed class BirthdayTests
{
    [TestCase("2001-12-21", "2001-12-21")]
    [TestCase("20011221", "2001-12-21")]
    [TestCase("2001/12/21", "2001-12-21")]
    [TestCase("2001.12.21", "2001-12-21")]
    [TestCase("20011221T080000", "2001-12-21")]
    [TestCase("20011221 08:00", "2001-12-21")]
    [TestCase("2001-12-21T08:00:00+01:00", "2001-12-21")]
    [TestCase("2001-12-21T", "2001-12-21")]
    [TestCase("2001", "2001")]
    [TestCase("0000-12-21", "0000-12-21")]
    [TestCase("0000/12/21", "0000-12-21")]
    [TestCase("", "")]
    public void Dates_in_several_forms_become_one(string text, string expected)
    {
        Assert.That(Birthday.ToBirthdate(text), Is.EqualTo(expected));
        Assert.That(expected.Length == 0 ? null : BirthdateRule.Check(expected), Is.Null);
    }

    [TestCase("2001-12/21")]
    [TestCase("2001-1221")]
    [TestCase("2001 12 21")]
    [TestCase("2001-12-21x")]
    [TestCase("2001-12-21Tea")]
    [TestCase("2001-12-21\n")]
    [TestCase("12-21-2001")]
    [TestCase("\u0662001-12-21")]
    public void What_is_no_date_is_left_to_the_rule_of_the_field(string text)
    {
        Assert.That(Birthday.ToBirthdate(text), Is.EqualTo(text));
        Assert.That(BirthdateRule.Check(text), Is.Not.Null);
    }
}
