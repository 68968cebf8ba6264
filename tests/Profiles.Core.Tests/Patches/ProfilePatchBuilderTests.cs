using Profiles.Core.Errors;
using Profiles.Core.Fields;
using Profiles.Core.Patches;
using Profiles.Core.Tests.Support;

namespace Profiles.Core.Tests.Patches;

[TestFixture]
public class ProfilePatchBuilderTests
{
    private ProfilePatchBuilder server = null!;
    private ProfilePatchBuilder user = null!;

    [SetUp]
    public void Begin()
    {
        server = new ProfilePatchBuilder("profile.", byServer: true);
        user = new ProfilePatchBuilder("profile.", byServer: false);
    }

    [Test]
    public void Takes_every_sample_of_every_field(
        [ValueSource(typeof(SampleValues), nameof(SampleValues.Fields))] ProfileField field)
    {
        foreach (var value in SampleValues.Of(field))
        {
            var builder = new ProfilePatchBuilder(string.Empty, byServer: true);
            builder.Set(field, value);
            var patch = builder.Build();

            Assert.That(patch[field], Is.EqualTo(value));
            Assert.That(patch.Fields.Enumerate(), Is.EqualTo(new[] { field }));
            Assert.That(patch.Attributes, Is.Null);
        }
    }

    [TestCase(ProfileField.GivenName, null)]
    [TestCase(ProfileField.GivenName, "")]
    [TestCase(ProfileField.Email, "", Description = "Empty is not held against the rule.")]
    [TestCase(ProfileField.Role, null)]
    [TestCase(ProfileField.PubliclyVisible, false)]
    [TestCase(ProfileField.PubliclyVisible, null)]
    [TestCase(ProfileField.PictureObject, null)]
    public void No_value_empty_text_and_a_false_flag_clear(ProfileField field, object? value)
    {
        server.Set(field, value);
        var patch = server.Build();

        Assert.That(patch.Fields.Contains(field), Is.True);
        Assert.That(patch[field], Is.Null);
    }

    [Test]
    public void Zero_is_a_value()
    {
        server.Set(ProfileField.Role, 0);
        Assert.That(server.Build()[ProfileField.Role], Is.Zero);
    }

    [Test]
    public void The_last_value_of_a_field_counts()
    {
        server.Set(ProfileField.GivenName, "Alice");
        server.Set(ProfileField.Nickname, "Al");
        server.Set(ProfileField.GivenName, "Alicia");
        server.Clear(ProfileField.Nickname);
        var patch = server.Build();

        Assert.That(patch[ProfileField.GivenName], Is.EqualTo("Alicia"));
        Assert.That(patch[ProfileField.Nickname], Is.Null);
        Assert.That(patch.Fields.Count, Is.EqualTo(2));
    }

    [Test]
    public void All_broken_rules_are_told_at_once()
    {
        server.Set(ProfileField.Email, "alice");
        server.Set(ProfileField.GivenName, "Alice");
        server.Set(ProfileField.Role, 101);
        server.Set(ProfileField.PictureObject, string.Empty, new string('a', 129));
        server.SetAttribute("a b", "1");
        server.SetAttribute("tier", "a\nb");
        server.Violate("update_mask", "must be good");

        var failure = Failure(server);

        Assert.That(failure.Reason, Is.EqualTo(ErrorReason.InvalidRequest));
        Assert.That(failure.Violations, Is.EqualTo(new FieldViolation[]
        {
            new("profile.email", "must be a valid e-mail address such as alice@example.com"),
            new("profile.role", "must be from 0 to 100, yet is 101"),
            new("profile.picture_object.datasource_id", "is required"),
            new("profile.picture_object.object_definition_id", "must have at most 128 characters (code points), yet has 129"),
            new("profile.attributes", "must have a key of 1–64 characters of A–Z a–z 0–9 _"),
            new("profile.attributes[\"tier\"]", "must not have control characters, yet has U+000A"),
            new("update_mask", "must be good"),
        }));
    }

    [Test]
    public void The_path_stands_before_the_name_of_a_field()
    {
        var bare = new ProfilePatchBuilder(string.Empty, byServer: true);
        bare.Set(ProfileField.Email, "alice");

        Assert.That(Failure(bare).Violations.Single().Field, Is.EqualTo("email"));
    }

    [Test]
    public void More_violations_than_an_answer_can_carry_are_not_kept()
    {
        for (var i = 0; i < 10_000; i++)
            server.SetAttribute($"not good {i}", "1");

        Assert.That(Failure(server).Violations, Has.Count.EqualTo(ProfilePatchBuilder.MaxViolations));
    }

    [Test]
    public void A_user_may_set_just_the_fields_that_are_not_for_servers_only(
        [ValueSource(typeof(SampleValues), nameof(SampleValues.Fields))] ProfileField field)
    {
        var definition = ProfileFields.Get(field);
        user.Set(field, SampleValues.Of(field)[0]);

        if (!definition.ServersOnly)
        {
            Assert.That(user.Build().Fields.Contains(field), Is.True);
            return;
        }

        var failure = Failure(user);
        Assert.That(failure.Reason, Is.EqualTo(ErrorReason.FieldForServersOnly));
        Assert.That(
            failure.Violations, Is.EqualTo(new[] { new FieldViolation($"profile.{definition.Name}", "can be set by servers only") }));
    }

    [Test]
    public void A_user_may_not_clear_a_field_for_servers_only_either()
    {
        user.Clear(ProfileField.Role);
        user.Set(ProfileField.EmailVerified, false);

        Assert.That(
            Failure(user).Violations.Select(violation => violation.Field),
            Is.EqualTo(new[] { "profile.role", "profile.email_verified" }));
    }

    [Test]
    public void What_is_forbidden_is_told_before_what_is_broken()
    {
        user.Set(ProfileField.Email, "alice");
        user.Set(ProfileField.Level, 1000);

        var failure = Failure(user);
        Assert.That(failure.Reason, Is.EqualTo(ErrorReason.FieldForServersOnly));
        Assert.That(failure.Violations.Single().Field, Is.EqualTo("profile.level"));
    }

    [TestCase("a", "b", 0)]
    [TestCase("", "b", 1)]
    [TestCase("a", "", 1)]
    [TestCase("", "", 2)]
    [TestCase("a\n", "b", 1)]
    public void Both_parts_of_a_reference_are_checked_in_either_form(string datasource, string definition, int broken)
    {
        server.Set(ProfileField.AvatarObject, datasource, definition);
        user.Set(ProfileField.AvatarObject, new ObjectReference(datasource, definition));

        foreach (var builder in new[] { server, user })
        {
            if (broken > 0)
                Assert.That(Failure(builder).Violations, Has.Count.EqualTo(broken));
            else
                Assert.That(builder.Build()[ProfileField.AvatarObject], Is.EqualTo(new ObjectReference(datasource, definition)));
        }
    }

    [Test]
    public void Parts_of_a_reference_have_at_most_128_code_points()
    {
        var longest = Texts.Repeat(Texts.Emoji, 128);
        server.Set(ProfileField.PictureObject, longest, longest);
        user.Set(ProfileField.PictureObject, longest + "a", longest + "a");

        Assert.That(server.Build()[ProfileField.PictureObject], Is.EqualTo(new ObjectReference(longest, longest)));
        Assert.That(Failure(user).Violations, Has.Count.EqualTo(2));
    }

    [TestCase(ProfileField.GivenName, 1)]
    [TestCase(ProfileField.Role, "1")]
    [TestCase(ProfileField.Role, 1L)]
    [TestCase(ProfileField.PubliclyVisible, "true")]
    [TestCase(ProfileField.PictureObject, "a")]
    public void A_value_of_another_kind_is_a_mistake_of_the_program(ProfileField field, object value) =>
        Assert.That(() => server.Set(field, value), Throws.TypeOf<InvalidCastException>());

    [Test]
    public void A_reference_for_a_field_of_another_kind_is_a_mistake_of_the_program() =>
        Assert.That(() => server.Set(ProfileField.GivenName, "a", "b"), Throws.TypeOf<InvalidCastException>());

    [Test]
    public void Attributes_are_not_set_as_a_whole()
    {
        Assert.That(() => server.Set(ProfileField.Attributes, null), Throws.ArgumentException);
        Assert.That(() => server.Set(ProfileField.Attributes, new Dictionary<string, string>()), Throws.ArgumentException);
    }

    private static ProfilesException Failure(ProfilePatchBuilder builder) =>
        Assert.Throws<ProfilesException>(() => builder.Build())!;
}
