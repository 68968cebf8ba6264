using Profiles.Core.Errors;
using Profiles.Core.Fields;
using Profiles.Core.Patches;
using Profiles.Core.Usernames;

namespace Profiles.Core.Tests.Patches;

/// <summary>The username is a field with rules of the organization, and with a difference between none and an empty one.</summary>
[TestFixture]
public class UsernameOfBuilderTests
{
    [Test]
    public void A_name_has_its_forms_and_no_name_clears()
    {
        Assert.That(Build("Alice").Username!.Forms!.Key, Is.EqualTo("alice"));
        Assert.That(Build("Alice")[ProfileField.PreferredUsername], Is.EqualTo("Alice"));

        var cleared = Build(null);
        Assert.That(cleared.Username, Is.Null);
        Assert.That(cleared.Fields.Contains(ProfileField.PreferredUsername), Is.True);
    }

    [Test]
    public void An_empty_name_is_refused()
    {
        var failure = Assert.Throws<ProfilesException>(() => Build(string.Empty));
        Assert.That(failure!.Violations, Is.EqualTo(new[] { new FieldViolation("profile.preferred_username", "must not be empty") }));
    }

    [Test]
    public void One_that_breaks_a_rule_is_left_for_the_store_to_judge()
    {
        var claim = Build("ab", new UsernameSettings { MinLength = 3 }).Username!;
        Assert.That(claim.Forms, Is.Null);
        Assert.That(claim.Violation!.Rule, Is.EqualTo(UsernameRule.TooShort));
    }

    // Neither can be the name that the user has: such a text is not sent on.
    [TestCase("a\0", "must not have U+0000 at index 1, a control character")]
    [TestCase("129", "must have at most 64 characters (code points), yet has 129")]
    public void One_that_nobody_can_have_is_refused(string name, string rule)
    {
        var failure = Assert.Throws<ProfilesException>(() => Build(name == "129" ? new string('a', 129) : name));
        Assert.That(failure!.Violations, Is.EqualTo(new[] { new FieldViolation("profile.preferred_username", rule) }));
    }

    [Test]
    public void Beside_another_broken_rule_it_is_told_at_once()
    {
        var builder = new ProfilePatchBuilder("profile.", byServer: false);
        builder.Set(ProfileField.PreferredUsername, "a b");
        builder.Set(ProfileField.Locale, "?");

        var failure = Assert.Throws<ProfilesException>(() => builder.Build());
        Assert.That(failure!.Violations.Select(violation => violation.Field), Is.EqualTo((string[])["profile.locale", "profile.preferred_username"]));
    }

    private static ProfilePatch Build(string? name, UsernameSettings? settings = null)
    {
        var builder = new ProfilePatchBuilder("profile.", byServer: false, organization: null, settings);
        builder.Set(ProfileField.PreferredUsername, name);
        return builder.Build();
    }
}
