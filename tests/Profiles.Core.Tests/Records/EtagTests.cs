using Profiles.Core.Identity;
using Profiles.Core.Records;
using Profiles.Core.Tests.Support;

namespace Profiles.Core.Tests.Records;

[TestFixture]
public class EtagTests
{
    [FsCheck.NUnit.Property]
    public void Comes_back_as_the_revision(ulong number)
    {
        var revision = (long)(number % long.MaxValue) + 1;

        Assert.That(Etag.TryParse(Keys.Alice, Etag.Format(Keys.Alice, revision), out var parsed), Is.True);
        Assert.That(parsed, Is.EqualTo(revision));
    }

    [TestCase(1L)]
    [TestCase(long.MaxValue)]
    public void Has_the_revision_in_front(long revision) =>
        Assert.That(Etag.Format(Keys.Alice, revision), Does.Match($"^{revision}-[0-9a-f]{{8}}$"));

    [Test]
    public void Never_changes_its_form() =>
        // A tag outlives the release that issued it. The check is from `printf 'demo\0alice' | sha256sum`.
        Assert.That(Etag.Format(Keys.Alice, 7), Is.EqualTo("7-4f534082"));

    [Test]
    public void That_of_another_record_is_read_as_a_revision_that_no_record_has()
    {
        ProfileKey[] others =
        [
            Keys.Bob,
            Keys.KeyOf("Alice"),
            new(OrganizationId.Parse("other"), UserId.Parse("alice")),
            new(OrganizationId.Parse("demoa"), UserId.Parse("lice")),
            new(OrganizationId.Parse(new string('o', 64)), UserId.Parse(new string('u', 128))),
        ];

        foreach (var other in others)
        {
            Assert.That(Etag.TryParse(Keys.Alice, Etag.Format(other, 7), out var revision), Is.True, other.ToString());
            Assert.That(revision, Is.EqualTo(Etag.NoRevision));
        }
    }

    [TestCase("", "nothing")]
    [TestCase("-", "only the hyphen")]
    [TestCase("7", "no check")]
    [TestCase("7-", "an empty check")]
    [TestCase("-00000000", "no revision")]
    [TestCase("0-00000000", "no record has revision 0")]
    [TestCase("07-00000000", "a leading zero")]
    [TestCase("+7-00000000", "a sign")]
    [TestCase("-7-00000000", "a minus sign")]
    [TestCase(" 7-00000000", "a blank first")]
    [TestCase("7 -00000000", "a blank within")]
    [TestCase("7\0-00000000", "NUL after the revision")]
    [TestCase("7-0000000", "seven digits")]
    [TestCase("7-000000000", "nine digits")]
    [TestCase("7-0000000g", "no hexadecimal digit")]
    [TestCase("7-0000000\0", "NUL in the check")]
    [TestCase("7-0000000A", "a capital digit")]
    [TestCase("7-0x000000", "a prefix")]
    [TestCase("7--0000000", "two hyphens")]
    [TestCase("7-00000000-", "a hyphen too much")]
    [TestCase("9223372036854775808-00000000", "more than a revision holds")]
    [TestCase("99999999999999999999999999-00000000", "far more than a revision holds")]
    [TestCase("\u0667-00000000", "an Arabic-Indic digit")]
    [TestCase("\"7-00000000\"", "the quotes of HTTP")]
    [TestCase("W/7-00000000", "the weak mark of HTTP")]
    [TestCase("*", "any")]
    public void Text_of_another_form_is_refused(string text, string why)
    {
        Assert.That(Etag.TryParse(Keys.Alice, text, out var revision), Is.False, why);
        Assert.That(revision, Is.EqualTo(Etag.NoRevision));
    }

    [Test]
    public void A_record_has_the_tag_of_its_state()
    {
        var record = new ProfileRecord(Keys.Alice, 3, default, default, new ProfileValues());

        Assert.That(record.Etag, Is.EqualTo(Etag.Format(Keys.Alice, 3)));
        Assert.That((record with { Revision = 4 }).Etag, Is.Not.EqualTo(record.Etag));
    }
}
