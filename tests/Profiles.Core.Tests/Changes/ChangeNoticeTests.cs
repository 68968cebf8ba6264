using Profiles.Core.Changes;
using Profiles.Core.Identity;

namespace Profiles.Core.Tests.Changes;

public class ChangeNoticeTests
{
    [Test]
    public void What_was_written_can_be_read()
    {
        var notice = new ChangeNotice("organization", OrganizationId.Parse("A.b_c-1"), "0190e2c8-5a3f-7c1e-8f2b-3d4c5b6a7988");

        Assert.That(notice.ToString(), Is.EqualTo("organization:A.b_c-1:0190e2c8-5a3f-7c1e-8f2b-3d4c5b6a7988"));
        Assert.That(ChangeNotice.TryParse(notice.ToString(), out var read));
        Assert.That(read, Is.EqualTo(notice));
    }

    [TestCase("")]
    [TestCase(":")]
    [TestCase("::")]
    [TestCase("organization")]
    [TestCase("organization:a")]
    [TestCase("organization:a:")]
    [TestCase(":a:b")]
    [TestCase("organization::b")]
    [TestCase("organization:a b:c")]
    [TestCase("organization:a:b:c")]
    public void Anything_else_is_none(string text) => Assert.That(ChangeNotice.TryParse(text, out _), Is.False);
}
