using Profiles.Core.Operations;
using Profiles.Core.Records;
using Profiles.Core.Storage;
using Profiles.Core.Tests.Support;

namespace Profiles.Core.Tests.Operations;

[TestFixture]
public class WriteOptionsTests
{
    private const string Id = "0190e2c8-5a3f-7c1e-8f2b-3d4c5b6a7988";

    [Test]
    public void Nothing_asked_is_no_precondition_and_no_request_id()
    {
        Assert.That(WriteOptions.None.PreconditionFor(Keys.Alice, "etag"), Is.SameAs(Precondition.None));
        Assert.That(WriteOptions.None.ParseRequestId(), Is.Null);
    }

    [Test]
    public void Etags_become_the_revisions_that_the_record_may_have()
    {
        string[] etags = [Etag.Format(Keys.Alice, 3), Etag.Format(Keys.Bob, 4), Etag.Format(Keys.Alice, 5)];

        var precondition = new WriteOptions(etags, MustExist: false, string.Empty).PreconditionFor(Keys.Alice, "etag");

        Assert.That(precondition.Revisions, Is.EqualTo(new[] { 3, Etag.NoRevision, 5 }));
        Assert.That(precondition.MayCreate, Is.False);
        Assert.That(Enumerable.Range(1, 6).Where(revision => precondition.Allows(revision)), Is.EqualTo(new[] { 3, 5 }));
    }

    [TestCase(false, true)]
    [TestCase(true, false)]
    public void A_record_that_must_exist_is_not_created(bool mustExist, bool mayCreate)
    {
        var precondition = new WriteOptions([], mustExist, string.Empty).PreconditionFor(Keys.Alice, "etag");

        Assert.That(precondition.MayCreate, Is.EqualTo(mayCreate));
        Assert.That(precondition.Revisions, Is.Null);
        Assert.That(precondition.Allows(long.MaxValue), Is.True);
    }

    [Test]
    public void A_malformed_etag_among_good_ones_is_refused_by_the_name_of_its_field()
    {
        var options = new WriteOptions([Etag.Format(Keys.Alice, 3), "*"], MustExist: false, string.Empty);

        Assert.That(
            Failures.InvalidOf(() => options.PreconditionFor(Keys.Alice, "profile.etag")),
            Is.EqualTo(new[] { $"profile.etag {Etag.Rule}" }));
    }

    [TestCase(Id)]
    [TestCase("0190E2C8-5A3F-7C1E-8F2B-3D4C5B6A7988", Description = "RFC 9562: capitals are read as well.")]
    public void A_request_id_is_a_UUID(string text) =>
        Assert.That(new WriteOptions([], false, text).ParseRequestId(), Is.EqualTo(new Guid(Id)));

    [TestCase("1", "a number")]
    [TestCase("0190e2c85a3f7c1e8f2b3d4c5b6a7988", "no hyphens")]
    [TestCase("{0190e2c8-5a3f-7c1e-8f2b-3d4c5b6a7988}", "braces")]
    [TestCase("(0190e2c8-5a3f-7c1e-8f2b-3d4c5b6a7988)", "brackets")]
    [TestCase("urn:uuid:0190e2c8-5a3f-7c1e-8f2b-3d4c5b6a7988", "a URN")]
    [TestCase(" 0190e2c8-5a3f-7c1e-8f2b-3d4c5b6a7988", "a blank first")]
    [TestCase("0190e2c8-5a3f-7c1e-8f2b-3d4c5b6a7988\n", "a line feed last")]
    [TestCase("0190e2c8-5a3f-7c1e-8f2b-3d4c5b6a798", "a digit less")]
    [TestCase("0190e2c8-5a3f-7c1e-8f2b-3d4c5b6a79888", "a digit more")]
    [TestCase("0190e2c8-5a3f-7c1e-8f2b-3d4c5b6a798g", "no hexadecimal digit")]
    [TestCase("0x90e2c8-5a3f-7c1e-8f2b-3d4c5b6a7988", "a prefix, which the parser forgives")]
    [TestCase("+190e2c8-5a3f-7c1e-8f2b-3d4c5b6a7988", "a sign, which the parser forgives")]
    [TestCase("0190e2c8-5a3f-7c1e-8f2b-3d4c5b6a798\0", "NUL")]
    [TestCase("0190e2c8_5a3f_7c1e_8f2b_3d4c5b6a7988", "underscores")]
    public void Another_request_id_is_refused(string text, string why) =>
        Assert.That(
            Failures.InvalidOf(() => new WriteOptions([], false, text).ParseRequestId()),
            Is.EqualTo(new[] { $"request_id must be a UUID such as {Id}" }),
            why);
}
