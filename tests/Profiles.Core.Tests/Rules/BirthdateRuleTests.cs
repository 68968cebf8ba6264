using System.Globalization;
using Profiles.Core.Rules;

namespace Profiles.Core.Tests.Rules;

[TestFixture]
public class BirthdateRuleTests
{
    [TestCase("1990-01-31")]
    [TestCase("0001-01-01", Description = "The first day there is.")]
    [TestCase("9999-12-31", Description = "The last day there is.")]
    [TestCase("2000-02-29", Description = "Divisible by 400.")]
    [TestCase("2024-02-29", Description = "Divisible by 4.")]
    [TestCase("0000-02-29", Description = "The year is withheld, and may be a leap year.")]
    [TestCase("0000-12-31")]
    [TestCase("1990")]
    [TestCase("0001")]
    [TestCase("9999")]
    public void Takes_dates(string value) => Assert.That(BirthdateRule.Check(value), Is.Null);

    [TestCase("", "nothing")]
    [TestCase("0000", "neither year nor day")]
    [TestCase("1900-02-29", "divisible by 100 and not by 400")]
    [TestCase("2023-02-29", "no leap year")]
    [TestCase("2024-02-30", "no such day")]
    [TestCase("2024-04-31", "no such day")]
    [TestCase("0000-02-30", "no such day in any year")]
    [TestCase("2024-00-01", "month 0")]
    [TestCase("2024-13-01", "month 13")]
    [TestCase("2024-01-00", "day 0")]
    [TestCase("2024-01-32", "day 32")]
    [TestCase("0000-00-00", "nothing is known")]
    [TestCase("1990-00-00", "the year form has no zeros")]
    [TestCase("1990-01", "no day")]
    [TestCase("1990-", "a hyphen too much")]
    [TestCase("--01-31", "the vCard form without a year")]
    [TestCase("990-01-31", "three digits")]
    [TestCase("199", "three digits")]
    [TestCase("19900", "five digits")]
    [TestCase("12024-01-01", "five digits")]
    [TestCase("1990-1-31", "one digit")]
    [TestCase("1990-01-1", "one digit")]
    [TestCase("19900131", "no hyphens")]
    [TestCase("1990/01/31", "slashes")]
    [TestCase("31.01.1990", "day first")]
    [TestCase("1990-01-31T00:00:00Z", "a time")]
    [TestCase(" 1990-01-31", "a blank first")]
    [TestCase("1990-01-31 ", "a blank last")]
    [TestCase("1990-01-31\0", "NUL")]
    [TestCase("1990\0", "NUL after the year")]
    [TestCase("-990-01-31", "a sign")]
    [TestCase("+1990-01-31", "a sign")]
    [TestCase("\u0661\u0669\u0669\u0660", "Arabic-Indic digits")]
    [TestCase("1990-\u0660\u0661-31", "Arabic-Indic digits in the month")]
    [TestCase("1990\u201301\u201331", "dashes for hyphens")]
    [TestCase("abcd", "letters")]
    public void Refuses_all_else(string value, string why) =>
        Assert.That(BirthdateRule.Check(value), Is.EqualTo("must be a date as YYYY-MM-DD, YYYY or 0000-MM-DD"), why);

    [FsCheck.NUnit.Property]
    public void Takes_every_day_of_the_calendar(uint number)
    {
        var day = DateOnly.FromDayNumber((int)(number % (uint)DateOnly.MaxValue.DayNumber));

        Assert.That(BirthdateRule.Check(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)), Is.Null);
        Assert.That(BirthdateRule.Check(day.ToString("'0000'-MM-dd", CultureInfo.InvariantCulture)), Is.Null);
        Assert.That(BirthdateRule.Check(day.ToString("yyyy", CultureInfo.InvariantCulture)), Is.Null);
    }
}
