using Profiles.Core.Fields;
using Profiles.Core.Tests.Support;

namespace Profiles.Core.Tests.Fields;

[TestFixture]
public class ProfileFieldsTests
{
    [Test]
    public void Every_field_stands_at_the_index_that_is_its_number()
    {
        Assert.That(ProfileFields.All.Select(definition => definition.Field), Is.EqualTo(Enum.GetValues<ProfileField>()));
        Assert.That(
            ProfileFields.All.Select(definition => (int)definition.Field),
            Is.EqualTo(Enumerable.Range(0, ProfileFields.All.Count)));
    }

    [Test]
    public void The_fields_fit_into_the_bit_set_without_its_sign() =>
        Assert.That(ProfileFields.All, Has.Count.LessThanOrEqualTo(63));

    [Test]
    public void Names_are_unique_and_in_snake_case() =>
        Assert.That(ProfileFields.All.Select(definition => definition.Name), Is.Unique.And.All.Match("^[a-z]+(_[a-z]+)*$"));

    [Test]
    public void Every_field_is_found_by_its_name_and_by_its_number()
    {
        foreach (var definition in ProfileFields.All)
        {
            Assert.That(ProfileFields.Find(definition.Name), Is.SameAs(definition));
            Assert.That(ProfileFields.Get(definition.Field), Is.SameAs(definition));
        }
    }

    [TestCase("", "nothing")]
    [TestCase("givenName", "the JSON name")]
    [TestCase("Given_name", "a capital")]
    [TestCase("given_name ", "a blank")]
    [TestCase("attributes.tier", "a path")]
    [TestCase("etag", "output only")]
    [TestCase("user_id", "output only")]
    [TestCase("*", "the whole")]
    public void No_other_name_is_found(string name, string why) => Assert.That(ProfileFields.Find(name), Is.Null, why);

    // Numbers are stored with the history: a changed row here is a broken database.
    [TestCase(ProfileField.UniqueId, 0)]
    [TestCase(ProfileField.GivenName, 1)]
    [TestCase(ProfileField.FamilyName, 2)]
    [TestCase(ProfileField.Nickname, 3)]
    [TestCase(ProfileField.DisplayName, 4)]
    [TestCase(ProfileField.Locale, 5)]
    [TestCase(ProfileField.Zoneinfo, 6)]
    [TestCase(ProfileField.Currency, 7)]
    [TestCase(ProfileField.Gender, 8)]
    [TestCase(ProfileField.Email, 9)]
    [TestCase(ProfileField.EmailVerified, 10)]
    [TestCase(ProfileField.PhoneNumber, 11)]
    [TestCase(ProfileField.PhoneCountryCode, 12)]
    [TestCase(ProfileField.PhoneNumberVerified, 13)]
    [TestCase(ProfileField.Birthdate, 14)]
    [TestCase(ProfileField.Location, 15)]
    [TestCase(ProfileField.Role, 16)]
    [TestCase(ProfileField.Level, 17)]
    [TestCase(ProfileField.Picture, 18)]
    [TestCase(ProfileField.PictureObject, 19)]
    [TestCase(ProfileField.AvatarUrl, 20)]
    [TestCase(ProfileField.AvatarObject, 21)]
    [TestCase(ProfileField.EvmWalletAddress, 22)]
    [TestCase(ProfileField.DiscoverableByEmail, 23)]
    [TestCase(ProfileField.PubliclyVisible, 24)]
    [TestCase(ProfileField.Attributes, 25)]
    [TestCase(ProfileField.PreferredUsername, 26)]
    public void Stored_numbers_never_change(ProfileField field, int number) => Assert.That((int)field, Is.EqualTo(number));

    [TestCase(ProfileField.UniqueId, 64)]
    [TestCase(ProfileField.GivenName, 255)]
    [TestCase(ProfileField.FamilyName, 255)]
    [TestCase(ProfileField.Nickname, 200)]
    [TestCase(ProfileField.DisplayName, 200)]
    [TestCase(ProfileField.Location, 200)]
    public void Free_text_has_its_limit_in_code_points(ProfileField field, int limit)
    {
        var definition = ProfileFields.Get(field);

        Assert.That(definition.Check(Texts.Repeat(Texts.Emoji, limit)), Is.Null);
        Assert.That(definition.Check(new string('a', limit + 1)), Does.Contain($"at most {limit} "));
        Assert.That(definition.Check("a\nb"), Does.Contain("control characters"));
    }

    [TestCase(ProfileField.Locale, "de-CH", "de_CH", "BCP 47")]
    [TestCase(ProfileField.Zoneinfo, "Europe/Zurich", "Zurich", "IANA")]
    [TestCase(ProfileField.Currency, "CHF", "chf", "ISO 4217")]
    [TestCase(ProfileField.Gender, "diverse", "other", "female, male or diverse")]
    [TestCase(ProfileField.Email, "alice@example.com", "alice", "e-mail")]
    [TestCase(ProfileField.PhoneNumber, "+41791234567", "+41 79", "32 characters")]
    [TestCase(ProfileField.PhoneCountryCode, "+41", "+41791", "1–4 digits")]
    [TestCase(ProfileField.Birthdate, "0000-02-29", "0000", "YYYY-MM-DD")]
    [TestCase(ProfileField.Picture, "https://example.com/a", "ftp://example.com/a", "http or https")]
    [TestCase(ProfileField.AvatarUrl, "https://example.com/a", "a", "http or https")]
    [TestCase(ProfileField.EvmWalletAddress, "0x0000000000000000000000000000000000000000", "0x", "40 hexadecimal")]
    public void Formatted_text_has_its_own_rule(ProfileField field, string good, string bad, string words)
    {
        Assert.That(ProfileFields.Get(field).Check(good), Is.Null);
        Assert.That(ProfileFields.Get(field).Check(bad), Does.Contain(words));
    }

    [TestCase(ProfileField.Role)]
    [TestCase(ProfileField.Level)]
    public void Numbers_go_from_0_to_100(ProfileField field)
    {
        var definition = ProfileFields.Get(field);

        Assert.That(new[] { 0, 1, 99, 100 }.Select(value => definition.Check(value)), Is.All.Null);
        Assert.That(definition.Check(-1), Is.EqualTo("must be from 0 to 100, yet is -1"));
        Assert.That(definition.Check(101), Is.EqualTo("must be from 0 to 100, yet is 101"));
    }

    [Test]
    public void A_value_of_another_kind_is_a_mistake_of_the_program()
    {
        foreach (var definition in ProfileFields.All)
            Assert.That(() => definition.Check(1.5m), Throws.TypeOf<InvalidCastException>(), definition.Name);
    }

    [Test]
    public void Every_sample_of_the_tests_is_good()
    {
        foreach (var definition in ProfileFields.All.Where(definition => definition.Kind != ProfileFieldKind.Attributes))
            Assert.That(SampleValues.Of(definition.Field).Select(definition.Check), Is.All.Null, definition.Name);
    }
}
