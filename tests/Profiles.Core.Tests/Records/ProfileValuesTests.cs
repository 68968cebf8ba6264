using Profiles.Core.Fields;
using Profiles.Core.Records;

namespace Profiles.Core.Tests.Records;

[TestFixture]
public class ProfileValuesTests
{
    [Test]
    public void Nothing_is_set_in_the_beginning()
    {
        var values = new ProfileValues();

        Assert.That(Enum.GetValues<ProfileField>().Select(field => values[field]), Is.All.Null);
        Assert.That(values.Attributes, Is.Empty);
        Assert.That(values.GetFlag(ProfileField.PubliclyVisible), Is.False);
        Assert.That(values.GetNumber(ProfileField.Role), Is.Null);
        Assert.That(values.GetText(ProfileField.Email), Is.Null);
        Assert.That(values.GetReference(ProfileField.PictureObject), Is.Null);
    }

    [Test]
    public void Every_kind_of_value_comes_back()
    {
        var reference = new ObjectReference("a", "b");
        var attributes = new Dictionary<string, string> { ["tier"] = "gold" };
        var values = new ProfileValues
        {
            [ProfileField.GivenName] = "Alice",
            [ProfileField.Role] = 0,
            [ProfileField.EmailVerified] = true,
            [ProfileField.AvatarObject] = reference,
            [ProfileField.Attributes] = attributes,
        };

        Assert.That(values.GetText(ProfileField.GivenName), Is.EqualTo("Alice"));
        Assert.That(values.GetNumber(ProfileField.Role), Is.Zero);
        Assert.That(values.GetFlag(ProfileField.EmailVerified), Is.True);
        Assert.That(values.GetReference(ProfileField.AvatarObject), Is.SameAs(reference));
        Assert.That(values.Attributes, Is.SameAs(attributes));
        Assert.That(values[ProfileField.Attributes], Is.SameAs(attributes));
    }

    [Test]
    public void False_and_an_empty_map_count_as_no_value()
    {
        var values = new ProfileValues
        {
            [ProfileField.EmailVerified] = false,
            [ProfileField.Attributes] = new Dictionary<string, string>(),
        };

        Assert.That(values[ProfileField.EmailVerified], Is.Null);
        Assert.That(values[ProfileField.Attributes], Is.Null);
        Assert.That(values.Attributes, Is.Empty);
    }
}
