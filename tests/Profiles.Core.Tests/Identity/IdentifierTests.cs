using Profiles.Core.Identity;

namespace Profiles.Core.Tests.Identity;

[TestFixture]
public class IdentifierTests
{
    [TestCase("a")]
    [TestCase("0")]
    [TestCase("alice")]
    [TestCase("Alice.Smith_1@example.com:x-y")]
    [TestCase("._:@-")]
    [TestCase("9f1c2d3e-0000-4000-8000-000000000000")]
    public void Takes_user_ids(string text)
    {
        Assert.That(UserId.TryParse(text, out var id), Is.True);
        Assert.That(id.Value, Is.EqualTo(text));
        Assert.That(id.ToString(), Is.EqualTo(text));
        Assert.That(UserId.Parse(text), Is.EqualTo(id));
    }

    [TestCase(null, "no text")]
    [TestCase("", "nothing")]
    [TestCase(" ", "a blank")]
    [TestCase("a b", "a blank within")]
    [TestCase("a/b", "a slash: a path could not hold it")]
    [TestCase("a%2Fb", "percent encoding")]
    [TestCase("a+b", "a plus sign")]
    [TestCase("a\n", "a line feed at the end")]
    [TestCase("a\0", "NUL")]
    [TestCase("\u00e9", "a letter beyond ASCII")]
    [TestCase("\uff21", "a full-width letter")]
    [TestCase("\u212a", "the Kelvin sign, which lower-cases to k")]
    [TestCase("\u0661", "an Arabic-Indic digit")]
    public void Refuses_other_user_ids(string? text, string why)
    {
        Assert.That(UserId.TryParse(text, out var id), Is.False, why);
        Assert.That(id, Is.EqualTo(default(UserId)));
        Assert.That(() => UserId.Parse(text!), Throws.TypeOf<FormatException>().With.Message.EqualTo($"A user id {UserId.Rule}"));
    }

    [TestCase("a")]
    [TestCase("demo")]
    [TestCase("Demo.Org_1-x")]
    public void Takes_organization_ids(string text)
    {
        Assert.That(OrganizationId.TryParse(text, out var id), Is.True);
        Assert.That(id.Value, Is.EqualTo(text));
        Assert.That(id.ToString(), Is.EqualTo(text));
        Assert.That(OrganizationId.Parse(text), Is.EqualTo(id));
    }

    [TestCase(null, "no text")]
    [TestCase("", "nothing")]
    [TestCase("a:b", "a colon, which only users may have")]
    [TestCase("a@b", "an at sign, which only users may have")]
    [TestCase("a b", "a blank")]
    [TestCase("a/b", "a slash")]
    [TestCase("\u00e9", "a letter beyond ASCII")]
    public void Refuses_other_organization_ids(string? text, string why)
    {
        Assert.That(OrganizationId.TryParse(text, out _), Is.False, why);
        Assert.That(() => OrganizationId.Parse(text!), Throws.TypeOf<FormatException>());
    }

    [Test]
    public void Each_has_its_longest_text()
    {
        Assert.That(UserId.TryParse(new string('a', 128), out _), Is.True);
        Assert.That(UserId.TryParse(new string('a', 129), out _), Is.False);
        Assert.That(OrganizationId.TryParse(new string('a', 64), out _), Is.True);
        Assert.That(OrganizationId.TryParse(new string('a', 65), out _), Is.False);
    }

    [Test]
    public void Takes_exactly_the_characters_of_the_rule()
    {
        const string letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
        for (var c = '\0'; c <= '\u0250'; c++)
        {
            Assert.That(UserId.TryParse(c.ToString(), out _), Is.EqualTo((letters + "._:@-").Contains(c)), $"U+{(int)c:X4}");
            Assert.That(OrganizationId.TryParse(c.ToString(), out _), Is.EqualTo((letters + "._-").Contains(c)), $"U+{(int)c:X4}");
        }
    }

    [Test]
    public void Are_compared_byte_by_byte()
    {
        Assert.That(UserId.Parse("alice"), Is.EqualTo(UserId.Parse(new string("alice".ToCharArray()))));
        Assert.That(UserId.Parse("alice"), Is.Not.EqualTo(UserId.Parse("Alice")));
        Assert.That(OrganizationId.Parse("demo"), Is.Not.EqualTo(OrganizationId.Parse("Demo")));
    }

    [Test]
    public void One_that_was_never_given_a_value_cannot_be_used_by_mistake()
    {
        Assert.That(() => default(UserId).Value, Throws.InvalidOperationException);
        Assert.That(() => default(OrganizationId).Value, Throws.InvalidOperationException);
        Assert.That(default(UserId).ToString(), Is.Empty);
        Assert.That(default(OrganizationId).ToString(), Is.Empty);
    }
}
