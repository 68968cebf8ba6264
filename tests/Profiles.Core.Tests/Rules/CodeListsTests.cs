using Profiles.Core.Rules;

namespace Profiles.Core.Tests.Rules;

[TestFixture]
public class CodeListsTests
{
    [TestCase("Europe/Zurich")]
    [TestCase("America/Argentina/Buenos_Aires")]
    [TestCase("Etc/GMT+12")]
    [TestCase("UTC")]
    [TestCase("Asia/Calcutta", Description = "An old name that links to Asia/Kolkata.")]
    [TestCase("America/Coyhaique", Description = "New in 2025b.")]
    public void Takes_time_zones(string value) => Assert.That(CodeLists.TimeZone(value), Is.Null);

    [TestCase("", "nothing")]
    [TestCase("europe/zurich", "small letters")]
    [TestCase("Europe/Zurich ", "a blank")]
    [TestCase("Europe", "an area")]
    [TestCase("Europe/Bern", "no zone")]
    [TestCase("CEST", "an abbreviation")]
    [TestCase("+02:00", "an offset")]
    [TestCase("W. Europe Standard Time", "a Windows name")]
    [TestCase("../../etc/passwd", "a path")]
    [TestCase("posix/Europe/Zurich", "a file of a system")]
    [TestCase("# Names and links of the IANA time zone database, release 2025b.", "the remark of the list")]
    public void Refuses_other_time_zones(string value, string why) =>
        Assert.That(CodeLists.TimeZone(value), Is.EqualTo("must be an IANA time zone such as Europe/Zurich"), why);

    [TestCase("CHF")]
    [TestCase("EUR")]
    [TestCase("XAU", Description = "A metal.")]
    [TestCase("XXX", Description = "No currency.")]
    [TestCase("XAD", Description = "New in 2025.")]
    [TestCase("ZWG", Description = "New in 2024.")]
    [TestCase("HRK", Description = "Withdrawn in 2023, and kept.")]
    public void Takes_currencies(string value) => Assert.That(CodeLists.Currency(value), Is.Null);

    [TestCase("", "nothing")]
    [TestCase("chf", "small letters")]
    [TestCase("756", "the number")]
    [TestCase("SFr", "an abbreviation")]
    [TestCase("\u20ac", "a sign")]
    [TestCase("BTC", "not in the standard")]
    [TestCase("DEM", "withdrawn long ago")]
    [TestCase("CHF ", "a blank")]
    [TestCase("ZZZ", "no code")]
    public void Refuses_other_currencies(string value, string why) =>
        Assert.That(
            CodeLists.Currency(value), Is.EqualTo("must be an ISO 4217 currency code in capital letters, such as CHF"), why);

    [Test]
    public void Every_entry_of_the_lists_is_well_formed()
    {
        Assert.That(CodeLists.TimeZones, Has.Count.GreaterThan(590).And.All.Match("^[A-Za-z0-9+_/-]+$"));
        Assert.That(CodeLists.Currencies, Has.Count.GreaterThan(180).And.All.Match("^[A-Z]{3}$"));
    }
}
